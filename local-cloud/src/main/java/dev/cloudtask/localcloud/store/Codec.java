package dev.cloudtask.localcloud.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How values of a map become bytes and come back.
 *
 * <p>Values must be immutable: the store hands the same instance to every reader.
 */
public interface Codec<V> {
  /** Returns the bytes of a value. */
  byte[] encode(V value);

  /** Returns the value of these bytes. */
  V decode(byte[] bytes);

  /** Bytes as they are. */
  Codec<byte[]> BYTES =
      new Codec<>() {
        @Override
        public byte[] encode(byte[] value) {
          return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
          return bytes;
        }
      };

  /** UTF-8 text. */
  Codec<String> TEXT =
      new Codec<>() {
        @Override
        public byte[] encode(String value) {
          return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
          return new String(bytes, StandardCharsets.UTF_8);
        }
      };

  /**
   * JSON of a record made of text, numbers, booleans, {@link Instant}s, lists, maps, JSON elements
   * and further records.
   */
  static <V> Codec<V> json(Class<V> type) {
    return new Codec<>() {
      @Override
      public byte[] encode(V value) {
        return Json.GSON.toJson(value, type).getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public V decode(byte[] bytes) {
        return Json.GSON.fromJson(new String(bytes, StandardCharsets.UTF_8), type);
      }
    };
  }

  /** The one Gson that writes state. */
  final class Json {
    static final Gson GSON =
        new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(
                Instant.class,
                new TypeAdapter<Instant>() {
                  @Override
                  public void write(JsonWriter out, Instant value) throws IOException {
                    out.value(value.toString());
                  }

                  @Override
                  public Instant read(JsonReader in) throws IOException {
                    return Instant.parse(in.nextString());
                  }
                }.nullSafe())
            .create();

    private Json() {}
  }
}
