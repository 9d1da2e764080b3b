package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes attributes of users who exist, with what follows from it: a new e-mail address is not
 * verified, gets a code, and may be someone else's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html">
 *     Configuring email or phone verification</a>
 */
final class AttributeChanges {
  private final CognitoStore store;
  private final Accounts accounts;
  private final Codes codes;

  AttributeChanges(CognitoStore store, Accounts accounts, Codes codes) {
    this.store = store;
    this.accounts = accounts;
    this.codes = codes;
  }

  /**
   * Changes attributes, inside a write.
   *
   * @param admin whether an administrator does it, who may say what is verified
   * @return CodeDeliveryDetailsList
   */
  JsonArray apply(
      UserPool pool, User known, Map<String, String> given, boolean admin, Instant now) {
    User user = current(known);
    AttributeSchema schema = pool.schema();
    schema.checkValues(given);
    Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
    JsonArray deliveries = new JsonArray();
    String pendingEmail = null;
    for (Map.Entry<String, String> change : given.entrySet()) {
      String name = change.getKey();
      String value = change.getValue();
      if (name.equals("sub")) {
        throw CognitoErrors.invalid("Cannot modify the non-mutable attribute sub");
      }
      boolean same = value.equals(attributes.get(name));
      if (!schema.isMutable(name) && attributes.containsKey(name) && !same) {
        throw CognitoErrors.invalid("user." + name + ": Attribute cannot be updated.\n");
      }
      if (same) {
        continue;
      }
      boolean proven = "true".equals(given.get(name + "_verified"));
      if (name.equals("email") && !proven && keepsUntilVerified(pool) && !value.isEmpty()) {
        pendingEmail = value; // the old address stays until the new one is proven
        continue;
      }
      if (value.isEmpty()) {
        attributes.remove(name);
        attributes.remove(name + "_verified");
      } else {
        attributes.put(name, value);
        if (name.equals("email") || name.equals("phone_number")) {
          attributes.putIfAbsent(name + "_verified", "false");
          if (!given.containsKey(name + "_verified")) {
            attributes.put(name + "_verified", "false");
          }
        }
      }
    }
    schema.checkRequired(attributes);
    User changed = user.withAttributes(attributes, now);
    checkSignInNames(pool, changed);
    accounts.claimAliases(pool, changed, admin, now);
    store.put(pool, changed);
    boolean newEmail =
        given.containsKey("email")
            && !changed.isVerified("email")
            && !Objects.equals(given.get("email"), user.attributes().get("email"));
    if (pool.autoVerifiedAttributes().contains("email")
        && (pendingEmail != null || newEmail)
        && !given.getOrDefault("email", "").isEmpty()) {
      deliveries.add(codes.send(pool, changed, Code.Purpose.EMAIL, pendingEmail, now));
    }
    return deliveries;
  }

  private User current(User user) {
    return store.byUsername(user.poolId(), user.username()).orElseThrow(CognitoErrors::noSuchUser);
  }

  private static boolean keepsUntilVerified(UserPool pool) {
    return pool.structure("UserAttributeUpdateSettings")
        .map(settings -> settings.getAsJsonArray("AttributesRequireVerificationBeforeUpdate"))
        .filter(
            names -> names.asList().stream().anyMatch(name -> name.getAsString().equals("email")))
        .isPresent();
  }

  /** Fails if the name by which somebody signs in is another user's. */
  void checkSignInNames(UserPool pool, User user) {
    for (String attribute : pool.usernameAttributes()) {
      String value = user.attributes().get(attribute);
      if (value != null
          && store
              .holder(pool, attribute, value)
              .filter(username -> !username.equals(user.username()))
              .isPresent()) {
        throw CognitoErrors.aliasTaken(attribute);
      }
    }
  }

  /** Takes attributes away, inside a write. */
  void delete(UserPool pool, User known, List<String> names, Instant now) {
    User user = current(known);
    Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
    for (String name : names) {
      if (!pool.schema().has(name)) {
        throw CognitoErrors.invalid(
            "Attributes did not conform to the schema: Type for attribute {"
                + name
                + "} could not be determined");
      }
      if (name.equals("sub") || !pool.schema().isMutable(name)) {
        throw CognitoErrors.invalid("user." + name + ": Attribute cannot be updated.\n");
      }
      attributes.remove(name);
      attributes.remove(name + "_verified");
    }
    pool.schema().checkRequired(attributes);
    store.put(pool, user.withAttributes(attributes, now));
  }
}
