package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sign-ins in more than one step, and RespondToAuthChallenge and its admin twin. */
final class Challenges {
  private static final String NEW_PASSWORD = "NEW_PASSWORD_REQUIRED";
  private static final String VERIFIER = "PASSWORD_VERIFIER";
  private static final String ATTRIBUTES = "userAttributes.";

  private final CognitoStore store;
  private final Access access;
  private final Accounts accounts;
  private final TokenIssuer tokens;
  private final Ids ids;

  Challenges(CognitoStore store, Access access, Accounts accounts, TokenIssuer tokens, Ids ids) {
    this.store = store;
    this.access = access;
    this.accounts = accounts;
    this.tokens = tokens;
    this.ids = ids;
  }

  static String parameter(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> CognitoErrors.missingParameter(name));
  }

  /** Asks a user who has an administrator's password for one of his own. */
  JsonObject demandNewPassword(
      UserPool pool, UserPoolClient client, User user, boolean admin, Instant now) {
    Instant until = user.temporaryUntil();
    if (until != null && !now.isBefore(until)) {
      throw CognitoErrors.notAuthorized(
          "Temporary password has expired and must be reset by an administrator.");
    }
    String session = open(NEW_PASSWORD, pool, client, user.username(), admin, null, now);
    JsonArray required = new JsonArray();
    for (String name : pool.schema().required()) {
      if (!user.attributes().containsKey(name)) {
        required.add(ATTRIBUTES + name);
      }
    }
    JsonObject attributes = new JsonObject();
    user.attributes().forEach(attributes::addProperty);
    JsonObject parameters = new JsonObject();
    parameters.addProperty("USER_ID_FOR_SRP", user.username());
    parameters.addProperty("requiredAttributes", required.toString());
    parameters.addProperty("userAttributes", attributes.toString());
    return asked(NEW_PASSWORD, session, parameters);
  }

  /** Begins an SRP exchange; for somebody who does not exist too, if the client hides that. */
  JsonObject startSrp(
      UserPool pool, UserPoolClient client, Map<String, String> given, boolean admin, Instant now) {
    String name = parameter(given, "USERNAME");
    BigInteger clientPublic = hexadecimal(parameter(given, "SRP_A"));
    client.checkSecretHash(name, Optional.ofNullable(given.get("SECRET_HASH")));
    Optional<User> found = store.find(pool, name);
    if (found.isEmpty() && !client.hidesWhoExists()) {
      throw CognitoErrors.noSuchUser();
    }
    if (!Srp.isSafe(clientPublic)) {
      throw CognitoErrors.invalid("Invalid SRP_A parameter.");
    }
    PasswordHash password = found.map(User::password).orElse(null);
    String username = found.map(User::username).orElse(name);
    // Who does not exist has the same salt every time, as somebody who exists has.
    String salt =
        password == null ? TokenIssuer.hash(pool.id() + name).substring(0, 32) : password.srpSalt();
    String verifier =
        password == null
            ? Srp.verifier(pool.shortId(), username, ids.base64(16), salt)
            : password.srpVerifier();
    BigInteger secret = new BigInteger(1, ids.bytes(32));
    BigInteger serverPublic = Srp.challenge(verifier, secret);
    String session =
        open(
            VERIFIER,
            pool,
            client,
            username,
            admin,
            new Challenge.SrpState(
                clientPublic.toString(16),
                secret.toString(16),
                serverPublic.toString(16),
                verifier),
            now);
    JsonObject parameters = new JsonObject();
    parameters.addProperty("SALT", salt);
    parameters.addProperty("SECRET_BLOCK", session);
    parameters.addProperty("SRP_B", serverPublic.toString(16));
    parameters.addProperty("USERNAME", username);
    parameters.addProperty("USER_ID_FOR_SRP", username);
    JsonObject answer = new JsonObject();
    answer.addProperty("ChallengeName", VERIFIER);
    answer.add("ChallengeParameters", parameters);
    return answer;
  }

  private static BigInteger hexadecimal(String text) {
    if (!text.matches("[0-9a-fA-F]+")) {
      throw CognitoErrors.invalid("SRP_A is not a valid hex number.");
    }
    return new BigInteger(text, 16);
  }

  JsonObject respond(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "ChallengeName");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    return answer(input, call, store.pool(client.poolId()), client, false);
  }

  JsonObject adminRespond(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "ClientId", "ChallengeName");
    UserPool pool = access.pool(input, call, "AdminRespondToAuthChallenge");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    if (!client.poolId().equals(pool.id())) {
      throw CognitoErrors.noSuchClient(client.id());
    }
    return answer(input, call, pool, client, true);
  }

  private JsonObject answer(
      JsonInput input, CognitoCall call, UserPool pool, UserPoolClient client, boolean admin) {
    String name = Parameters.text(input, "ChallengeName");
    Map<String, String> given = input.textMap("ChallengeResponses").orElse(Map.of());
    return switch (name) {
      case NEW_PASSWORD -> {
        String session =
            input.text("Session").orElseThrow(() -> CognitoErrors.missingParameter("Session"));
        yield newPassword(pool, client, given, session, call.at());
      }
      case VERIFIER -> verifyPassword(pool, client, given, admin, call.at());
      default ->
          throw NotEmulated.parameter(
              "cognito-idp",
              admin ? "AdminRespondToAuthChallenge" : "RespondToAuthChallenge",
              "ChallengeName " + name,
              "Emulated are NEW_PASSWORD_REQUIRED and PASSWORD_VERIFIER.");
    };
  }

  private JsonObject newPassword(
      UserPool pool,
      UserPoolClient client,
      Map<String, String> given,
      String session,
      Instant now) {
    String name = parameter(given, "USERNAME");
    String password = parameter(given, "NEW_PASSWORD");
    client.checkSecretHash(name, Optional.ofNullable(given.get("SECRET_HASH")));
    Challenge challenge = opened(NEW_PASSWORD, session, client, now);
    User user =
        store
            .byUsername(pool.id(), challenge.username())
            .filter(one -> store.find(pool, name).filter(one::equals).isPresent())
            .orElseThrow(CognitoErrors::invalidSession);
    Map<String, String> attributes = new HashMap<>(user.attributes());
    given.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTES)) {
            attributes.put(key.substring(ATTRIBUTES.length()), value);
          }
        });
    List<String> changed = new ArrayList<>(attributes.keySet());
    changed.removeIf(key -> Objects.equals(attributes.get(key), user.attributes().get(key)));
    if (changed.stream().anyMatch(key -> pool.schema().has(key) && !client.mayWrite(key))) {
      throw CognitoErrors.unauthorizedAttribute();
    }
    pool.schema().checkValues(attributes);
    pool.schema().checkRequired(attributes);
    UnaryOperator<User> change = accounts.newPassword(pool, user, password, now);
    User ready =
        store.write(
            () -> {
              close(session);
              return store.change(
                  pool,
                  user,
                  current ->
                      change
                          .apply(current.withAttributes(attributes, now))
                          .withStatus(User.Status.CONFIRMED, now));
            });
    return signedIn(pool, client, ready, now);
  }

  private JsonObject verifyPassword(
      UserPool pool, UserPoolClient client, Map<String, String> given, boolean admin, Instant now) {
    String name = parameter(given, "USERNAME");
    String block = parameter(given, "PASSWORD_CLAIM_SECRET_BLOCK");
    String signature = parameter(given, "PASSWORD_CLAIM_SIGNATURE");
    String timestamp = parameter(given, "TIMESTAMP");
    client.checkSecretHash(name, Optional.ofNullable(given.get("SECRET_HASH")));
    Challenge challenge = opened(VERIFIER, block, client, now);
    Challenge.SrpState srp = challenge.srp();
    if (srp == null) {
      throw CognitoErrors.invalidSession();
    }
    store.write(() -> close(block));
    byte[] key =
        Srp.key(
            new BigInteger(srp.clientPublic(), 16),
            new BigInteger(srp.serverPublic(), 16),
            new BigInteger(srp.secret(), 16),
            srp.verifier());
    byte[] proof =
        Srp.proof(
            key,
            pool.shortId(),
            challenge.username(),
            Base64.getDecoder().decode(block),
            timestamp);
    User user =
        store
            .byUsername(pool.id(), challenge.username())
            .orElseThrow(CognitoErrors::wrongCredentials);
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    if (!MessageDigest.isEqual(proof, decoded(signature))) {
      throw CognitoErrors.wrongCredentials();
    }
    return switch (user.status()) {
      case UNCONFIRMED -> throw CognitoErrors.notConfirmed();
      case RESET_REQUIRED -> throw CognitoErrors.resetRequired();
      case FORCE_CHANGE_PASSWORD -> demandNewPassword(pool, client, user, admin, now);
      case CONFIRMED -> signedIn(pool, client, user, now);
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw CognitoErrors.wrongCredentials();
    }
  }

  private JsonObject signedIn(UserPool pool, UserPoolClient client, User user, Instant now) {
    JsonObject answer = new JsonObject();
    answer.add("ChallengeParameters", new JsonObject());
    answer.add("AuthenticationResult", tokens.signIn(pool, client, user, now));
    return answer;
  }

  private static JsonObject asked(String name, String session, JsonObject parameters) {
    JsonObject answer = new JsonObject();
    answer.addProperty("ChallengeName", name);
    answer.addProperty("Session", session);
    answer.add("ChallengeParameters", parameters);
    return answer;
  }

  private String open(
      String name,
      UserPool pool,
      UserPoolClient client,
      String username,
      boolean admin,
      Challenge.@Nullable SrpState srp,
      Instant now) {
    String session = ids.base64(600);
    Challenge challenge =
        new Challenge(
            name,
            pool.id(),
            client.id(),
            username,
            admin,
            srp,
            now.plus(client.sessionLife()),
            false);
    store.write(() -> store.putChallenge(TokenIssuer.hash(session), challenge, now));
    return session;
  }

  private Challenge opened(String name, String session, UserPoolClient client, Instant now) {
    Challenge challenge =
        store
            .challenge(TokenIssuer.hash(session))
            .filter(one -> one.name().equals(name) && one.clientId().equals(client.id()))
            .orElseThrow(CognitoErrors::invalidSession);
    if (challenge.used()) {
      throw CognitoErrors.usedSession();
    }
    if (!now.isBefore(challenge.expiresAt())) {
      throw CognitoErrors.expiredSession();
    }
    return challenge;
  }

  /** Marks a session as used, unless another request was faster; inside a write. */
  private void close(String session) {
    String hash = TokenIssuer.hash(session);
    Challenge challenge = store.challenge(hash).orElseThrow(CognitoErrors::invalidSession);
    if (challenge.used()) {
      throw CognitoErrors.usedSession();
    }
    store.putChallenge(hash, challenge.markUsed(), challenge.expiresAt());
  }
}
