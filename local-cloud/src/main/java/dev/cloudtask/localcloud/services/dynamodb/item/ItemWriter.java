package dev.cloudtask.localcloud.services.dynamodb.item;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.store.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes attribute values as JSON: for answers, and for the store. */
public final class ItemWriter {
  /** Items in the store: their JSON. */
  public static final Codec<Map<String, AttributeValue>> CODEC =
      new Codec<>() {
        @Override
        public byte[] encode(Map<String, AttributeValue> item) {
          return item(item).toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, AttributeValue> decode(byte[] bytes) {
          return ItemReader.stored(
              JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject());
        }
      };

  private ItemWriter() {}

  /** Writes an item or a key. */
  public static JsonObject item(Map<String, AttributeValue> item) {
    JsonObject json = new JsonObject();
    item.forEach((name, value) -> json.add(name, value(value)));
    return json;
  }

  /** Writes a value. */
  public static JsonObject value(AttributeValue value) {
    JsonObject json = new JsonObject();
    if (value instanceof AttributeValue.Text text) {
      json.addProperty("S", text.value());
    } else if (value instanceof AttributeValue.Decimal decimal) {
      json.addProperty("N", Numbers.print(decimal.value()));
    } else if (value instanceof AttributeValue.Blob blob) {
      json.addProperty("B", blob.value().toBase64());
    } else if (value instanceof AttributeValue.Bool bool) {
      json.addProperty("BOOL", bool.value());
    } else if (value instanceof AttributeValue.Null) {
      json.addProperty("NULL", true);
    } else if (value instanceof AttributeValue.TextSet set) {
      JsonArray members = new JsonArray(set.values().size());
      set.values().forEach(members::add);
      json.add("SS", members);
    } else if (value instanceof AttributeValue.DecimalSet set) {
      JsonArray members = new JsonArray(set.values().size());
      set.values().forEach(member -> members.add(Numbers.print(member)));
      json.add("NS", members);
    } else if (value instanceof AttributeValue.BlobSet set) {
      JsonArray members = new JsonArray(set.values().size());
      set.values().forEach(member -> members.add(member.toBase64()));
      json.add("BS", members);
    } else if (value instanceof AttributeValue.ListOf list) {
      JsonArray members = new JsonArray(list.values().size());
      list.values().forEach(member -> members.add(value(member)));
      json.add("L", members);
    } else if (value instanceof AttributeValue.MapOf map) {
      json.add("M", item(map.values()));
    }
    return json;
  }
}
