package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.Locale;
import java.util.Map;

/**
 * Properties of a template as the control plane's inputs: the same names with a small first letter.
 */
final class Properties {
  private final JsonObject properties;

  Properties(JsonObject properties) {
    this.properties = properties;
  }

  static Properties of(ResourceRequest request) {
    return new Properties(request.properties());
  }

  /** Returns a text property, empty if it is not there. */
  String text(String name) {
    JsonElement value = properties.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  boolean has(String name) {
    return properties.has(name) && !properties.get(name).isJsonNull();
  }

  /** Returns a structure, empty if it is not there. */
  Properties structure(String name) {
    return new Properties(
        properties.get(name) instanceof JsonObject object ? object : new JsonObject());
  }

  /** Returns a list, empty if it is not there. */
  JsonArray list(String name) {
    return properties.get(name) instanceof JsonArray array ? array : new JsonArray();
  }

  JsonObject json() {
    return properties;
  }

  /** Returns all properties under the names the control plane has for them. */
  JsonObject input(Map<String, String> otherNames) {
    JsonObject input = new JsonObject();
    properties
        .entrySet()
        .forEach(
            entry ->
                input.add(
                    otherNames.getOrDefault(entry.getKey(), small(entry.getKey())),
                    entry.getValue()));
    return input;
  }

  JsonObject input() {
    return input(Map.of());
  }

  static JsonBody body(JsonObject input) {
    return JsonBody.of(input);
  }

  /** Puts the stack's tags and the resource's own together. */
  static JsonObject tags(ResourceRequest request) {
    JsonObject tags = new JsonObject();
    request.tags().forEach(tags::addProperty);
    for (JsonElement tag : Properties.of(request).list("Tags")) {
      JsonObject pair = tag.getAsJsonObject();
      tags.add(pair.get("Key").getAsString(), pair.get("Value"));
    }
    return tags;
  }

  /** Documents may be written as structures or as text. */
  static String document(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static String small(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
