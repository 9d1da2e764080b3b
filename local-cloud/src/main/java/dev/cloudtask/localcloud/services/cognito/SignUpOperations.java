package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Map;
import java.util.Optional;

/** SignUp, ConfirmSignUp, ResendConfirmationCode. */
final class SignUpOperations {
  private static final int CONFIRMATIONS_PER_HOUR = 15;
  private static final int RESENDS_PER_HOUR = 5;

  private final CognitoStore store;
  private final Accounts accounts;
  private final Codes codes;

  SignUpOperations(CognitoStore store, Accounts accounts, Codes codes) {
    this.store = store;
    this.accounts = accounts;
    this.codes = codes;
  }

  JsonObject signUp(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "Username", "Password");
    String name = Parameters.text(input, "Username");
    String password = Parameters.text(input, "Password");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    client.checkSecretHash(name, input.text("SecretHash"));
    UserPool pool = store.pool(client.poolId());
    call.span().note("userPool", pool.id());
    if (pool.onlyAdminsCreateUsers()) {
      throw CognitoErrors.signUpClosed();
    }
    Map<String, String> given = Accounts.attributes(input, "UserAttributes");
    given.forEach(
        (attribute, value) -> {
          if (pool.schema().has(attribute) && !client.mayWrite(attribute)) {
            throw CognitoErrors.unauthorizedAttribute();
          }
        });
    User named = accounts.create(pool, name, given, User.Status.UNCONFIRMED, call.at());
    User user = accounts.newPassword(pool, named, password, call.at()).apply(named);
    return store.write(
        () -> {
          accounts.checkFree(pool, user);
          store.put(pool, user);
          JsonObject answer = new JsonObject();
          answer.addProperty("UserConfirmed", false);
          if (receivesCode(pool, user)) {
            answer.add(
                "CodeDeliveryDetails",
                codes.send(pool, user, Code.Purpose.SIGN_UP, null, call.at()));
          } else {
            call.span().note("mail", "none: the pool verifies no e-mail address, or there is none");
          }
          answer.addProperty("UserSub", user.sub());
          return answer;
        });
  }

  private static boolean receivesCode(UserPool pool, User user) {
    return pool.autoVerifiedAttributes().contains("email")
        && user.attributes().containsKey("email");
  }

  JsonObject confirmSignUp(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "Username", "ConfirmationCode");
    String name = Parameters.text(input, "Username");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    client.checkSecretHash(name, input.text("SecretHash"));
    UserPool pool = store.pool(client.poolId());
    User found =
        store
            .find(pool, name)
            .orElseThrow(
                () ->
                    client.hidesWhoExists()
                        ? CognitoErrors.codeExpired()
                        : CognitoErrors.noSuchAccount());
    if (found.status() != User.Status.UNCONFIRMED) {
      throw CognitoErrors.cannotConfirm(found.status().name());
    }
    codes.count(found, "ConfirmSignUp", CONFIRMATIONS_PER_HOUR, call.at());
    return store.write(
        () -> {
          User user = current(found);
          Code code =
              codes.check(
                  user,
                  Code.Purpose.SIGN_UP,
                  Parameters.text(input, "ConfirmationCode"),
                  call.at());
          User confirmed =
              user.withAttribute(code.attribute() + "_verified", "true", call.at())
                  .withStatus(User.Status.CONFIRMED, call.at());
          accounts.claimAliases(
              pool, confirmed, input.flag("ForceAliasCreation").orElse(false), call.at());
          store.put(pool, confirmed);
          store.removeCode(user, Code.Purpose.SIGN_UP);
          return new JsonObject();
        });
  }

  JsonObject resend(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "Username");
    String name = Parameters.text(input, "Username");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    client.checkSecretHash(name, input.text("SecretHash"));
    UserPool pool = store.pool(client.poolId());
    JsonObject answer = new JsonObject();
    Optional<User> found = store.find(pool, name);
    if (found.isEmpty()) {
      if (!client.hidesWhoExists()) {
        throw CognitoErrors.noSuchAccount();
      }
      answer.add("CodeDeliveryDetails", Codes.delivery(name));
      return answer;
    }
    User user = found.get();
    if (user.status() != User.Status.UNCONFIRMED) {
      throw CognitoErrors.alreadyConfirmed();
    }
    if (!receivesCode(pool, user)) {
      throw noAutoVerification();
    }
    codes.count(user, "ResendConfirmationCode", RESENDS_PER_HOUR, call.at());
    return store.write(
        () -> {
          answer.add(
              "CodeDeliveryDetails",
              codes.send(pool, current(user), Code.Purpose.SIGN_UP, null, call.at()));
          return answer;
        });
  }

  private static AwsException noAutoVerification() {
    return CognitoErrors.invalid("Cannot resend codes. Auto verification not turned on.");
  }

  private User current(User user) {
    return store
        .byUsername(user.poolId(), user.username())
        .orElseThrow(CognitoErrors::noSuchAccount);
  }
}
