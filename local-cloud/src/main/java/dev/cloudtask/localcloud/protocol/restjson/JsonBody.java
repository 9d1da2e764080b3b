package dev.cloudtask.localcloud.protocol.restjson;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON structure of a request, read member by member with the type the service model gives it.
 *
 * <p>A member that is absent or JSON null is empty. A wrong type is AWS's {@code
 * SerializationException}. Members that nobody asks for are ignored, as AWS does with members it
 * does not know; those it knows and this cloud does not emulate are refused with {@link #refuse}.
 */
public final class JsonBody {
  private final JsonObject members;

  private JsonBody(JsonObject members) {
    this.members = members;
  }

  /** Returns a structure with these members. */
  public static JsonBody of(JsonObject members) {
    return new JsonBody(members);
  }

  /**
   * Reads the body of a request; an empty one is a structure without members.
   *
   * @throws AwsException {@code SerializationException} if it is not one JSON object
   */
  public static JsonBody parse(HttpRequest request) {
    String text = request.body().text();
    if (text.isBlank()) {
      return new JsonBody(new JsonObject());
    }
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT && element.isJsonObject()) {
        return new JsonBody(element.getAsJsonObject());
      }
    } catch (IOException | JsonSyntaxException | IllegalStateException e) {
      throw serialization("");
    }
    throw serialization("");
  }

  /** Returns the members as they stand. */
  public JsonObject members() {
    return members;
  }

  /** Tells whether a member is there and not null. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /** Reads a text member. */
  public Optional<String> text(String name) {
    return find(name).map(JsonBody::asText);
  }

  /** Reads a whole number of at most 32 bits. */
  public Optional<Integer> integer(String name) {
    return find(name).map(element -> (int) asNumber(element, "an Integer"));
  }

  /** Reads a whole number. */
  public Optional<Long> number(String name) {
    return find(name).map(element -> asNumber(element, "a Long"));
  }

  /** Reads a truth value. */
  public Optional<Boolean> bool(String name) {
    return find(name).map(JsonBody::asBoolean);
  }

  /** Reads a structure. */
  public Optional<JsonBody> structure(String name) {
    return find(name).map(JsonBody::asStructure);
  }

  /** Reads a list of texts. */
  public Optional<List<String>> texts(String name) {
    return list(name).map(list -> list.stream().map(JsonBody::asText).toList());
  }

  /** Reads a list of structures. */
  public Optional<List<JsonBody>> structures(String name) {
    return list(name).map(list -> list.stream().map(JsonBody::asStructure).toList());
  }

  /** Reads a map of texts, in the order it was sent. */
  public Optional<Map<String, String>> textMap(String name) {
    return structure(name)
        .map(
            map -> {
              Map<String, String> texts = new LinkedHashMap<>();
              map.members.entrySet().stream()
                  .filter(entry -> !entry.getValue().isJsonNull())
                  .forEach(entry -> texts.put(entry.getKey(), asText(entry.getValue())));
              return texts;
            });
  }

  /**
   * Refuses a member that AWS knows and this cloud does not emulate.
   *
   * @param failure what to throw if it is there
   */
  public JsonBody refuse(String name, AwsException failure) {
    if (has(name)) {
      throw failure;
    }
    return this;
  }

  private Optional<JsonElement> find(String name) {
    return Optional.ofNullable(members.get(name)).filter(element -> !element.isJsonNull());
  }

  private Optional<List<JsonElement>> list(String name) {
    return find(name)
        .map(
            element -> {
              if (!(element instanceof JsonArray array)) {
                throw serialization(
                    element.isJsonObject()
                        ? "Start of structure or map found where not expected."
                        : "Unexpected field type");
              }
              List<JsonElement> elements = new ArrayList<>();
              array.forEach(elements::add);
              return elements;
            });
  }

  private static String asText(JsonElement element) {
    JsonPrimitive primitive = asPrimitive(element);
    if (!primitive.isString()) {
      throw serialization(kind(primitive) + " can not be converted to a String");
    }
    return primitive.getAsString();
  }

  private static long asNumber(JsonElement element, String type) {
    JsonPrimitive primitive = asPrimitive(element);
    if (!primitive.isNumber()) {
      throw serialization(kind(primitive) + " can not be converted to " + type);
    }
    BigDecimal value = primitive.getAsBigDecimal();
    try {
      return type.endsWith("Integer") ? value.intValueExact() : value.longValueExact();
    } catch (ArithmeticException e) {
      throw serialization("NUMBER_VALUE can not be converted to " + type);
    }
  }

  private static boolean asBoolean(JsonElement element) {
    JsonPrimitive primitive = asPrimitive(element);
    if (!primitive.isBoolean()) {
      throw serialization(kind(primitive) + " can not be converted to a Boolean");
    }
    return primitive.getAsBoolean();
  }

  private static JsonBody asStructure(JsonElement element) {
    if (!(element instanceof JsonObject object)) {
      throw serialization(
          element.isJsonArray()
              ? "Unexpected token found where a structure or map was expected."
              : "Unexpected field type");
    }
    return new JsonBody(object);
  }

  private static JsonPrimitive asPrimitive(JsonElement element) {
    if (element instanceof JsonPrimitive primitive) {
      return primitive;
    }
    throw serialization(
        element.isJsonArray()
            ? "Unrecognized collection type class java.lang.String"
            : "Start of structure or map found where not expected.");
  }

  private static String kind(JsonPrimitive primitive) {
    if (primitive.isString()) {
      return "STRING_VALUE";
    }
    if (primitive.isNumber()) {
      return "NUMBER_VALUE";
    }
    return primitive.getAsBoolean() ? "TRUE_VALUE" : "FALSE_VALUE";
  }

  private static AwsException serialization(String message) {
    return new AwsException("SerializationException", 400, message);
  }
}
