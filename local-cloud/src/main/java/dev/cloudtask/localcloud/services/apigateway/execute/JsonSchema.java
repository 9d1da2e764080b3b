package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Model;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON against a model: JSON Schema draft 4, with references to the API's other models.
 *
 * @see <a href="https://json-schema.org/draft-04/json-schema-validation">JSON Schema validation,
 *     draft 4</a>
 */
final class JsonSchema {
  private static final int DEEPEST = 64;

  private final Api api;
  private final JsonObject root;

  JsonSchema(Api api, Model model) {
    this.api = api;
    this.root = JsonParser.parseString(String.valueOf(model.schema())).getAsJsonObject();
  }

  /** Returns what is wrong with a value, where; empty if nothing is. */
  Optional<String> check(JsonElement value) {
    return Optional.ofNullable(check(root, value, "$", 0));
  }

  private @Nullable String check(JsonObject schema, JsonElement value, String at, int depth) {
    if (depth > DEEPEST) {
      return at + ": the schema refers to itself without end";
    }
    if (schema.has("$ref")) {
      return referenced(schema.get("$ref").getAsString(), value, at, depth);
    }
    if (schema.has("type") && !isOfType(schema.get("type"), value)) {
      return at + ": not of type " + schema.get("type");
    }
    if (schema.get("enum") instanceof JsonArray allowed && !allowed.contains(value)) {
      return at + ": not one of " + allowed;
    }
    String wrong = combined(schema, value, at, depth);
    if (wrong == null && value instanceof JsonObject object) {
      wrong = object(schema, object, at, depth);
    }
    if (wrong == null && value instanceof JsonArray array) {
      wrong = array(schema, array, at, depth);
    }
    return wrong == null && value instanceof JsonPrimitive primitive
        ? primitive(schema, primitive, at)
        : wrong;
  }

  private @Nullable String referenced(String ref, JsonElement value, String at, int depth) {
    if (ref.startsWith("#")) {
      JsonElement target = root;
      for (String part : ref.substring(1).split("/")) {
        if (!part.isEmpty() && target instanceof JsonObject object) {
          target = object.get(part.replace("~1", "/").replace("~0", "~"));
        }
      }
      return target instanceof JsonObject schema
          ? check(schema, value, at, depth + 1)
          : at + ": the schema has no " + ref;
    }
    Model model = api.models().get(ref.substring(ref.lastIndexOf('/') + 1));
    if (model == null) {
      return at + ": there is no model " + ref;
    }
    return new JsonSchema(api, model).check(value).map(found -> at + " " + found).orElse(null);
  }

  private @Nullable String combined(JsonObject schema, JsonElement value, String at, int depth) {
    if (schema.get("allOf") instanceof JsonArray all) {
      for (JsonElement each : all) {
        String wrong = check(each.getAsJsonObject(), value, at, depth + 1);
        if (wrong != null) {
          return wrong;
        }
      }
    }
    if (schema.get("anyOf") instanceof JsonArray any && fitting(any, value, at, depth) == 0) {
      return at + ": fits none of anyOf";
    }
    if (schema.get("oneOf") instanceof JsonArray one && fitting(one, value, at, depth) != 1) {
      return at + ": does not fit exactly one of oneOf";
    }
    if (schema.get("not") instanceof JsonObject not && check(not, value, at, depth + 1) == null) {
      return at + ": fits what it must not";
    }
    return null;
  }

  private long fitting(JsonArray schemas, JsonElement value, String at, int depth) {
    return schemas.asList().stream()
        .filter(each -> check(each.getAsJsonObject(), value, at, depth + 1) == null)
        .count();
  }

