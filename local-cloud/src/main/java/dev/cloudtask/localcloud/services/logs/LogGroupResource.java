package dev.cloudtask.localcloud.services.logs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code AWS::Logs::LogGroup}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html">
 *     AWS::Logs::LogGroup</a>
 */
final class LogGroupResource implements ResourceProvider {
  private final LogStore store;
  private final LogAccess access;

  LogGroupResource(LogStore store, LogAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public String type() {
    return "AWS::Logs::LogGroup";
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "KmsKeyId",
        "DataProtectionPolicy",
        "FieldIndexPolicies",
        "ResourcePolicyDocument",
        "BearerTokenAuthenticationEnabled",
        "DeletionProtectionEnabled");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    String name = text(request.properties(), "LogGroupName").orElse(request.generatedName());
    LogNames.checkGroup(name);
    checkClass(request.properties());
    check(request, "CreateLogGroup", name);
    store.createGroup(name, LogNames.tags(tags(request)));
    setRetention(request, name);
    return state(name);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    String name = current.physicalId();
    checkClass(request.properties());
    setRetention(request, name);
    store.change(store.group(name).withTags(LogNames.tags(tags(request))));
    return state(name);
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    String name = current.physicalId();
    if (store.findGroup(name).isPresent()) {
      check(request, "DeleteLogGroup", name);
      store.deleteGroup(name);
    }
  }

  private void setRetention(ResourceRequest request, String name) {
    Optional<Integer> days =
        Optional.ofNullable(request.properties().get("RetentionInDays")).map(JsonElement::getAsInt);
    Integer before = store.group(name).retentionDays();
    if (days.isPresent()) {
      check(request, "PutRetentionPolicy", name);
      store.change(store.group(name).withRetention(LogNames.retention(days)));
    } else if (before != null) {
      check(request, "DeleteRetentionPolicy", name);
      store.change(store.group(name).withRetention(null));
    }
  }

  private void check(ResourceRequest request, String action, String name) {
    access.check(request.caller(), action, name, "", request.span());
  }

  private static void checkClass(JsonObject properties) {
    Optional<String> type = text(properties, "LogGroupClass");
    if (type.filter(each -> !each.equals("STANDARD")).isPresent()) {
      throw NotEmulated.parameter(
          "logs",
          "CreateLogGroup",
          "logGroupClass " + type.get(),
          "Log groups here are of class STANDARD.");
    }
  }

  private static Optional<String> text(JsonObject properties, String name) {
    return Optional.ofNullable(properties.get(name)).map(JsonElement::getAsString);
  }

  private static Map<String, String> tags(ResourceRequest request) {
    Map<String, String> tags = new TreeMap<>(request.tags());
    if (request.properties().has("Tags")) {
      request
          .properties()
          .getAsJsonArray("Tags")
          .forEach(
              each -> {
                JsonObject tag = each.getAsJsonObject();
                tags.put(tag.get("Key").getAsString(), tag.get("Value").getAsString());
              });
    }
    return tags;
  }

  private ResourceState state(String name) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", store.groupArn(name) + ":*");
    return ResourceState.of(name, attributes);
  }
}
