package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The attributes that a pool's users can have: OpenID Connect's standard claims and the pool's own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html">
 *     Working with user attributes</a>
 */
final class AttributeSchema {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{0,14}");
  private static final List<String> TEXTS =
      List.of(
          "profile",
          "address",
          "gender",
          "preferred_username",
          "given_name",
          "locale",
          "middle_name",
          "name",
          "nickname",
          "website",
          "email",
          "phone_number",
          "picture",
          "family_name",
          "zoneinfo");

  private final Map<String, JsonObject> definitions;

  private AttributeSchema(Map<String, JsonObject> definitions) {
    this.definitions = definitions;
  }

  /** Reads the form that DescribeUserPool shows. */
  static AttributeSchema of(JsonArray schema) {
    Map<String, JsonObject> definitions = new LinkedHashMap<>();
    for (JsonElement element : schema) {
      JsonObject definition = element.getAsJsonObject();
      definitions.put(definition.get("Name").getAsString(), definition);
    }
    return new AttributeSchema(definitions);
  }

  /** Returns the schema of a pool that defines none. */
  static AttributeSchema standard() {
    Map<String, JsonObject> definitions = new LinkedHashMap<>();
    definitions.put("sub", definition("sub", "String", false, true, 1, 2048));
    for (String name : TEXTS) {
      definitions.put(name, definition(name, "String", true, false, 0, 2048));
    }
    definitions.put("birthdate", definition("birthdate", "String", true, false, 10, 10));
    for (String name : List.of("email_verified", "phone_number_verified")) {
      definitions.put(name, definition(name, "Boolean", true, false, -1, -1));
    }
    JsonObject updatedAt = definition("updated_at", "Number", true, false, -1, -1);
    JsonObject limits = new JsonObject();
    limits.addProperty("MinValue", "0");
    updatedAt.add("NumberAttributeConstraints", limits);
    definitions.put("updated_at", updatedAt);
    return new AttributeSchema(definitions);
  }

  private static JsonObject definition(
      String name, String type, boolean mutable, boolean required, int least, int most) {
    JsonObject json = new JsonObject();
    json.addProperty("Name", name);
    json.addProperty("AttributeDataType", type);
    json.addProperty("DeveloperOnlyAttribute", false);
    json.addProperty("Mutable", mutable);
    json.addProperty("Required", required);
    if (most >= 0) {
      JsonObject limits = new JsonObject();
      limits.addProperty("MinLength", Integer.toString(least));
      limits.addProperty("MaxLength", Integer.toString(most));
      json.add("StringAttributeConstraints", limits);
    }
    return json;
  }

  /** Returns this schema with a pool's definitions laid over it and its own added. */
  AttributeSchema with(List<JsonObject> schema) {
    Map<String, JsonObject> changed = new LinkedHashMap<>(definitions);
    for (JsonObject given : schema) {
      String name = given.has("Name") ? given.get("Name").getAsString() : "";
      JsonObject standard = definitions.get(name);
      if (standard != null) {
        JsonObject merged = standard.deepCopy();
        for (String member : List.of("Mutable", "Required", "StringAttributeConstraints")) {
          if (given.has(member)) {
            merged.add(member, given.get(member));
          }
        }
        if (given.has("AttributeDataType")
            && !given.get("AttributeDataType").equals(standard.get("AttributeDataType"))) {
          throw CognitoErrors.invalid(
              "You can not change AttributeDataType or set developerOnlyAttribute for standard"
                  + " schema attribute "
                  + name);
        }
        changed.put(name, merged);
      } else {
        JsonObject custom = custom(name, given);
        changed.put(custom.get("Name").getAsString(), custom);
      }
    }
    return new AttributeSchema(changed);
  }

