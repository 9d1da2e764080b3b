package cloudtask;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Something that can write itself as JSON.
 *
 * <p>Written with Gson's stream writer. Its trees ({@code JsonObject}) would be a little shorter to
 * use, but the first one that is turned into text costs a cold start four times as long.
 */
@FunctionalInterface
interface JsonValue {

  /** Writes one JSON value. */
  void writeTo(JsonWriter json) throws IOException;

  /** The value as text. */
  default String toText() {
    StringWriter text = new StringWriter();
    try {
      writeTo(new JsonWriter(text));
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
    return text.toString();
  }
}
