package cloudtask;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, as a client sent it.
 *
 * <p>Strict where a doubt would be guessed away: a field that stands there twice, text after the
 * object, or anything that RFC 8259 does not allow is refused. Lenient where an older server meets
 * a newer client: fields that nobody asked for are passed over.
 *
 * <p>Read with Gson's stream reader: it binds nothing by reflection, which a cold start would feel.
 */
final class JsonFields {

  /**
   * A value that was read: its JSON type in words, and the value if it is a string or a boolean.
   */
  private record Value(String type, @Nullable Object value) {}

  private final Map<String, Value> values;

  private JsonFields(Map<String, Value> values) {
    this.values = values;
  }

  /**
   * Reads a JSON object.
   *
   * @param wanted the fields to keep
   * @throws Refusal 400, saying what is wrong with it
   */
  static JsonFields parse(String json, String... wanted) {
    if (json.isBlank()) {
      throw Refusal.badRequest("the request has no body; send a JSON object");
    }
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    try {
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw Refusal.badRequest("the body must be a JSON object, not " + read(reader).type());
      }
      JsonFields fields = new JsonFields(readObject(reader, List.of(wanted)));
      if (!atEnd(reader)) {
        throw Refusal.badRequest("the body goes on after its JSON object");
      }
      return fields;
    } catch (EOFException e) {
      throw Refusal.badRequest("the body is not valid JSON: it ends too early");
    } catch (MalformedJsonException e) {
      throw Refusal.badRequest("the body is not valid JSON, at or after " + reader.getPath());
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  /**
   * A field's text.
   *
   * @return null when the field is absent
   * @throws Refusal 400, when it is not a string
   */
  @Nullable String string(String name) {
    return value(name, String.class, "a string");
  }

  /**
   * A field's truth value.
   *
   * @return null when the field is absent
   * @throws Refusal 400, when it is not a boolean
   */
  @Nullable Boolean bool(String name) {
    return value(name, Boolean.class, "true or false");
  }

  private <T> @Nullable T value(String name, Class<T> type, String expected) {
    Value value = values.get(name);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value.value())) {
      throw Refusal.badRequest("%s must be %s, not %s".formatted(name, expected, value.type()));
    }
    return type.cast(value.value());
  }

  private static Map<String, Value> readObject(JsonReader reader, List<String> wanted)
      throws IOException {
    Map<String, Value> values = new HashMap<>();
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (!seen.add(name)) {
        throw Refusal.badRequest("the body has two fields of the same name: " + name);
      }
      if (wanted.contains(name)) {
        values.put(name, read(reader));
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    return values;
  }

  private static boolean atEnd(JsonReader reader) throws IOException {
    try {
      return reader.peek() == JsonToken.END_DOCUMENT;
    } catch (MalformedJsonException e) {
      return false; // A strict reader takes nothing but white space after the first value.
    }
  }

  private static Value read(JsonReader reader) throws IOException {
    JsonToken token = reader.peek();
    return switch (token) {
      case STRING -> new Value("a string", reader.nextString());
      case BOOLEAN -> new Value("a boolean", reader.nextBoolean());
      default -> {
        reader.skipValue();
        yield new Value(inWords(token), null);
      }
    };
  }

  private static String inWords(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case BEGIN_OBJECT -> "an object";
      case NUMBER -> "a number";
      case NULL -> "null";
      default -> throw new IllegalStateException("no value starts with " + token);
    };
  }
}