  private static JsonObject custom(String name, JsonObject given) {
    if (name.isEmpty() || !given.has("AttributeDataType")) {
      throw CognitoErrors.invalid(
          "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
    }
    if (given.has("Required") && given.get("Required").getAsBoolean()) {
      throw CognitoErrors.invalid("Required custom attributes are not supported currently.");
    }
    boolean developerOnly =
        given.has("DeveloperOnlyAttribute") && given.get("DeveloperOnlyAttribute").getAsBoolean();
    JsonObject json = new JsonObject();
    json.addProperty("Name", (developerOnly ? "dev:" : "") + "custom:" + name);
    json.add("AttributeDataType", given.get("AttributeDataType"));
    json.addProperty("DeveloperOnlyAttribute", developerOnly);
    json.addProperty("Mutable", !given.has("Mutable") || given.get("Mutable").getAsBoolean());
    json.addProperty("Required", false);
    String type = given.get("AttributeDataType").getAsString();
    if (type.equals("String")) {
      json.add("StringAttributeConstraints", orEmpty(given, "StringAttributeConstraints"));
    } else if (type.equals("Number")) {
      json.add("NumberAttributeConstraints", orEmpty(given, "NumberAttributeConstraints"));
    }
    return json;
  }

  private static JsonObject orEmpty(JsonObject given, String name) {
    return given.has(name) ? given.getAsJsonObject(name) : new JsonObject();
  }

  /** Returns the form that DescribeUserPool shows. */
  JsonArray toJson() {
    JsonArray array = new JsonArray();
    definitions.values().forEach(array::add);
    return array;
  }

  boolean has(String name) {
    return definitions.containsKey(name);
  }

  boolean isMutable(String name) {
    return Optional.ofNullable(definitions.get(name))
        .map(definition -> definition.get("Mutable").getAsBoolean())
        .orElse(true);
  }

  /** Returns the required attributes other than sub. */
  List<String> required() {
    return definitions.values().stream()
        .filter(definition -> definition.get("Required").getAsBoolean())
        .map(definition -> definition.get("Name").getAsString())
        .filter(name -> !name.equals("sub"))
        .toList();
  }

  /** Fails if a required attribute is missing, naming all that are. */
  void checkRequired(Map<String, String> attributes) {
    StringBuilder missing = new StringBuilder();
    for (String name : new TreeMap<>(definitions).keySet()) {
      if (required().contains(name) && attributes.getOrDefault(name, "").isEmpty()) {
        missing.append(name).append(": The attribute is required\n");
      }
    }
    if (!missing.isEmpty()) {
      throw nonconforming(missing.toString());
    }
  }

  /** Fails if a value does not fit its attribute. */
  void checkValues(Map<String, String> attributes) {
    attributes.forEach(this::checkValue);
  }

  private void checkValue(String name, String value) {
    JsonObject definition = definitions.get(name);
    if (definition == null) {
      throw nonconforming("Type for attribute {" + name + "} could not be determined");
    }
    if (value.isEmpty()) {
      return; // an empty value takes the attribute away
    }
    if (name.equals("email") && !EMAIL.matcher(value).matches()) {
      throw CognitoErrors.invalid("Invalid email address format.");
    }
    if (name.equals("phone_number") && !PHONE.matcher(value).matches()) {
      throw CognitoErrors.invalid("Invalid phone number format.");
    }
    switch (definition.get("AttributeDataType").getAsString()) {
      case "Number" -> checkNumber(name, value, definition);
      case "Boolean" -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw nonconforming(name + ": Attribute value must be either true or false.\n");
        }
      }
      case "DateTime" -> checkDate(name, value);
      default -> checkText(name, value, definition);
    }
  }

  private static void checkText(String name, String value, JsonObject definition) {
    limit(definition, "StringAttributeConstraints", "MinLength")
        .filter(least -> value.length() < least.intValue())
        .ifPresent(
            least -> {
              throw nonconforming(
                  name
                      + ": String must be at least "
                      + least.toPlainString()
                      + " characters long.\n");
            });
    limit(definition, "StringAttributeConstraints", "MaxLength")
        .filter(most -> BigDecimal.valueOf(value.length()).compareTo(most) > 0)
        .ifPresent(
            most -> {
              throw nonconforming(
                  name
                      + ": String must be no longer than "
                      + most.toPlainString()
                      + " characters.\n");
            });
  }

  private static void checkNumber(String name, String value, JsonObject definition) {
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw nonconforming(name + ": Attribute value is not a number.\n");
    }
    limit(definition, "NumberAttributeConstraints", "MinValue")
        .filter(least -> number.compareTo(least) < 0)
        .ifPresent(
            least -> {
              throw nonconforming(
                  name + ": Number must be at least " + least.toPlainString() + ".\n");
            });
    limit(definition, "NumberAttributeConstraints", "MaxValue")
        .filter(most -> number.compareTo(most) > 0)
        .ifPresent(
            most -> {
              throw nonconforming(
                  name + ": Number must be no greater than " + most.toPlainString() + ".\n");
            });
  }

  private static void checkDate(String name, String value) {
    try {
      LocalDate.parse(value.substring(0, Math.min(10, value.length())));
    } catch (DateTimeParseException e) {
      throw nonconforming(name + ": Attribute value is not a date.\n");
    }
  }

  private static Optional<BigDecimal> limit(JsonObject definition, String group, String name) {
    return Optional.ofNullable(definition.getAsJsonObject(group))
        .map(limits -> limits.get(name))
        .map(limit -> new BigDecimal(limit.getAsString()));
  }

  private static AwsException nonconforming(String what) {
    return CognitoErrors.invalid("Attributes did not conform to the schema: " + what);
  }
}
