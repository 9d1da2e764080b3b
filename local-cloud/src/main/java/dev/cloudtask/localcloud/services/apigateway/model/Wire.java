package dev.cloudtask.localcloud.services.apigateway.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of this room as JSON: absent members left out, times in seconds since 1970. */
public final class Wire {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Instant.class, new EpochSeconds().nullSafe())
          .create();

  private Wire() {}

  /** Returns a record as a JSON object. */
  public static JsonObject json(Object value) {
    return GSON.toJsonTree(value).getAsJsonObject();
  }

  /** Returns a record from its JSON object. */
  public static <T> T read(JsonObject json, Class<T> type) {
    return GSON.fromJson(json, type);
  }

  /**
   * Returns a page of a collection as API Gateway writes it: the elements under the name "item".
   */
  public static JsonObject page(List<JsonObject> items, @Nullable String position) {
    JsonObject page = new JsonObject();
    if (position != null) {
      page.addProperty("position", position);
    }
    JsonArray array = new JsonArray();
    items.forEach(array::add);
    page.add("item", array);
    return page;
  }

  private static final class EpochSeconds extends TypeAdapter<Instant> {
    @Override
    public void write(JsonWriter out, Instant value) throws IOException {
      out.value(value.getEpochSecond());
    }

    @Override
    public Instant read(JsonReader in) throws IOException {
      return Instant.ofEpochSecond(in.nextLong());
    }
  }
}
