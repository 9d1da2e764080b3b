package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A user pool.
 *
 * @param settings as DescribeUserPool shows them, never changed in place
 */
record UserPool(String id, String arn, Instant createdAt, Instant modifiedAt, JsonObject settings) {

  String region() {
    return id.substring(0, id.indexOf('_'));
  }

  /** Returns the value of {@code iss} in this pool's tokens. */
  String issuer() {
    return "https://" + providerName();
  }

  String providerName() {
    return "cognito-idp." + region() + ".amazonaws.com/" + id;
  }

  /** Returns the id as SRP uses it: what follows the region. */
  String shortId() {
    return id.substring(id.indexOf('_') + 1);
  }

  Set<String> usernameAttributes() {
    return texts("UsernameAttributes");
  }

  Set<String> aliasAttributes() {
    return texts("AliasAttributes");
  }

  Set<String> autoVerifiedAttributes() {
    return texts("AutoVerifiedAttributes");
  }

  /** Tells whether people sign in with an e-mail address or phone number instead of a name. */
  boolean signsInByAttribute() {
    return !usernameAttributes().isEmpty();
  }

  /** Returns a user name or alias as it is compared: in one letter case, unless case counts. */
  String folded(String name) {
    return caseSensitive() ? name : name.toLowerCase(Locale.ROOT);
  }

  private boolean caseSensitive() {
    // Pools made through the API without the setting are case sensitive, for compatibility.
    return structure("UsernameConfiguration")
        .map(configuration -> configuration.get("CaseSensitive").getAsBoolean())
        .orElse(true);
  }

  PasswordPolicy passwordPolicy() {
    return PasswordPolicy.of(
        structure("Policies").map(p -> p.getAsJsonObject("PasswordPolicy")).orElseThrow());
  }

  AttributeSchema schema() {
    return AttributeSchema.of(settings.getAsJsonArray("SchemaAttributes"));
  }

  boolean onlyAdminsCreateUsers() {
    return structure("AdminCreateUserConfig")
        .map(configuration -> configuration.get("AllowAdminCreateUserOnly"))
        .map(JsonElement::getAsBoolean)
        .orElse(false);
  }

  boolean protectedFromDeletion() {
    return text("DeletionProtection").filter("ACTIVE"::equals).isPresent();
  }

  /** Returns how a forgotten password may be recovered, the most wanted way first. */
  Set<String> recoveryMechanisms() {
    Set<String> names = new LinkedHashSet<>();
    structure("AccountRecoverySetting")
        .map(setting -> setting.getAsJsonArray("RecoveryMechanisms"))
        .ifPresent(
            mechanisms ->
                mechanisms.asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .sorted(
                        java.util.Comparator.comparingInt(
                            (JsonObject mechanism) -> mechanism.get("Priority").getAsInt()))
                    .forEach(mechanism -> names.add(mechanism.get("Name").getAsString())));
    if (names.isEmpty()) {
      names.add("verified_phone_number");
      names.add("verified_email");
    }
    return names;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(settings.get(name)).map(JsonElement::getAsString);
  }

  Optional<JsonObject> structure(String name) {
    return Optional.ofNullable(settings.getAsJsonObject(name));
  }

  Set<String> texts(String name) {
    Set<String> values = new LinkedHashSet<>();
    JsonArray array = settings.getAsJsonArray(name);
    if (array != null) {
      array.forEach(value -> values.add(value.getAsString()));
    }
    return values;
  }
}
