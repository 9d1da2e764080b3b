package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the properties of IAM's CloudFormation resources. */
final class ResourceProperties {
  private final JsonObject json;

  ResourceProperties(JsonObject json) {
    this.json = json;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
  }

  Optional<Integer> integer(String name) {
    return Optional.ofNullable(json.get(name)).map(JsonElement::getAsInt);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (json.has(name)) {
      json.getAsJsonArray(name).forEach(each -> texts.add(each.getAsString()));
    }
    return texts;
  }

  /** Returns a policy document, which a template writes as an object or as a text. */
  String document(String name) {
    return document(json.get(name));
  }

  private static String document(JsonElement element) {
    return element.isJsonPrimitive() ? element.getAsString() : element.toString();
  }

  /** Returns the inline policies of a role or user by name. */
  Map<String, String> policies() {
    Map<String, String> policies = new LinkedHashMap<>();
    if (json.has("Policies")) {
      json.getAsJsonArray("Policies")
          .forEach(
              each -> {
                JsonObject policy = each.getAsJsonObject();
                policies.put(
                    policy.get("PolicyName").getAsString(), document(policy.get("PolicyDocument")));
              });
    }
    return policies;
  }

  /**
   * Returns the resource's own tags and the stack's; CloudFormation's own three cannot be set in
   * IAM.
   */
  Map<String, String> tags(ResourceRequest request) {
    Map<String, String> tags = new LinkedHashMap<>();
    request
        .tags()
        .forEach(
            (key, value) -> {
              if (!key.startsWith("aws:")) {
                tags.put(key, value);
              }
            });
    if (json.has("Tags")) {
      json.getAsJsonArray("Tags")
          .forEach(
              each -> {
                JsonObject tag = each.getAsJsonObject();
                tags.put(tag.get("Key").getAsString(), tag.get("Value").getAsString());
              });
    }
    return tags;
  }

  /**
   * Returns a generated name cut to the length a service takes: its beginning and its random end.
   */
  static String fitted(String generated, int longest) {
    if (generated.length() <= longest) {
      return generated;
    }
    int dash = generated.lastIndexOf('-');
    String end = dash < 0 ? "" : generated.substring(dash);
    return generated.substring(0, longest - end.length()) + end;
  }
}
