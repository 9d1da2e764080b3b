package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.environment.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes the tokens of a sign-in: ID and access token signed with RS256, refresh token opaque.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html">
 *     Understanding the identity (ID) token</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html">
 *     Understanding the access token</a>
 */
final class TokenIssuer {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final CognitoStore store;
  private final SigningKeys keys;
  private final Ids ids;

  TokenIssuer(CognitoStore store, SigningKeys keys, Ids ids) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
  }

  /** Signs a user in: all three tokens, as an AuthenticationResult. */
  JsonObject signIn(UserPool pool, UserPoolClient client, User user, Instant now) {
    SigningKeys.Pair pair = keys.of(pool.id()); // outside the write: making keys takes time
    String refreshToken = opaque();
    SignIn signIn =
        new SignIn(
            ids.uuid(),
            pool.id(),
            client.id(),
            user.username(),
            user.sub(),
            now,
            now.plus(client.refreshTokenLife()),
            false);
    store.write(
        () -> {
          store.forgetExpired(user, now);
          store.put(signIn);
          store.putRefreshToken(hash(refreshToken), refreshToken(signIn));
        });
    JsonObject result = tokens(pool, client, user, signIn, pair, now);
    result.addProperty("RefreshToken", refreshToken);
    return result;
  }

  /** Issues ID and access token of a sign-in again; a new refresh token too, if they rotate. */
  JsonObject refresh(
      UserPool pool, UserPoolClient client, User user, SignIn signIn, String used, Instant now) {
    JsonObject result = tokens(pool, client, user, signIn, keys.of(pool.id()), now);
    client
        .rotationGrace()
        .ifPresent(
            grace -> {
              String next = opaque();
              store.write(() -> rotate(signIn, used, next, now.plus(grace)));
              result.addProperty("RefreshToken", next);
            });
    return result;
  }

  private void rotate(SignIn signIn, String used, String next, Instant worksUntil) {
    RefreshToken token = store.refreshToken(hash(used)).orElseThrow();
    if (token.worksUntil() == null) {
      store.putRefreshToken(
          hash(used),
          new RefreshToken(
              token.poolId(), token.sub(), token.originJti(), token.expiresAt(), worksUntil));
    }
    store.putRefreshToken(hash(next), refreshToken(signIn));
  }

  private static RefreshToken refreshToken(SignIn signIn) {
    return new RefreshToken(
        signIn.poolId(), signIn.sub(), signIn.originJti(), signIn.expiresAt(), null);
  }

  private JsonObject tokens(
      UserPool pool,
      UserPoolClient client,
      User user,
      SignIn signIn,
      SigningKeys.Pair pair,
      Instant now) {
    String eventId = ids.uuid();
    JsonObject result = new JsonObject();
    result.addProperty(
        "AccessToken",
        signed(pair.accessToken(), accessClaims(pool, client, user, signIn, eventId, now)));
    result.addProperty("ExpiresIn", client.accessTokenLife().toSeconds());
    result.addProperty("TokenType", "Bearer");
    result.addProperty(
        "IdToken", signed(pair.idToken(), idClaims(pool, client, user, signIn, eventId, now)));
    return result;
  }

  private JsonObject accessClaims(
      UserPool pool, UserPoolClient client, User user, SignIn signIn, String eventId, Instant now) {
    JsonObject claims = new JsonObject();
    claims.addProperty("sub", user.sub());
    addGroups(claims, user);
    claims.addProperty("iss", pool.issuer());
    claims.addProperty("client_id", client.id());
    if (client.canRevoke()) {
      claims.addProperty("origin_jti", signIn.originJti());
    }
    claims.addProperty("event_id", eventId);
    claims.addProperty("token_use", "access");
    claims.addProperty("scope", "aws.cognito.signin.user.admin");
    addTimes(claims, signIn, client.accessTokenLife(), now);
    claims.addProperty("username", user.username());
    return claims;
  }

  private JsonObject idClaims(
      UserPool pool, UserPoolClient client, User user, SignIn signIn, String eventId, Instant now) {
    JsonObject claims = new JsonObject();
    claims.addProperty("sub", user.sub());
    addGroups(claims, user);
    addRoles(claims, user);
    claims.addProperty("iss", pool.issuer());
    claims.addProperty("cognito:username", user.username());
    if (client.canRevoke()) {
      claims.addProperty("origin_jti", signIn.originJti());
    }
    claims.addProperty("aud", client.id());
    claims.addProperty("event_id", eventId);
    claims.addProperty("token_use", "id");
    addTimes(claims, signIn, client.idTokenLife(), now);
    for (Map.Entry<String, String> attribute : new TreeMap<>(user.attributes()).entrySet()) {
      addAttribute(claims, client, attribute.getKey(), attribute.getValue());
    }
    return claims;
  }

  private static void addAttribute(
      JsonObject claims, UserPoolClient client, String name, String value) {
    if (!client.mayRead(name) || name.startsWith("dev:")) {
      return;
    }
    switch (name) {
      case "email_verified", "phone_number_verified" ->
          claims.addProperty(name, Boolean.valueOf(value));
      case "address" -> {
        JsonObject address = new JsonObject();
        address.addProperty("formatted", value);
        claims.add(name, address);
      }
      case "updated_at" -> claims.addProperty(name, Long.valueOf(value));
      default -> claims.addProperty(name, value);
    }
  }

  private void addTimes(JsonObject claims, SignIn signIn, Duration life, Instant now) {
    claims.addProperty("auth_time", signIn.at().getEpochSecond());
    claims.addProperty("exp", now.plus(life).getEpochSecond());
    claims.addProperty("iat", now.getEpochSecond());
    claims.addProperty("jti", ids.uuid());
  }

  private List<Group> groups(User user) {
    return user.groups().stream()
        .flatMap(name -> store.findGroup(user.poolId(), name).stream())
        .sorted(
            Comparator.comparing(
                    Group::precedence, Comparator.nullsLast(Comparator.<Integer>naturalOrder()))
                .thenComparing(Group::name))
        .toList();
  }

  private void addGroups(JsonObject claims, User user) {
    JsonArray groups = new JsonArray();
    groups(user).forEach(group -> groups.add(group.name()));
    if (!groups.isEmpty()) {
      claims.add("cognito:groups", groups);
    }
  }

  /** The strongest group's role is preferred, unless two groups are equally strong. */
  private void addRoles(JsonObject claims, User user) {
    List<Group> withRole = groups(user).stream().filter(g -> g.roleArn() != null).toList();
    if (withRole.isEmpty()) {
      return;
    }
    JsonArray roles = new JsonArray();
    withRole.forEach(group -> roles.add(group.roleArn()));
    claims.add("cognito:roles", roles);
    Group strongest = withRole.get(0);
    boolean tied =
        withRole.stream()
            .skip(1)
            .anyMatch(
                group ->
                    Objects.equals(group.precedence(), strongest.precedence())
                        && !Objects.equals(group.roleArn(), strongest.roleArn()));
    if (strongest.precedence() != null && !tied) {
      claims.addProperty("cognito:preferred_role", strongest.roleArn());
    }
  }

  private static String signed(RSAKey key, JsonObject claims) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              new Payload(claims.toString()));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java signs with RS256", e);
    }
  }

  /** Makes a token that looks like AWS's: a JWE in five parts that only its maker can read. */
  private String opaque() {
    String header = "{\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"alg\":\"RSA-OAEP\"}";
    return String.join(
        ".",
        BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8)),
        BASE64.encodeToString(ids.bytes(256)),
        BASE64.encodeToString(ids.bytes(12)),
        BASE64.encodeToString(ids.bytes(756)),
        BASE64.encodeToString(ids.bytes(16)));
  }

  /** Returns what is kept of a refresh token or a session. */
  static String hash(String token) {
    return Sha256.hex(token);
  }
}
