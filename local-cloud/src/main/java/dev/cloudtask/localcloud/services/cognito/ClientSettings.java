package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks the settings of an app client and fills in what AWS fills in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html">
 *     CreateUserPoolClient</a>
 */
final class ClientSettings {
  private static final List<String> FLOWS =
      List.of(
          "ALLOW_CUSTOM_AUTH",
          "ADMIN_NO_SRP_AUTH",
          "ALLOW_USER_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH",
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_USER_SRP_AUTH",
          "CUSTOM_AUTH_FLOW_ONLY",
          "USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH");
  private static final List<String> KEPT =
      List.of(
          "RefreshTokenValidity",
          "AccessTokenValidity",
          "IdTokenValidity",
          "TokenValidityUnits",
          "ReadAttributes",
          "WriteAttributes",
          "ExplicitAuthFlows",
          "SupportedIdentityProviders",
          "CallbackURLs",
          "LogoutURLs",
          "DefaultRedirectURI",
          "AllowedOAuthFlows",
          "AllowedOAuthScopes",
          "AllowedOAuthFlowsUserPoolClient",
          "PreventUserExistenceErrors",
          "EnableTokenRevocation",
          "EnablePropagateAdditionalUserContextData",
          "AuthSessionValidity",
          "RefreshTokenRotation");

  private ClientSettings() {}

  /** Returns the settings of a client; an update resets what it does not name. */
  static JsonObject of(UserPool pool, String name, JsonInput input, String operation) {
    input.refuse(
        "cognito-idp", operation, "Leave it out: nothing is analysed.", "AnalyticsConfiguration");
    check(pool, input);
    JsonObject settings = new JsonObject();
    settings.addProperty("ClientName", name);
    for (String member : KEPT) {
      input.element(member).ifPresent(value -> settings.add(member, value));
    }
    putDefault(settings, "RefreshTokenValidity", new JsonPrimitive(30));
    if (settings.get("RefreshTokenValidity").getAsLong() == 0) {
      settings.addProperty("RefreshTokenValidity", 30); // 0 means the default
    }
    putDefault(settings, "AllowedOAuthFlowsUserPoolClient", new JsonPrimitive(false));
    putDefault(settings, "EnableTokenRevocation", new JsonPrimitive(true));
    putDefault(settings, "EnablePropagateAdditionalUserContextData", new JsonPrimitive(false));
    putDefault(settings, "AuthSessionValidity", new JsonPrimitive(3));
    checkLives(settings);
    return settings;
  }

  private static void putDefault(JsonObject json, String name, JsonElement value) {
    if (!json.has(name)) {
      json.add(name, value);
    }
  }

  private static void check(UserPool pool, JsonInput input) {
    List<String> flows = input.texts("ExplicitAuthFlows").orElse(List.of());
    Constraints constraints = Parameters.constraints();
    if (!FLOWS.containsAll(flows)) {
      constraints.violation(
          flows.toString(),
          "explicitAuthFlows",
          "Member must satisfy constraint: [Member must satisfy enum value set: " + FLOWS + "]");
    }
    constraints
        .oneOf(
            "preventUserExistenceErrors",
            input.text("PreventUserExistenceErrors"),
            List.of("LEGACY", "ENABLED"))
        .range("authSessionValidity", input.integer("AuthSessionValidity"), 3, 15)
        .range("refreshTokenValidity", input.integer("RefreshTokenValidity"), 0, 315_360_000)
        .range("accessTokenValidity", input.integer("AccessTokenValidity"), 1, 86_400)
        .range("idTokenValidity", input.integer("IdTokenValidity"), 1, 86_400);
    input
        .structure("TokenValidityUnits")
        .ifPresent(
            units -> {
              for (String token : List.of("AccessToken", "IdToken", "RefreshToken")) {
                constraints.oneOf(
                    "tokenValidityUnits."
                        + Character.toLowerCase(token.charAt(0))
                        + token.substring(1),
                    units.text(token),
                    List.of("seconds", "minutes", "hours", "days"));
              }
            });
    input
        .structure("RefreshTokenRotation")
        .ifPresent(
            rotation ->
                constraints
                    .required("refreshTokenRotation.feature", rotation.text("Feature"))
                    .oneOf(
                        "refreshTokenRotation.feature",
                        rotation.text("Feature"),
                        List.of("ENABLED", "DISABLED"))
                    .range(
                        "refreshTokenRotation.retryGracePeriodSeconds",
                        rotation.integer("RetryGracePeriodSeconds"),
                        0,
                        60));
    constraints.check();
    checkFlows(flows, input);
    for (String member : List.of("ReadAttributes", "WriteAttributes")) {
      for (String name : input.texts(member).orElse(List.of())) {
        if (!pool.schema().has(name)) {
          throw CognitoErrors.invalid(
              "Invalid "
                  + (member.startsWith("R") ? "read" : "write")
                  + " attributes specified while creating a client");
        }
      }
    }
    checkOauth(input);
  }

  private static void checkFlows(List<String> flows, JsonInput input) {
    boolean prefixed = flows.stream().anyMatch(flow -> flow.startsWith("ALLOW_"));
    boolean legacy = flows.stream().anyMatch(flow -> !flow.startsWith("ALLOW_"));
    if (prefixed && legacy) {
      throw CognitoErrors.invalid(
          "You cannot set authentication flows with the ALLOW_ prefix together with legacy"
              + " authentication flows in ExplicitAuthFlows.");
    }
    boolean rotates =
        input
            .structure("RefreshTokenRotation")
            .flatMap(rotation -> rotation.text("Feature"))
            .filter("ENABLED"::equals)
            .isPresent();
    if (rotates && (flows.isEmpty() || legacy || flows.contains("ALLOW_REFRESH_TOKEN_AUTH"))) {
      throw CognitoErrors.invalid(
          "Refresh token rotation cannot be enabled for an app client with"
              + " ALLOW_REFRESH_TOKEN_AUTH in ExplicitAuthFlows.");
    }
  }

  private static void checkOauth(JsonInput input) {
    if (input.flag("AllowedOAuthFlowsUserPoolClient").orElse(false)
        && (input.texts("AllowedOAuthFlows").orElse(List.of()).isEmpty()
            || input.texts("AllowedOAuthScopes").orElse(List.of()).isEmpty())) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
          "InvalidOAuthFlowException",
          400,
          "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to"
              + " use OAuth flows.");
    }
  }

  private static void checkLives(JsonObject settings) {
    checkLife(
        settings, "AccessTokenValidity", "AccessToken", Duration.ofMinutes(5), Duration.ofDays(1));
    checkLife(settings, "IdTokenValidity", "IdToken", Duration.ofMinutes(5), Duration.ofDays(1));
    checkLife(
        settings,
        "RefreshTokenValidity",
        "RefreshToken",
        Duration.ofHours(1),
        Duration.ofDays(3650));
  }

  private static void checkLife(
      JsonObject settings, String member, String unit, Duration least, Duration most) {
    Optional<Duration> life = UserPoolClient.lifetime(settings, member, unit);
    if (life.filter(given -> given.compareTo(least) < 0 || given.compareTo(most) > 0).isPresent()) {
      throw CognitoErrors.invalid("Invalid range for token validity.");
    }
  }
}
