package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an administrator does to single users: create, read, confirm, disable, delete. */
final class AdminOperations {
  private final CognitoStore store;
  private final Access access;
  private final Accounts accounts;
  private final AttributeChanges changes;
  private final Codes codes;
  private final Mailer mailer;
  private final Bearer bearer;
  private final Ids ids;

  AdminOperations(
      CognitoStore store,
      Access access,
      Accounts accounts,
      AttributeChanges changes,
      Codes codes,
      Mailer mailer,
      Bearer bearer,
      Ids ids) {
    this.store = store;
    this.access = access;
    this.accounts = accounts;
    this.changes = changes;
    this.codes = codes;
    this.mailer = mailer;
    this.bearer = bearer;
    this.ids = ids;
  }

  /** The pool and the user that a request names. */
  record Named(UserPool pool, User user) {}

  private Named named(JsonInput input, CognitoCall call, String action) {
    Parameters.check(input, "UserPoolId", "Username");
    return named(store, access, input, call, action);
  }

  static Named named(
      CognitoStore store, Access access, JsonInput input, CognitoCall call, String action) {
    UserPool pool = access.pool(input, call, action);
    User user =
        store.find(pool, Parameters.text(input, "Username")).orElseThrow(CognitoErrors::noSuchUser);
    return new Named(pool, user);
  }

  JsonObject create(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username");
    UserPool pool = access.pool(input, call, "AdminCreateUser");
    Parameters.constraints()
        .oneOf("messageAction", input.text("MessageAction"), List.of("RESEND", "SUPPRESS"))
        .check();
    if (input.texts("DesiredDeliveryMediums").orElse(List.of()).contains("SMS")) {
      throw dev.cloudtask.localcloud.protocol.NotEmulated.parameter(
          "cognito-idp", "AdminCreateUser", "DesiredDeliveryMediums SMS", "Use EMAIL.");
    }
    Optional<String> action = input.text("MessageAction");
    return action.filter("RESEND"::equals).isPresent()
        ? inviteAgain(pool, input, call.at())
        : invite(pool, input, action.isEmpty(), call.at());
  }

  private JsonObject invite(UserPool pool, JsonInput input, boolean mail, Instant now) {
    String name = Parameters.text(input, "Username");
    Map<String, String> given = Accounts.attributes(input, "UserAttributes");
    User named = accounts.create(pool, name, given, User.Status.FORCE_CHANGE_PASSWORD, now);
    String password =
        input.text("TemporaryPassword").orElseGet(() -> pool.passwordPolicy().generate(ids));
    User user = temporary(pool, named, password, now).apply(named);
    return store.write(
        () -> {
          accounts.checkFree(pool, user);
          accounts.claimAliases(pool, user, input.flag("ForceAliasCreation").orElse(false), now);
          store.put(pool, user);
          if (mail) {
            sendInvitation(pool, user, name, password, now);
          }
          return wrapped("User", summary(user));
        });
  }

  private JsonObject inviteAgain(UserPool pool, JsonInput input, Instant now) {
    String name = Parameters.text(input, "Username");
    User user = store.find(pool, name).orElseThrow(CognitoErrors::noSuchUser);
    if (user.status() != User.Status.FORCE_CHANGE_PASSWORD) {
      throw new AwsException(
          "UnsupportedUserStateException",
          400,
          "Resend not possible. " + user.username() + " status is not FORCE_CHANGE_PASSWORD");
    }
    String password =
        input.text("TemporaryPassword").orElseGet(() -> pool.passwordPolicy().generate(ids));
    UnaryOperator<User> change = temporary(pool, user, password, now);
    return store.write(
        () -> {
          User changed = store.change(pool, user, change);
          sendInvitation(pool, changed, name, password, now);
          return wrapped("User", summary(changed));
        });
  }

  private void sendInvitation(UserPool pool, User user, String name, String password, Instant now) {
    String address = user.attributes().get("email");
    if (address != null) {
      mailer.sendInvitation(pool, address, name, password, now);
    }
  }

