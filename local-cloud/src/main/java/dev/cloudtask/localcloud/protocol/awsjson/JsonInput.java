package dev.cloudtask.localcloud.protocol.awsjson;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A structure of a request, read member by member and strictly by type.
 *
 * <p>An absent member and a JSON null are the same: not given. A member of the wrong type is AWS's
 * {@code SerializationException}. Members that AWS does not know are ignored, as AWS ignores them;
 * members that AWS knows and this cloud does not emulate are refused by {@link #refuse}.
 */
public final class JsonInput {
  private final JsonObject json;

  private JsonInput(JsonObject json) {
    this.json = json;
  }

  /** Reads this object. */
  public static JsonInput of(JsonObject json) {
    return new JsonInput(json);
  }

  /** Returns the object itself. */
  public JsonObject json() {
    return json;
  }

  /** Tells whether a member is given (and not null). */
  public boolean has(String name) {
    JsonElement element = json.get(name);
    return element != null && !element.isJsonNull();
  }

  /**
   * Refuses members that AWS acts upon and this cloud does not.
   *
   * @param service as AWS spells it in lower case
   * @param advice one sentence: what to do instead
   * @throws AwsException that names the first of them that is given
   */
  public void refuse(String service, String operation, String advice, String... names) {
    for (String name : names) {
      if (has(name)) {
        throw NotEmulated.parameter(service, operation, name, advice);
      }
    }
  }

  /** Returns a member of any type. */
  public Optional<JsonElement> element(String name) {
    return has(name) ? Optional.of(json.get(name)) : Optional.empty();
  }

  /** Returns a string member. */
  public Optional<String> text(String name) {
    return element(name).map(JsonInput::asText);
  }

  /** Returns a boolean member. */
  public Optional<Boolean> flag(String name) {
    return element(name)
        .map(element -> primitive(element, "Boolean", JsonPrimitive::isBoolean).getAsBoolean());
  }

  /** Returns an integer member; a fraction is cut off, as AWS does. */
  public Optional<Integer> integer(String name) {
    return element(name).map(element -> (int) asLong(element, "Integer"));
  }

  /** Returns a long member; a fraction is cut off, as AWS does. */
  public Optional<Long> number(String name) {
    return element(name).map(element -> asLong(element, "Long"));
  }

  /** Returns a floating-point member: doubles, and time stamps in seconds. */
  public Optional<Double> decimal(String name) {
    return element(name)
        .map(element -> primitive(element, "Double", JsonPrimitive::isNumber).getAsDouble());
  }

  /** Returns a structure member. */
  public Optional<JsonInput> structure(String name) {
    return element(name).map(JsonInput::asStructure);
  }

  /** Returns a member that is a list of strings. */
  public Optional<List<String>> texts(String name) {
    return element(name).map(element -> list(element, JsonInput::asText));
  }

  /** Returns a member that is a list of structures. */
  public Optional<List<JsonInput>> structures(String name) {
    return element(name).map(element -> list(element, JsonInput::asStructure));
  }

  /** Returns a member that is a map to strings, in the order given. */
  public Optional<Map<String, String>> textMap(String name) {
    return map(name, (key, value) -> asText(value));
  }

  /** Returns a member that is a map to structures, in the order given. */
  public Optional<Map<String, JsonInput>> structureMap(String name) {
    return map(name, (key, value) -> asStructure(value));
  }

  /**
   * Returns a member that is a map, each value read by {@code reader}. Null values are left out.
   */
  public <V> Optional<Map<String, V>> map(String name, BiFunction<String, JsonElement, V> reader) {
    return element(name).map(element -> asMap(element, reader));
  }

  /** Reads an element as a map. */
  public static <V> Map<String, V> asMap(
      JsonElement element, BiFunction<String, JsonElement, V> reader) {
    if (element.isJsonArray()) {
      throw serialization("Start of list found where not expected");
    }
    if (!element.isJsonObject()) {
      throw serialization("Expected map or null");
    }
    Map<String, V> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet()) {
      if (!entry.getValue().isJsonNull()) {
        map.put(entry.getKey(), reader.apply(entry.getKey(), entry.getValue()));
      }
    }
    return map;
  }

  /** Reads an element as a list. Null members are left out. */
  public static <V> List<V> list(
      JsonElement element, java.util.function.Function<JsonElement, V> reader) {
    if (element.isJsonObject()) {
      throw serialization("Start of structure or map found where not expected.");
    }
    if (!element.isJsonArray()) {
      throw serialization("Expected list or null");
    }
    JsonArray array = element.getAsJsonArray();
    List<V> list = new ArrayList<>(array.size());
    for (JsonElement member : array) {
      if (!member.isJsonNull()) {
        list.add(reader.apply(member));
      }
    }
    return list;
  }

  /** Reads an element as a string. */
  public static String asText(JsonElement element) {
    return primitive(element, "String", JsonPrimitive::isString).getAsString();
  }

  /** Reads an element as a structure. */
  public static JsonInput asStructure(JsonElement element) {
    if (element.isJsonArray()) {
      throw serialization("Start of list found where not expected");
    }
    if (!element.isJsonObject()) {
      throw serialization("Expected null");
    }
    return new JsonInput(element.getAsJsonObject());
  }

  private static long asLong(JsonElement element, String type) {
    return primitive(element, type, JsonPrimitive::isNumber).getAsBigDecimal().longValue();
  }

  /**
   * Returns the primitive if it is of the wanted kind, else fails with AWS's name of what it is.
   */
  public static JsonPrimitive primitive(
      JsonElement element, String wanted, java.util.function.Predicate<JsonPrimitive> isWanted) {
    if (element.isJsonArray()) {
      throw serialization("Start of list found where not expected");
    }
    if (element.isJsonObject()) {
      throw serialization("Start of structure or map found where not expected.");
    }
    JsonPrimitive primitive = element.getAsJsonPrimitive();
    if (!isWanted.test(primitive)) {
      String found;
      if (primitive.isNumber()) {
        found = primitive.getAsString().matches("-?[0-9]+") ? "NUMBER_VALUE" : "DECIMAL_VALUE";
      } else if (primitive.isBoolean()) {
        found = primitive.getAsBoolean() ? "TRUE_VALUE" : "FALSE_VALUE";
      } else {
        found = "STRING_VALUE";
      }
      throw serialization(found + " cannot be converted to " + wanted);
    }
    return primitive;
  }

  /** Returns the failure for input that does not fit its type. */
  public static AwsException serialization(String message) {
    return new AwsException("SerializationException", 400, message);
  }
}
