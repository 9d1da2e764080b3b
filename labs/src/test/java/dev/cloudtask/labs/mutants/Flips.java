package dev.cloudtask.labs.mutants;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value could have been instead: near enough that a template with it may well deploy. */
final class Flips {
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?=[.}])");
  private static final Pattern ACTION = Pattern.compile("[a-z0-9]+:[A-Z]\\w+");
  private static final JsonPrimitive EVERYTHING = new JsonPrimitive("*");

  /** Each is taken for the one before it; the last for the first. */
  private static final Map<String, List<String>> OPERATIONS =
      Map.of(
          "s3", List.of("GetObject", "PutObject"),
          "sts", List.of("AssumeRole", "TagSession"),
          "lambda", List.of("InvokeFunction", "GetFunction"),
          "logs", List.of("CreateLogStream", "PutLogEvents", "CreateLogGroup"),
          "dynamodb", List.of("PutItem", "Query", "UpdateItem", "DeleteItem", "GetItem"));

  /** The logical ids of each type, in the order of the template. */
  private final Map<String, List<String>> resources = new LinkedHashMap<>();

  Flips(JsonObject template) {
    template
        .getAsJsonObject("Resources")
        .asMap()
        .forEach(
            (id, resource) ->
                resources
                    .computeIfAbsent(
                        resource.getAsJsonObject().get("Type").getAsString(),
                        type -> new ArrayList<>())
                    .add(id));
  }

  /**
   * Returns other values for a member of a map or an item of a list.
   *
   * @param name the member's name; of an item its list's
   * @param shape what the resource's schema says of it; empty where it says nothing
   */
  List<JsonElement> of(String name, JsonElement value, Optional<Shape> shape) {
    List<JsonElement> others = new ArrayList<>();
    if (name.equals("Resource")) {
      others.add(EVERYTHING);
    }
    if (value instanceof JsonObject object) {
      function(object).ifPresent(others::add);
    } else if (value instanceof JsonPrimitive primitive) {
      if (primitive.isBoolean()) {
        others.add(new JsonPrimitive(!primitive.getAsBoolean()));
      } else if (shape.isPresent() && shape.get().enumeration().size() > 1) {
        others.add(next(shape.get().enumeration(), primitive));
      } else if (primitive.isNumber()) {
        numbers(primitive.getAsBigDecimal(), shape).forEach(n -> others.add(new JsonPrimitive(n)));
      } else {
        texts(name, primitive.getAsString())
            .forEach(text -> others.add(text.equals("*") ? EVERYTHING : new JsonPrimitive(text)));
      }
    }
    others.removeIf(value::equals);
    return others;
  }

  /** One more, and as little as is allowed. */
  private static List<BigDecimal> numbers(BigDecimal number, Optional<Shape> shape) {
    BigDecimal least =
        shape.map(s -> s.limits().get("minimum")).map(BigDecimal::valueOf).orElse(BigDecimal.ONE);
    return List.of(number.add(BigDecimal.ONE), least);
  }

  private static List<String> texts(String name, String text) {
    if (name.equals("Effect")) {
      return List.of("Deny");
    }
    if (name.equals("Version")) {
      return List.of("2008-10-17"); // the other one that IAM knows, and no template's
    }
    if (name.equals("Principal")) {
      return text.equals("*") ? List.of("s3.amazonaws.com") : List.of("*", "s3.amazonaws.com");
    }
    if (name.equals("Service")) {
      return List.of("s3.amazonaws.com");
    }
    if (name.equals("Action") && ACTION.matcher(text).matches()) {
      String service = text.substring(0, text.indexOf(':'));
      List<String> operations = OPERATIONS.getOrDefault(service, List.of());
      int at = operations.indexOf(text.substring(service.length() + 1));
      if (at < 0) {
        throw new AssertionError("name another operation of " + service + " beside " + text);
      }
      return List.of(service + ":" + operations.get((at + 1) % operations.size()), service + ":*");
    }
    // Where API Gateway wants a mapping, a constant stands in quotes.
    return List.of(
        text.startsWith("'") && text.endsWith("'")
            ? text.substring(0, text.length() - 1) + "x'"
            : text + "x");
  }

  private static JsonPrimitive next(List<String> values, JsonPrimitive value) {
    String other = values.get((values.indexOf(value.getAsString()) + 1) % values.size());
    return value.isNumber() ? new JsonPrimitive(new BigDecimal(other)) : new JsonPrimitive(other);
  }

  /** The same function of another resource of the type; else, of a text, another text. */
  private Optional<JsonElement> function(JsonObject function) {
    if (function.size() != 1) {
      return Optional.empty();
    }
    JsonObject other = function.deepCopy();
    if (function.has("Ref")) {
      return sibling(function.get("Ref").getAsString())
          .map(id -> put(other, "Ref", new JsonPrimitive(id)));
    }
    if (function.get("Fn::GetAtt") instanceof JsonArray attribute) {
      return sibling(attribute.get(0).getAsString())
          .map(
              id -> {
                other.getAsJsonArray("Fn::GetAtt").set(0, new JsonPrimitive(id));
                return other;
              });
    }
    if (function.get("Fn::Sub") instanceof JsonPrimitive text) {
      return Optional.of(put(other, "Fn::Sub", new JsonPrimitive(substituted(text.getAsString()))));
    }
    return Optional.empty();
  }

  private String substituted(String text) {
    Matcher reference = SUBSTITUTED.matcher(text);
    while (reference.find()) {
      Optional<String> sibling = sibling(reference.group(1));
      if (sibling.isPresent()) {
        return text.substring(0, reference.start(1))
            + sibling.get()
            + text.substring(reference.end(1));
      }
    }
    return text + "x";
  }

  private static JsonElement put(JsonObject object, String name, JsonElement value) {
    object.add(name, value);
    return object;
  }

  private Optional<String> sibling(String id) {
    return resources.values().stream()
        .filter(ids -> ids.size() > 1 && ids.contains(id))
        .map(ids -> ids.get((ids.indexOf(id) + 1) % ids.size()))
        .findFirst();
  }

  /** Tells whether a map is a call of a function, and not one of properties. */
  static boolean isFunction(JsonElement value) {
    return value instanceof JsonObject object
        && object.size() == 1
        && object.keySet().stream().allMatch(key -> key.equals("Ref") || key.startsWith("Fn::"));
  }
}
