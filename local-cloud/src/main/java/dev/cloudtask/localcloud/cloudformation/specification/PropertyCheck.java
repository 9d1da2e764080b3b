package dev.cloudtask.localcloud.cloudformation.specification;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Unknown;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Shape;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a resource's properties against AWS's specification of its type, and converts scalars to
 * the type that the specification names ({@code "true"} to a boolean, 5 to text), as CloudFormation
 * does. Values that are not known yet pass.
 *
 * @see <a href="https://github.com/aws-cloudformation/cloudformation-resource-schema">
 *     CloudFormation resource schema: the registry's check and its messages</a>
 */
public final class PropertyCheck {
  /** What came of it. */
  public record Result(JsonObject properties, List<Violation> violations) {}

  private static final Structure TAG =
      new Structure(Map.of("Key", Limits.TEXT, "Value", Limits.TEXT), List.of("Key", "Value"));

  private final TypeSpecification type;
  private final List<Violation> violations = new ArrayList<>();

  private PropertyCheck(TypeSpecification type) {
    this.type = type;
  }

  /** Checks properties whose functions have been worked out as far as possible. */
  public static Result check(TypeSpecification type, JsonObject properties) {
    PropertyCheck check = new PropertyCheck(type);
    JsonObject converted = check.structure(type.properties(), properties, List.of());
    return new Result(converted, List.copyOf(check.violations));
  }

  private JsonObject structure(Structure structure, JsonObject value, List<String> path) {
    JsonObject converted = new JsonObject();
    for (Map.Entry<String, JsonElement> entry : value.entrySet()) {
      Shape shape = structure.members().get(entry.getKey());
      if (shape == null) {
        add(
            path,
            "extraneous key [" + entry.getKey() + "] is not permitted",
            entry.getKey(),
            advice(structure, entry.getKey()));
      } else {
        converted.add(entry.getKey(), value(shape, entry.getValue(), append(path, entry.getKey())));
      }
    }
    for (String required : structure.required()) {
      if (!value.has(required)) {
        add(path, "required key [" + required + "] not found", "", "");
      }
    }
    return converted;
  }

  private static String advice(Structure structure, String name) {
    return structure.members().keySet().stream()
        .filter(known -> ResourceTypes.Spelling.distance(known, name) <= 2)
        .findFirst()
        .map(known -> "Did you mean " + known + "?")
        .orElse("There are: " + String.join(", ", structure.members().keySet()) + ".");
  }

  private JsonElement value(Shape shape, JsonElement value, List<String> path) {
    if (Unknown.is(value)) {
      return value;
    }
    JsonElement converted =
        switch (shape.kind()) {
          case "string" -> string(value, path);
          case "boolean" -> bool(value, path);
          case "integer" -> number(value, path, "Integer", "-?[0-9]{1,18}(\\.0)?");
          case "number" -> number(value, path, "Number", "-?[0-9]{1,18}(\\.[0-9]+)?");
          case "json" -> json(value, path);
          case "object" -> object(definition(shape), value, path);
          case "tag" -> object(TAG, value, path);
          case "array" -> array(shape, value, path);
          case "map" -> map(shape, value, path);
          case "union" -> union(shape, value, path);
          default -> throw new IllegalStateException(shape.kind());
        };
    Limits.check(shape, converted, path).ifPresent(violations::add);
    return converted;
  }

  private Structure definition(Shape shape) {
    return type.definition(shape.definition().orElseThrow());
  }

  private JsonElement string(JsonElement value, List<String> path) {
    if (value.isJsonPrimitive()) {
      return value.getAsJsonPrimitive().isString() ? value : new JsonPrimitive(value.getAsString());
    }
    return wrong("String", value, path);
  }

  private JsonElement bool(JsonElement value, List<String> path) {
    if (value.isJsonPrimitive()) {
      String text = value.getAsString();
      if (text.equals("true") || text.equals("false")) {
        return new JsonPrimitive(text.equals("true"));
      }
    }
    return wrong("Boolean", value, path);
  }

  private JsonElement number(JsonElement value, List<String> path, String name, String form) {
    if (value.isJsonPrimitive()
        && !value.getAsJsonPrimitive().isBoolean()
        && value.getAsString().matches(form)) {
      String text = value.getAsString();
      return name.equals("Integer") || !text.contains(".")
          ? new JsonPrimitive(Long.parseLong(text.replace(".0", "")))
          : new JsonPrimitive(Double.parseDouble(text));
    }
    return wrong(name, value, path);
  }

  private JsonElement json(JsonElement value, List<String> path) {
    if (value.isJsonObject()
        || (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())) {
      return value;
    }
    return wrong("JSONObject", value, path);
  }

  private JsonElement object(Structure structure, JsonElement value, List<String> path) {
    return value.isJsonObject()
        ? structure(structure, value.getAsJsonObject(), path)
        : wrong("JSONObject", value, path);
  }

  private JsonElement array(Shape shape, JsonElement value, List<String> path) {
    if (!value.isJsonArray()) {
      return wrong("JSONArray", value, path);
    }
    JsonArray converted = new JsonArray();
    Shape items = shape.items().orElseThrow();
    for (int i = 0; i < value.getAsJsonArray().size(); i++) {
      converted.add(value(items, value.getAsJsonArray().get(i), append(path, String.valueOf(i))));
    }
    return converted;
  }

  private JsonElement map(Shape shape, JsonElement value, List<String> path) {
    if (!value.isJsonObject()) {
      return wrong("JSONObject", value, path);
    }
    JsonObject converted = new JsonObject();
    Shape items = shape.items().orElseThrow();
    value
        .getAsJsonObject()
        .asMap()
        .forEach((name, each) -> converted.add(name, value(items, each, append(path, name))));
    return converted;
  }

  /** Takes the first alternative that fits; if none does, the complaints of the first. */
  private JsonElement union(Shape shape, JsonElement value, List<String> path) {
    Optional<JsonElement> first = Optional.empty();
    List<Violation> complaints = List.of();
    for (Shape alternative : shape.anyOf()) {
      PropertyCheck attempt = new PropertyCheck(type);
      JsonElement converted = attempt.value(alternative, value, path);
      if (attempt.violations.isEmpty()) {
        return converted;
      }
      if (first.isEmpty()) {
        first = Optional.of(converted);
        complaints = attempt.violations;
      }
    }
    violations.addAll(complaints);
    return first.orElse(value);
  }

  private JsonElement wrong(String expected, JsonElement value, List<String> path) {
    add(path, "expected type: " + expected + ", found: " + kind(value), "", "");
    return value;
  }

  private static String kind(JsonElement value) {
    if (value.isJsonArray()) {
      return "JSONArray";
    }
    if (value.isJsonObject()) {
      return "JSONObject";
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    if (primitive.isBoolean()) {
      return "Boolean";
    }
    return primitive.isString() ? "String" : "Integer";
  }

  private void add(List<String> path, String text, String key, String advice) {
    violations.add(new Violation(path, text, key, false, advice));
  }

  static List<String> append(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }
}
