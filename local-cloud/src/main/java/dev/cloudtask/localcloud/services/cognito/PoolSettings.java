package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the settings of a pool and fills in what AWS fills in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html">
 *     CreateUserPool</a>
 */
final class PoolSettings {
  private static final List<String> CHANGEABLE =
      List.of(
          "Policies",
          "DeletionProtection",
          "AutoVerifiedAttributes",
          "SmsVerificationMessage",
          "SmsAuthenticationMessage",
          "EmailVerificationMessage",
          "EmailVerificationSubject",
          "VerificationMessageTemplate",
          "MfaConfiguration",
          "UserAttributeUpdateSettings",
          "EmailConfiguration",
          "UserPoolTags",
          "AdminCreateUserConfig",
          "AccountRecoverySetting",
          "UserPoolTier");
  private static final List<String> FIXED =
      List.of("AliasAttributes", "UsernameAttributes", "UsernameConfiguration");
  private static final Set<String> EMAIL_AND_PHONE = Set.of("email", "phone_number");

  private PoolSettings() {}

  /** Returns the settings of a new pool. */
  static JsonObject create(JsonInput input) {
    Parameters.check(input, "PoolName");
    check(input, "CreateUserPool");
    if (!input.texts("AliasAttributes").orElse(List.of()).isEmpty()
        && !input.texts("UsernameAttributes").orElse(List.of()).isEmpty()) {
      throw CognitoErrors.invalid(
          "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    }
    JsonObject settings = new JsonObject();
    settings.addProperty("Name", Parameters.text(input, "PoolName"));
    copy(input, settings, FIXED);
    List<JsonObject> schema =
        input.structures("Schema").orElse(List.of()).stream().map(JsonInput::json).toList();
    settings.add("SchemaAttributes", AttributeSchema.standard().with(schema).toJson());
    fill(input, settings);
    return settings;
  }

  /** Returns the settings of a pool after an update, which resets what it does not name. */
  static JsonObject update(UserPool pool, JsonInput input) {
    check(input, "UpdateUserPool");
    JsonObject settings = new JsonObject();
    settings.addProperty(
        "Name", input.text("PoolName").or(() -> pool.text("Name")).orElse(pool.id()));
    for (String name : FIXED) {
      if (pool.settings().has(name)) {
        settings.add(name, pool.settings().get(name));
      }
    }
    settings.add("SchemaAttributes", pool.settings().get("SchemaAttributes"));
    if (!input.has("UserPoolTags") && pool.settings().has("UserPoolTags")) {
      settings.add("UserPoolTags", pool.settings().get("UserPoolTags"));
    }
    fill(input, settings);
    return settings;
  }

  private static void copy(JsonInput input, JsonObject settings, List<String> names) {
    for (String name : names) {
      input.element(name).ifPresent(value -> settings.add(name, value));
    }
  }

  private static void fill(JsonInput input, JsonObject settings) {
    copy(input, settings, CHANGEABLE);
    settings.add("Policies", policies(input));
    putDefault(settings, "DeletionProtection", new JsonPrimitive("INACTIVE"));
    putDefault(settings, "MfaConfiguration", new JsonPrimitive("OFF"));
    putDefault(settings, "UserPoolTier", new JsonPrimitive("ESSENTIALS"));
    putDefault(settings, "UserPoolTags", new JsonObject());
    JsonObject admin = object(settings, "AdminCreateUserConfig");
    putDefault(admin, "AllowAdminCreateUserOnly", new JsonPrimitive(false));
    putDefault(
        admin,
        "UnusedAccountValidityDays",
        settings
            .getAsJsonObject("Policies")
            .getAsJsonObject("PasswordPolicy")
            .get("TemporaryPasswordValidityDays"));
    JsonObject email = object(settings, "EmailConfiguration");
    putDefault(email, "EmailSendingAccount", new JsonPrimitive("COGNITO_DEFAULT"));
    JsonObject template = object(settings, "VerificationMessageTemplate");
    putDefault(template, "DefaultEmailOption", new JsonPrimitive("CONFIRM_WITH_CODE"));
    for (Map.Entry<String, String> twin :
        Map.of(
                "EmailMessage", "EmailVerificationMessage",
                "EmailSubject", "EmailVerificationSubject",
                "SmsMessage", "SmsVerificationMessage")
            .entrySet()) {
      // The template and the older members of the same meaning show the same text.
      if (settings.has(twin.getValue())) {
        putDefault(template, twin.getKey(), settings.get(twin.getValue()));
      } else if (template.has(twin.getKey())) {
        settings.add(twin.getValue(), template.get(twin.getKey()));
      }
    }
  }

  /** Returns a copy of a structure in the settings, put in its place. */
  private static JsonObject object(JsonObject settings, String name) {
    JsonObject copy =
        settings.has(name) ? settings.getAsJsonObject(name).deepCopy() : new JsonObject();
    settings.add(name, copy);
    return copy;
  }

  private static void putDefault(JsonObject json, String name, JsonElement value) {
    if (!json.has(name)) {
      json.add(name, value);
    }
  }

  private static JsonObject policies(JsonInput input) {
    Optional<JsonInput> given =
        input.structure("Policies").flatMap(policies -> policies.structure("PasswordPolicy"));
    JsonObject password = new JsonObject();
    password.addProperty("MinimumLength", given.flatMap(p -> p.integer("MinimumLength")).orElse(8));
    for (String name :
        List.of("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols")) {
      password.addProperty(name, given.map(p -> p.flag(name).orElse(false)).orElse(true));
    }
    given
        .flatMap(p -> p.integer("PasswordHistorySize"))
        .filter(size -> size > 0)
        .ifPresent(size -> password.addProperty("PasswordHistorySize", size));
    password.addProperty(
        "TemporaryPasswordValidityDays",
        given
            .flatMap(p -> p.integer("TemporaryPasswordValidityDays"))
            .filter(days -> days > 0)
            .orElse(7));
    JsonObject policies = new JsonObject();
    policies.add("PasswordPolicy", password);
    JsonObject signIn = new JsonObject();
    JsonArray factors = new JsonArray();
    factors.add("PASSWORD");
    signIn.add("AllowedFirstAuthFactors", factors);
    policies.add("SignInPolicy", signIn);
    return policies;
  }

  private static void check(JsonInput input, String operation) {
    refuse(input, operation);
    Constraints constraints = Parameters.constraints();
    constraints
        .oneOf(
            "deletionProtection", input.text("DeletionProtection"), List.of("ACTIVE", "INACTIVE"))
        .oneOf("userPoolTier", input.text("UserPoolTier"), List.of("PLUS", "LITE", "ESSENTIALS"))
        .pattern(
            "emailVerificationMessage",
            input.text("EmailVerificationMessage"),
            "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*")
        .length("emailVerificationMessage", input.text("EmailVerificationMessage"), 6, 20_000)
        .length("emailVerificationSubject", input.text("EmailVerificationSubject"), 1, 140);
    checkNames(constraints, input, "AutoVerifiedAttributes", EMAIL_AND_PHONE);
    checkNames(constraints, input, "UsernameAttributes", EMAIL_AND_PHONE);
    checkNames(
        constraints,
        input,
        "AliasAttributes",
        Set.of("email", "phone_number", "preferred_username"));
    input
        .structure("Policies")
        .flatMap(policies -> policies.structure("PasswordPolicy"))
        .ifPresent(
            policy ->
                constraints
                    .range(
                        "policies.passwordPolicy.minimumLength",
                        policy.integer("MinimumLength"),
                        6,
                        99)
                    .range(
                        "policies.passwordPolicy.passwordHistorySize",
                        policy.integer("PasswordHistorySize"),
                        0,
                        24)
                    .range(
                        "policies.passwordPolicy.temporaryPasswordValidityDays",
                        policy.integer("TemporaryPasswordValidityDays"),
                        0,
                        365));
    input
        .structure("VerificationMessageTemplate")
        .ifPresent(
            template ->
                constraints.pattern(
                    "verificationMessageTemplate.emailMessage",
                    template.text("EmailMessage"),
                    "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*"));
    constraints.check();
  }

  private static void checkNames(
      Constraints constraints, JsonInput input, String member, Set<String> allowed) {
    List<String> given = input.texts(member).orElse(List.of());
    if (!allowed.containsAll(given)) {
      constraints.violation(
          given.toString(),
          Character.toLowerCase(member.charAt(0)) + member.substring(1),
          "Member must satisfy constraint: [Member must satisfy enum value set: "
              + allowed.stream().sorted().toList()
              + "]");
    }
  }

  private static void refuse(JsonInput input, String operation) {
    if (input.structure("LambdaConfig").filter(config -> config.json().size() > 0).isPresent()) {
      throw refused(operation, "LambdaConfig", "Leave Lambda triggers out.");
    }
    input.refuse(
        "cognito-idp", operation, "Leave it out: there is no SMS here.", "SmsConfiguration");
    input.refuse(
        "cognito-idp", operation, "Leave it out: devices are not tracked.", "DeviceConfiguration");
    refuseUnless(input.text("MfaConfiguration"), "OFF", operation, "MfaConfiguration");
    refuseUnless(
        input.structure("UserPoolAddOns").flatMap(addOns -> addOns.text("AdvancedSecurityMode")),
        "OFF",
        operation,
        "UserPoolAddOns.AdvancedSecurityMode");
    refuseUnless(
        input
            .structure("VerificationMessageTemplate")
            .flatMap(template -> template.text("DefaultEmailOption")),
        "CONFIRM_WITH_CODE",
        operation,
        "VerificationMessageTemplate.DefaultEmailOption");
    input
        .structure("Policies")
        .flatMap(policies -> policies.structure("SignInPolicy"))
        .flatMap(policy -> policy.texts("AllowedFirstAuthFactors"))
        .filter(factors -> !factors.equals(List.of("PASSWORD")))
        .ifPresent(
            factors -> {
              throw refused(
                  operation,
                  "Policies.SignInPolicy.AllowedFirstAuthFactors " + factors,
                  "Only PASSWORD is.");
            });
  }

  private static void refuseUnless(
      Optional<String> value, String emulated, String operation, String member) {
    value
        .filter(text -> !text.equals(emulated))
        .ifPresent(
            text -> {
              throw refused(operation, member + " " + text, "Only " + emulated + " is.");
            });
  }

  private static dev.cloudtask.localcloud.protocol.AwsException refused(
      String operation, String what, String advice) {
    return NotEmulated.parameter("cognito-idp", operation, what, advice);
  }
}