  private @Nullable String object(JsonObject schema, JsonObject object, String at, int depth) {
    if (schema.get("required") instanceof JsonArray required) {
      for (JsonElement name : required) {
        if (!object.has(name.getAsString())) {
          return at + ": lacks " + name.getAsString();
        }
      }
    }
    if (outside(schema, "minProperties", "maxProperties", object.size())) {
      return at + ": has too few or too many members";
    }
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      String wrong = member(schema, member, at + "." + member.getKey(), depth);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private @Nullable String member(
      JsonObject schema, Map.Entry<String, JsonElement> member, String at, int depth) {
    boolean known = false;
    if (schema.get("properties") instanceof JsonObject properties
        && properties.get(member.getKey()) instanceof JsonObject property) {
      known = true;
      String wrong = check(property, member.getValue(), at, depth + 1);
      if (wrong != null) {
        return wrong;
      }
    }
    if (schema.get("patternProperties") instanceof JsonObject patterns) {
      for (Map.Entry<String, JsonElement> pattern : patterns.entrySet()) {
        if (Pattern.compile(pattern.getKey()).matcher(member.getKey()).find()) {
          known = true;
          String wrong =
              check(pattern.getValue().getAsJsonObject(), member.getValue(), at, depth + 1);
          if (wrong != null) {
            return wrong;
          }
        }
      }
    }
    JsonElement others = schema.get("additionalProperties");
    if (known || others == null) {
      return null;
    }
    if (others instanceof JsonObject other) {
      return check(other, member.getValue(), at, depth + 1);
    }
    return others.getAsBoolean() ? null : at + ": is not foreseen";
  }

  private @Nullable String array(JsonObject schema, JsonArray array, String at, int depth) {
    if (outside(schema, "minItems", "maxItems", array.size())) {
      return at + ": has too few or too many elements";
    }
    if (schema.has("uniqueItems")
        && schema.get("uniqueItems").getAsBoolean()
        && new HashSet<>(array.asList()).size() < array.size()) {
      return at + ": has an element twice";
    }
    if (schema.get("items") instanceof JsonObject items) {
      for (int i = 0; i < array.size(); i++) {
        String wrong = check(items, array.get(i), at + "[" + i + "]", depth + 1);
        if (wrong != null) {
          return wrong;
        }
      }
    }
    return null;
  }

  private static @Nullable String primitive(JsonObject schema, JsonPrimitive value, String at) {
    if (value.isString()) {
      String text = value.getAsString();
      if (outside(schema, "minLength", "maxLength", text.codePointCount(0, text.length()))) {
        return at + ": is too short or too long";
      }
      return schema.has("pattern")
              && !Pattern.compile(schema.get("pattern").getAsString()).matcher(text).find()
          ? at + ": does not match " + schema.get("pattern").getAsString()
          : null;
    }
    return value.isNumber() ? number(schema, value.getAsBigDecimal(), at) : null;
  }

  private static @Nullable String number(JsonObject schema, BigDecimal value, String at) {
    if (schema.has("minimum")) {
      int compared = value.compareTo(schema.get("minimum").getAsBigDecimal());
      if (compared < 0 || (compared == 0 && isTrue(schema, "exclusiveMinimum"))) {
        return at + ": is too small";
      }
    }
    if (schema.has("maximum")) {
      int compared = value.compareTo(schema.get("maximum").getAsBigDecimal());
      if (compared > 0 || (compared == 0 && isTrue(schema, "exclusiveMaximum"))) {
        return at + ": is too large";
      }
    }
    return schema.has("multipleOf")
            && value.remainder(schema.get("multipleOf").getAsBigDecimal()).signum() != 0
        ? at + ": is no multiple of " + schema.get("multipleOf")
        : null;
  }

  private static boolean isTrue(JsonObject schema, String name) {
    return schema.has(name) && schema.get(name).getAsBoolean();
  }

  private static boolean outside(JsonObject schema, String least, String most, int size) {
    return (schema.has(least) && size < schema.get(least).getAsInt())
        || (schema.has(most) && size > schema.get(most).getAsInt());
  }

  private static boolean isOfType(JsonElement type, JsonElement value) {
    if (type instanceof JsonArray types) {
      return types.asList().stream().anyMatch(each -> isOfType(each, value));
    }
    return switch (type.getAsString()) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "string" -> value instanceof JsonPrimitive p && p.isString();
      case "boolean" -> value instanceof JsonPrimitive p && p.isBoolean();
      case "number" -> value instanceof JsonPrimitive p && p.isNumber();
      case "integer" ->
          value instanceof JsonPrimitive p
              && p.isNumber()
              && p.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
      default -> false;
    };
  }
}
