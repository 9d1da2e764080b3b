package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** InitiateAuth and AdminInitiateAuth: the flows by password and by refresh token. */
final class SignInOperations {
  private static final int FREE_FAILURES = 5;
  private static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  private final CognitoStore store;
  private final Access access;
  private final Challenges challenges;
  private final TokenIssuer tokens;
  private final RefreshOperations refresh;

  SignInOperations(
      CognitoStore store,
      Access access,
      Challenges challenges,
      TokenIssuer tokens,
      RefreshOperations refresh) {
    this.store = store;
    this.access = access;
    this.challenges = challenges;
    this.tokens = tokens;
    this.refresh = refresh;
  }

  JsonObject initiate(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AuthFlow", "ClientId");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    UserPool pool = store.pool(client.poolId());
    return start(input, call, pool, client, false);
  }

  JsonObject adminInitiate(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "AuthFlow", "ClientId");
    UserPool pool = access.pool(input, call, "AdminInitiateAuth");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    if (!client.poolId().equals(pool.id())) {
      throw CognitoErrors.noSuchClient(client.id());
    }
    return start(input, call, pool, client, true);
  }

  private JsonObject start(
      JsonInput input, CognitoCall call, UserPool pool, UserPoolClient client, boolean admin) {
    String flow = Parameters.text(input, "AuthFlow");
    Map<String, String> given = input.textMap("AuthParameters").orElse(Map.of());
    call.span().note("userPool", pool.id()).note("flow", flow);
    return switch (flow) {
      case "USER_PASSWORD_AUTH" -> {
        if (admin) {
          throw CognitoErrors.invalid("Initiate Auth method not supported.");
        }
        require(client, "ALLOW_USER_PASSWORD_AUTH", flow);
        yield byPassword(pool, client, given, false, call);
      }
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
        if (!admin) {
          throw CognitoErrors.invalid("Initiate Auth method not supported.");
        }
        if (!client.flows().contains("ALLOW_ADMIN_USER_PASSWORD_AUTH")) {
          throw CognitoErrors.invalid("Auth flow not enabled for this client");
        }
        yield byPassword(pool, client, given, true, call);
      }
      case "USER_SRP_AUTH" -> {
        require(client, "ALLOW_USER_SRP_AUTH", flow);
        yield challenges.startSrp(pool, client, given, admin, call.at());
      }
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> {
        require(client, "ALLOW_REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH");
        yield refresh.byFlow(client, given, call);
      }
      case "CUSTOM_AUTH", "USER_AUTH" ->
          throw NotEmulated.parameter(
              "cognito-idp",
              admin ? "AdminInitiateAuth" : "InitiateAuth",
              "AuthFlow " + flow,
              "Use USER_PASSWORD_AUTH or USER_SRP_AUTH.");
      default -> throw unknownFlow(flow);
    };
  }

  private static void require(UserPoolClient client, String allowed, String flow) {
    if (!client.flows().contains(allowed)) {
      throw CognitoErrors.flowNotEnabled(flow);
    }
  }

  private static AwsException unknownFlow(String flow) {
    return CognitoErrors.invalid(
        "1 validation error detected: Value '"
            + flow
            + "' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [USER_AUTH, ADMIN_NO_SRP_AUTH, CUSTOM_AUTH, USER_PASSWORD_AUTH, USER_SRP_AUTH,"
            + " REFRESH_TOKEN_AUTH, REFRESH_TOKEN, ADMIN_USER_PASSWORD_AUTH]");
  }

  private JsonObject byPassword(
      UserPool pool,
      UserPoolClient client,
      Map<String, String> given,
      boolean admin,
      CognitoCall call) {
    String name = Challenges.parameter(given, "USERNAME");
    String password = Challenges.parameter(given, "PASSWORD");
    client.checkSecretHash(name, Optional.ofNullable(given.get("SECRET_HASH")));
    User user =
        store
            .find(pool, name)
            .orElseThrow(
                () ->
                    client.hidesWhoExists()
                        ? CognitoErrors.wrongCredentials()
                        : CognitoErrors.noSuchUser());
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    checkPassword(pool, user, password, call.at());
    User known = store.byUsername(pool.id(), user.username()).orElse(user);
    if (known.status() == User.Status.UNCONFIRMED) {
      throw CognitoErrors.notConfirmed();
    }
    if (known.status() == User.Status.RESET_REQUIRED) {
      throw CognitoErrors.resetRequired();
    }
    if (known.status() == User.Status.FORCE_CHANGE_PASSWORD) {
      return challenges.demandNewPassword(pool, client, known, admin, call.at());
    }
    JsonObject answer = new JsonObject();
    answer.add("ChallengeParameters", new JsonObject());
    answer.add("AuthenticationResult", tokens.signIn(pool, client, known, call.at()));
    return answer;
  }

  /**
   * Checks a password, and counts the wrong ones: from the fifth in a row on, nobody can try again
   * for a second, then two, four, at last fifteen minutes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html">Lockout
   *     behavior for failed sign-in attempts</a>
   */
  private void checkPassword(UserPool pool, User user, String password, Instant now) {
    Instant lockedUntil = user.lockedUntil();
    if (lockedUntil != null && now.isBefore(lockedUntil)) {
      throw CognitoErrors.tooManyPasswords();
    }
    PasswordHash hash = user.password();
    if (hash != null && hash.matches(password)) {
      if (user.failures() > 0) {
        store.write(() -> current(user).ifPresent(u -> store.put(pool, u.withFailures(0, null))));
      }
      return;
    }
    store.write(
        () ->
            current(user)
                .ifPresent(
                    u -> {
                      boolean forgiven =
                          u.lockedUntil() != null
                              && now.isAfter(u.lockedUntil().plus(LONGEST_LOCK));
                      int failures = (forgiven ? 0 : u.failures()) + 1;
                      store.put(pool, u.withFailures(failures, lock(failures, now)));
                    }));
    throw CognitoErrors.wrongCredentials();
  }

  private static @org.jspecify.annotations.Nullable Instant lock(int failures, Instant now) {
    if (failures < FREE_FAILURES) {
      return null;
    }
    Duration lock = Duration.ofSeconds(1L << Math.min(failures - FREE_FAILURES, 20));
    return now.plus(lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock);
  }

  private Optional<User> current(User user) {
    return store.byUsername(user.poolId(), user.username());
  }
}
