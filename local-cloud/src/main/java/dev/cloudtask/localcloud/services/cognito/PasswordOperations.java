package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** ForgotPassword, ConfirmForgotPassword, ChangePassword. */
final class PasswordOperations {
  private static final int REQUESTS_PER_HOUR = 5;
  private static final int CONFIRMATIONS_PER_HOUR = 15;
  private static final int CHANGES_PER_HOUR = 5;

  private final CognitoStore store;
  private final Accounts accounts;
  private final Codes codes;
  private final Bearer bearer;

  PasswordOperations(CognitoStore store, Accounts accounts, Codes codes, Bearer bearer) {
    this.store = store;
    this.accounts = accounts;
    this.codes = codes;
    this.bearer = bearer;
  }

  JsonObject forgot(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "Username");
    String name = Parameters.text(input, "Username");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    client.checkSecretHash(name, input.text("SecretHash"));
    UserPool pool = store.pool(client.poolId());
    Optional<User> found = store.find(pool, name);
    JsonObject answer = new JsonObject();
    if (client.hidesWhoExists()
        && found.filter(user -> user.enabled() && user.isVerified("email")).isEmpty()) {
      answer.add("CodeDeliveryDetails", Codes.delivery(name));
      return answer;
    }
    User user = found.orElseThrow(CognitoErrors::noSuchAccount);
    checkResettable(pool, user);
    codes.count(user, "ForgotPassword", REQUESTS_PER_HOUR, call.at());
    return store.write(
        () -> {
          answer.add(
              "CodeDeliveryDetails",
              codes.send(pool, user, Code.Purpose.PASSWORD, null, call.at()));
          return answer;
        });
  }

  private static void checkResettable(UserPool pool, User user) {
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    if (user.status() == User.Status.FORCE_CHANGE_PASSWORD) {
      throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
    }
    if (pool.recoveryMechanisms().contains("admin_only")) {
      throw CognitoErrors.notAuthorized("Contact administrator to reset password.");
    }
    if (!pool.recoveryMechanisms().contains("verified_email") || !user.isVerified("email")) {
      throw CognitoErrors.invalid(
          "Cannot reset password for the user as there is no registered/verified email or"
              + " phone_number");
    }
  }

  JsonObject confirmForgot(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ClientId", "Username", "ConfirmationCode", "Password");
    String name = Parameters.text(input, "Username");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    client.checkSecretHash(name, input.text("SecretHash"));
    UserPool pool = store.pool(client.poolId());
    Optional<User> found = store.find(pool, name);
    if (client.hidesWhoExists() && found.filter(User::enabled).isEmpty()) {
      throw CognitoErrors.codeMismatch();
    }
    User user = found.orElseThrow(CognitoErrors::noSuchAccount);
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    codes.count(user, "ConfirmForgotPassword", CONFIRMATIONS_PER_HOUR, call.at());
    UnaryOperator<User> password =
        accounts.newPassword(pool, user, Parameters.text(input, "Password"), call.at());
    return store.write(
        () -> {
          codes.check(
              user, Code.Purpose.PASSWORD, Parameters.text(input, "ConfirmationCode"), call.at());
          store.change(
              pool,
              user,
              current -> {
                User changed =
                    password.apply(current).withAttribute("email_verified", "true", call.at());
                return changed.status() == User.Status.RESET_REQUIRED
                    ? changed.withStatus(User.Status.CONFIRMED, call.at())
                    : changed;
              });
          store.removeCode(user, Code.Purpose.PASSWORD);
          return new JsonObject();
        });
  }

  JsonObject change(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken", "PreviousPassword", "ProposedPassword");
    Bearer.Session session = bearer.session(Parameters.text(input, "AccessToken"), call);
    User user = session.user();
    codes.count(user, "ChangePassword", CHANGES_PER_HOUR, call.at());
    PasswordHash password = user.password();
    if (password == null || !password.matches(Parameters.text(input, "PreviousPassword"))) {
      throw CognitoErrors.wrongCredentials();
    }
    UnaryOperator<User> changed =
        accounts.newPassword(
            session.pool(), user, Parameters.text(input, "ProposedPassword"), call.at());
    store.change(session.pool(), user, changed);
    return new JsonObject();
  }
}
