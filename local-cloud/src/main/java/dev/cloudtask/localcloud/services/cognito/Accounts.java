package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The rules of user names, aliases and attributes that sign-up and administrators share. */
final class Accounts {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final Pattern PHONE = Pattern.compile("\\+\\d+");

  private final CognitoStore store;
  private final Ids ids;

  Accounts(CognitoStore store, Ids ids) {
    this.store = store;
    this.ids = ids;
  }

  /** Reads a list of attributes. */
  static Map<String, String> attributes(JsonInput input, String member) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonInput attribute : input.structures(member).orElse(List.of())) {
      String name =
          attribute
              .text("Name")
              .orElseThrow(
                  () ->
                      CognitoErrors.invalid(
                          "1 validation error detected: Value null at 'userAttributes.1.member.name'"
                              + " failed to satisfy constraint: Member must not be null"));
      attributes.put(name, attribute.text("Value").orElse(""));
    }
    return attributes;
  }

  /** Writes a list of attributes, sub first or last as the operation has it. */
  static JsonArray toJson(User user) {
    JsonArray array = new JsonArray();
    user.attributes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(attribute -> array.add(attribute(attribute.getKey(), attribute.getValue())));
    array.add(attribute("sub", user.sub()));
    return array;
  }

  private static JsonObject attribute(String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty("Name", name);
    json.addProperty("Value", value);
    return json;
  }

  /** Fails if a new user may not be called so in this pool. */
  static void checkName(UserPool pool, String name) {
    boolean email = EMAIL.matcher(name).matches();
    boolean phone = PHONE.matcher(name).matches();
    if (pool.signsInByAttribute()) {
      boolean byEmail = pool.usernameAttributes().contains("email");
      boolean byPhone = pool.usernameAttributes().contains("phone_number");
      if (!(byEmail && email) && !(byPhone && phone)) {
        throw CognitoErrors.invalid(
            byEmail && byPhone
                ? "Username should be either an email or a phone number."
                : byEmail ? "Username should be an email." : "Username should be a phone number.");
      }
    }
    if (pool.aliasAttributes().contains("email") && email) {
      throw CognitoErrors.invalid(
          "Username cannot be of email format, since user pool is configured for email alias.");
    }
    if (pool.aliasAttributes().contains("phone_number") && phone) {
      throw CognitoErrors.invalid(
          "Username cannot be of phone number format, since user pool is configured for phone"
              + " number alias.");
    }
  }

  /**
   * Makes a user that is not kept yet. In a pool where people sign in by address, the name given
   * becomes that attribute and the user name is the sub.
   */
  User create(
      UserPool pool, String name, Map<String, String> given, User.Status status, Instant now) {
    checkName(pool, name);
    Map<String, String> attributes = new LinkedHashMap<>(given);
    String sub = ids.uuid();
    if (pool.signsInByAttribute()) {
      attributes.putIfAbsent(EMAIL.matcher(name).matches() ? "email" : "phone_number", name);
    }
    attributes.values().removeIf(String::isEmpty);
    if (attributes.containsKey("email")) {
      attributes.putIfAbsent("email_verified", "false");
    }
    if (attributes.containsKey("phone_number")) {
      attributes.putIfAbsent("phone_number_verified", "false");
    }
    pool.schema().checkValues(attributes);
    pool.schema().checkRequired(attributes);
    return User.create(pool, pool.signsInByAttribute() ? sub : name, sub, attributes, status, now);
  }

  /** Fails if the name of a new user is taken; inside a write. */
  void checkFree(UserPool pool, User user) {
    if (store.holder(pool, "name", user.username()).isPresent()) {
      throw CognitoErrors.usernameTaken();
    }
    for (String attribute : pool.usernameAttributes()) {
      String value = user.attributes().get(attribute);
      if (value != null && store.holder(pool, attribute, value).isPresent()) {
        throw CognitoErrors.signInNameTaken(attribute);
      }
    }
  }

  /**
   * Makes sure that a user may have its verified aliases: takes them from others if {@code force},
   * else fails if another has one; inside a write.
   */
  void claimAliases(UserPool pool, User user, boolean force, Instant now) {
    for (String attribute : pool.aliasAttributes()) {
      String value = user.attributes().get(attribute);
      boolean counts = attribute.equals("preferred_username") || user.isVerified(attribute);
      if (value == null || !counts) {
        continue;
      }
      Optional<User> other =
          store
              .holder(pool, attribute, value)
              .filter(username -> !username.equals(user.username()))
              .flatMap(username -> store.byUsername(pool.id(), username));
      if (other.isEmpty()) {
        continue;
      }
      if (!force || attribute.equals("preferred_username")) {
        throw CognitoErrors.aliasTaken(attribute);
      }
      store.put(pool, other.get().withAttribute(attribute + "_verified", "false", now));
    }
  }

  /**
   * Checks and hashes a new password, which takes time and so stays outside of the write.
   *
   * @return the change to make to the user
   */
  UnaryOperator<User> newPassword(UserPool pool, User user, String password, Instant now) {
    PasswordPolicy policy = pool.passwordPolicy();
    policy.check(password);
    if (policy.historySize() > 0) {
      PasswordHash current = user.password();
      boolean used =
          (current != null && current.matches(password))
              || user.formerPasswords().stream().anyMatch(former -> former.matches(password));
      if (used) {
        throw CognitoErrors.passwordUsed();
      }
    }
    PasswordHash hash = PasswordHash.of(pool, user.username(), password, ids);
    int remembered = Math.max(0, policy.historySize() - 1);
    return current -> current.withPassword(hash, remembered, null, now);
  }
}
