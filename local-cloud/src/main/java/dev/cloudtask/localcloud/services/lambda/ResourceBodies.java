package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import java.util.Map;

/**
 * Turns the properties of resources into the members of the operations that CloudFormation calls.
 */
final class ResourceBodies {
  private ResourceBodies() {}

  /** Returns the properties with the tags of resource and stack as the API's map. */
  static JsonObject withTags(ResourceRequest request) {
    JsonObject body = request.properties().deepCopy();
    JsonObject tags = new JsonObject();
    for (Map.Entry<String, String> tag : request.tags().entrySet()) {
      tags.addProperty(tag.getKey(), tag.getValue());
    }
    if (body.remove("Tags") instanceof JsonArray own) {
      own.forEach(
          tag ->
              tags.addProperty(
                  tag.getAsJsonObject().get("Key").getAsString(),
                  tag.getAsJsonObject().get("Value").getAsString()));
    }
    body.add("Tags", tags);
    return body;
  }

  /** Returns a text property; empty text if it is absent. */
  static String text(JsonObject properties, String name) {
    JsonElement value = properties.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
