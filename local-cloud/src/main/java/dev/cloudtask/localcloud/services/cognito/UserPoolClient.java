package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An app client of a pool.
 *
 * @param secret its secret, if it has one
 * @param settings as DescribeUserPoolClient shows them, never changed in place
 */
record UserPoolClient(
    String id,
    String poolId,
    @Nullable String secret,
    Instant createdAt,
    Instant modifiedAt,
    JsonObject settings) {

  private static final Set<String> DEFAULT_FLOWS =
      Set.of("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH");

  /** Returns the flows this client may use, in their {@code ALLOW_…} names. */
  Set<String> flows() {
    Set<String> given = texts("ExplicitAuthFlows");
    if (given.isEmpty()) {
      return DEFAULT_FLOWS;
    }
    if (given.stream().anyMatch(flow -> flow.startsWith("ALLOW_"))) {
      return given;
    }
    Set<String> flows = new LinkedHashSet<>(DEFAULT_FLOWS);
    if (given.contains("CUSTOM_AUTH_FLOW_ONLY")) {
      flows.remove("ALLOW_USER_SRP_AUTH");
    }
    if (given.contains("USER_PASSWORD_AUTH")) {
      flows.add("ALLOW_USER_PASSWORD_AUTH");
    }
    if (given.contains("ADMIN_NO_SRP_AUTH")) {
      flows.add("ALLOW_ADMIN_USER_PASSWORD_AUTH");
    }
    return flows;
  }

  boolean hidesWhoExists() {
    return text("PreventUserExistenceErrors").filter("ENABLED"::equals).isPresent();
  }

  boolean canRevoke() {
    return settings.get("EnableTokenRevocation").getAsBoolean();
  }

  Duration accessTokenLife() {
    return life("AccessTokenValidity", "AccessToken", Duration.ofHours(1));
  }

  Duration idTokenLife() {
    return life("IdTokenValidity", "IdToken", Duration.ofHours(1));
  }

  Duration refreshTokenLife() {
    return life("RefreshTokenValidity", "RefreshToken", Duration.ofDays(30));
  }

  /** Returns how long a challenge may be answered. */
  Duration sessionLife() {
    return Duration.ofMinutes(settings.get("AuthSessionValidity").getAsLong());
  }

  /** Returns how long a rotated refresh token still works; empty if tokens are not rotated. */
  Optional<Duration> rotationGrace() {
    return Optional.ofNullable(settings.getAsJsonObject("RefreshTokenRotation"))
        .filter(rotation -> rotation.get("Feature").getAsString().equals("ENABLED"))
        .map(
            rotation ->
                Duration.ofSeconds(
                    rotation.has("RetryGracePeriodSeconds")
                        ? rotation.get("RetryGracePeriodSeconds").getAsLong()
                        : 0));
  }

  /** Tells whether this client may see an attribute. */
  boolean mayRead(String attribute) {
    return !settings.has("ReadAttributes") || texts("ReadAttributes").contains(attribute);
  }

  /** Tells whether this client may write an attribute. */
  boolean mayWrite(String attribute) {
    if (attribute.equals("sub") || attribute.endsWith("_verified")) {
      return false;
    }
    return !settings.has("WriteAttributes") || texts("WriteAttributes").contains(attribute);
  }

  private Duration life(String member, String unitMember, Duration otherwise) {
    return lifetime(settings, member, unitMember).orElse(otherwise);
  }

  /** Reads a validity in the unit that goes with it. */
  static Optional<Duration> lifetime(JsonObject settings, String member, String unitMember) {
    JsonElement value = settings.get(member);
    if (value == null || value.getAsLong() == 0) {
      return Optional.empty();
    }
    JsonObject units = settings.getAsJsonObject("TokenValidityUnits");
    String unit =
        units != null && units.has(unitMember)
            ? units.get(unitMember).getAsString()
            : unitMember.equals("RefreshToken") ? "days" : "hours";
    long amount = value.getAsLong();
    return Optional.of(
        switch (unit) {
          case "seconds" -> Duration.ofSeconds(amount);
          case "minutes" -> Duration.ofMinutes(amount);
          case "hours" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /**
   * Checks the secret hash of a request: Base64 of HMAC-SHA256 over user name and client id, under
   * the client's secret.
   */
  void checkSecretHash(String username, Optional<String> hash) {
    if (secret == null) {
      if (hash.isPresent()) {
        throw CognitoErrors.secretHashUnexpected(id);
      }
      return;
    }
    if (hash.isEmpty()) {
      throw CognitoErrors.secretHashMissing(id);
    }
    if (!MessageDigest.isEqual(
        hash.get().getBytes(StandardCharsets.UTF_8),
        secretHash(username).getBytes(StandardCharsets.UTF_8))) {
      throw CognitoErrors.wrongSecretHash(id);
    }
  }

  private String secretHash(String username) {
    byte[] key = String.valueOf(secret).getBytes(StandardCharsets.UTF_8);
    byte[] content = (username + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(Sha256.hmac(key, content));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(settings.get(name)).map(JsonElement::getAsString);
  }

  private Set<String> texts(String name) {
    Set<String> values = new LinkedHashSet<>();
    if (settings.has(name)) {
      settings.getAsJsonArray(name).forEach(value -> values.add(value.getAsString()));
    }
    return values;
  }
}