  private UnaryOperator<User> temporary(UserPool pool, User user, String password, Instant now) {
    pool.passwordPolicy().check(password);
    PasswordHash hash = PasswordHash.of(pool, user.username(), password, ids);
    Instant until = now.plus(Duration.ofDays(pool.passwordPolicy().temporaryDays()));
    return current -> current.withPassword(hash, 0, until, now);
  }

  JsonObject get(JsonInput input, CognitoCall call) {
    User user = named(input, call, "AdminGetUser").user();
    JsonObject answer = summary(user);
    answer.add("UserAttributes", answer.remove("Attributes"));
    return answer;
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminDeleteUser");
    store.write(() -> store.remove(named.pool(), named.user()));
    return new JsonObject();
  }

  JsonObject confirm(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminConfirmSignUp");
    if (named.user().status() != User.Status.UNCONFIRMED) {
      throw CognitoErrors.cannotConfirm(named.user().status().name());
    }
    // The address stays unproven: an administrator confirms the account, not the mailbox.
    return put(named, user -> user.withStatus(User.Status.CONFIRMED, call.at()));
  }

  JsonObject setPassword(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username", "Password");
    Named named = named(input, call, "AdminSetUserPassword");
    String password = Parameters.text(input, "Password");
    boolean permanent = input.flag("Permanent").orElse(false);
    UnaryOperator<User> change =
        permanent
            ? accounts.newPassword(named.pool(), named.user(), password, call.at())
            : temporary(named.pool(), named.user(), password, call.at());
    User.Status status = permanent ? User.Status.CONFIRMED : User.Status.FORCE_CHANGE_PASSWORD;
    return put(named, user -> change.apply(user).withStatus(status, call.at()));
  }

  JsonObject resetPassword(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminResetUserPassword");
    User user = named.user();
    if (user.status() == User.Status.FORCE_CHANGE_PASSWORD) {
      throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
    }
    if (!user.isVerified("email")) {
      throw CognitoErrors.invalid(
          "Cannot reset password for the user as there is no registered/verified email or"
              + " phone_number");
    }
    store.write(
        () -> {
          User changed =
              store.change(
                  named.pool(),
                  user,
                  current -> current.withStatus(User.Status.RESET_REQUIRED, call.at()));
          codes.send(named.pool(), changed, Code.Purpose.PASSWORD, null, call.at());
        });
    return new JsonObject();
  }

  JsonObject enable(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminEnableUser");
    return put(named, user -> user.withEnabled(true, call.at()));
  }

  JsonObject disable(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminDisableUser");
    return put(named, user -> user.withEnabled(false, call.at()));
  }

  JsonObject signOut(JsonInput input, CognitoCall call) {
    Named named = named(input, call, "AdminUserGlobalSignOut");
    store.write(() -> bearer.signOutEverywhere(named.user()));
    return new JsonObject();
  }

  JsonObject updateAttributes(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username", "UserAttributes");
    Named named = named(input, call, "AdminUpdateUserAttributes");
    Map<String, String> given = Accounts.attributes(input, "UserAttributes");
    store.write(() -> changes.apply(named.pool(), named.user(), given, true, call.at()));
    return new JsonObject();
  }

  JsonObject deleteAttributes(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username", "UserAttributeNames");
    Named named = named(input, call, "AdminDeleteUserAttributes");
    List<String> names = input.texts("UserAttributeNames").orElseThrow();
    store.write(() -> changes.delete(named.pool(), named.user(), names, call.at()));
    return new JsonObject();
  }

  private JsonObject put(Named named, UnaryOperator<User> change) {
    store.change(named.pool(), named.user(), change);
    return new JsonObject();
  }

  private static JsonObject wrapped(String name, JsonObject content) {
    JsonObject answer = new JsonObject();
    answer.add(name, content);
    return answer;
  }

  /** Returns the form in which lists and AdminCreateUser show a user. */
  static JsonObject summary(User user) {
    JsonObject json = new JsonObject();
    json.addProperty("Username", user.username());
    json.add("Attributes", Accounts.toJson(user));
    json.add("UserCreateDate", Times.json(user.createdAt()));
    json.add("UserLastModifiedDate", Times.json(user.modifiedAt()));
    json.addProperty("Enabled", user.enabled());
    json.addProperty("UserStatus", user.status().name());
    return json;
  }
}
