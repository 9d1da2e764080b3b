package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::DynamoDB::Table}, made and changed by DynamoDB's own operations, so that their errors
 * are the stack's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html">
 *     AWS::DynamoDB::Table</a>
 */
final class DynamoDbTableResource implements ResourceProvider {
  /** Properties that go to CreateTable as they are. */
  private static final List<String> SAME =
      List.of(
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "LocalSecondaryIndexes",
          "GlobalSecondaryIndexes",
          "TableClass",
          "DeletionProtectionEnabled");

  private final CloudEnvironment environment;
  private final TableStore tables;
  private final TableOperations operations;
  private final TableSettings settings;
  private final Access access;

  DynamoDbTableResource(
      CloudEnvironment environment,
      TableStore tables,
      TableOperations operations,
      TableSettings settings,
      Access access) {
    this.environment = environment;
    this.tables = tables;
    this.operations = operations;
    this.settings = settings;
    this.access = access;
  }

  @Override
  public String type() {
    return "AWS::DynamoDB::Table";
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of(
        "TimeToLiveSpecification",
        "PointInTimeRecoverySpecification",
        "SSESpecification",
        "StreamSpecification",
        "TableClass");
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "ContributorInsightsSpecification",
        "GlobalSecondaryIndexes.ContributorInsightsSpecification",
        "GlobalSecondaryIndexes.OnDemandThroughput",
        "GlobalSecondaryIndexes.WarmThroughput",
        "ImportSourceSpecification",
        "KinesisStreamSpecification",
        "OnDemandThroughput",
        "ResourcePolicy",
        "StreamSpecification.ResourcePolicy",
        "WarmThroughput");
  }

  private DynamoDbCall call(ResourceRequest request) {
    return new DynamoDbCall(request.caller(), environment.clock().instant(), request.span());
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    JsonObject properties = request.properties();
    String name =
        properties.has("TableName")
            ? properties.get("TableName").getAsString()
            : request.generatedName();
    JsonObject input = new JsonObject();
    input.addProperty("TableName", name);
    for (String property : SAME) {
      copy(properties, input, property);
    }
    stream(properties, input);
    encryption(properties, input);
    input.add("Tags", TableSettings.list(tags(request)));
    operations.create(JsonInput.of(input), call(request));
    timeToLive(name, request);
    recovery(name, request);
    return state(name);
  }

  private ResourceState state(String name) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", access.tableArn(name));
    tables
        .find(name)
        .filter(table -> table.settings().streamView() != null)
        .ifPresent(
            table ->
                attributes.addProperty("StreamArn", operations.description().streamArn(table)));
    return ResourceState.of(name, attributes);
  }

  private static void copy(JsonObject from, JsonObject to, String property) {
    JsonElement value = from.get(property);
    if (value != null) {
      to.add(property, value);
    }
  }

  private static void stream(JsonObject properties, JsonObject input) {
    if (properties.has("StreamSpecification")) {
      JsonObject stream = properties.getAsJsonObject("StreamSpecification").deepCopy();
      stream.addProperty("StreamEnabled", true);
      input.add("StreamSpecification", stream);
    }
  }

  private static void encryption(JsonObject properties, JsonObject input) {
    if (properties.has("SSESpecification")) {
      JsonObject encryption = properties.getAsJsonObject("SSESpecification").deepCopy();
      JsonElement enabled = encryption.remove("SSEEnabled");
      if (enabled != null) {
        encryption.add("Enabled", enabled);
      }
      input.add("SSESpecification", encryption);
    }
  }

  /** Returns the stack's tags and the resource's own, which win. */
  private static Map<String, String> tags(ResourceRequest request) {
    Map<String, String> tags = new LinkedHashMap<>(request.tags());
    if (request.properties().has("Tags")) {
      for (JsonElement element : request.properties().getAsJsonArray("Tags")) {
        JsonObject tag = element.getAsJsonObject();
        tags.put(tag.get("Key").getAsString(), tag.get("Value").getAsString());
      }
    }
    return tags;
  }

  /** Brings time to live to what the template says; one attribute is replaced in two steps. */
  private void timeToLive(String name, ResourceRequest request) {
    String now = tables.require(name).settings().expiryAttribute();
    String wanted = null;
    if (request.properties().has("TimeToLiveSpecification")) {
      JsonObject given = request.properties().getAsJsonObject("TimeToLiveSpecification");
      if (given.get("Enabled").getAsBoolean()) {
        if (!given.has("AttributeName")) {
          throw DynamoDbErrors.validation(
              "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName'"
                  + " failed to satisfy constraint: Member must not be null");
        }
        wanted = given.get("AttributeName").getAsString();
      }
    }
    if (now != null && !now.equals(wanted)) {
      setTimeToLive(name, now, false, request);
    }
    if (wanted != null && !wanted.equals(now)) {
      setTimeToLive(name, wanted, true, request);
    }
  }

  private void setTimeToLive(
      String name, String attribute, boolean enabled, ResourceRequest request) {
    JsonObject specification = new JsonObject();
    specification.addProperty("AttributeName", attribute);
    specification.addProperty("Enabled", enabled);
    JsonObject input = new JsonObject();
    input.addProperty("TableName", name);
    input.add("TimeToLiveSpecification", specification);
    settings.updateTimeToLive(JsonInput.of(input), call(request));
  }

  private void recovery(String name, ResourceRequest request) {
    boolean on = tables.require(name).settings().recoverableSince() != null;
    JsonObject specification = new JsonObject();
    if (request.properties().has("PointInTimeRecoverySpecification")) {
      specification =
          request.properties().getAsJsonObject("PointInTimeRecoverySpecification").deepCopy();
    }
    if (!specification.has("PointInTimeRecoveryEnabled")) {
      specification.addProperty("PointInTimeRecoveryEnabled", false);
    }
    if (on || specification.get("PointInTimeRecoveryEnabled").getAsBoolean()) {
      JsonObject input = new JsonObject();
      input.addProperty("TableName", name);
      input.add("PointInTimeRecoverySpecification", specification);
      settings.updateContinuousBackups(JsonInput.of(input), call(request));
    }
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    String name = current.physicalId();
    JsonObject wanted = request.properties();
    JsonObject input = new JsonObject();
    if (changed(previous, wanted, "BillingMode")
        || changed(previous, wanted, "ProvisionedThroughput")) {
      input.addProperty(
          "BillingMode",
          wanted.has("BillingMode") ? wanted.get("BillingMode").getAsString() : "PROVISIONED");
      copy(wanted, input, "ProvisionedThroughput");
    }
    if (changed(previous, wanted, "TableClass")) {
      input.addProperty(
          "TableClass",
          wanted.has("TableClass") ? wanted.get("TableClass").getAsString() : "STANDARD");
    }
    if (changed(previous, wanted, "DeletionProtectionEnabled")) {
      input.addProperty(
          "DeletionProtectionEnabled",
          wanted.has("DeletionProtectionEnabled")
              && wanted.get("DeletionProtectionEnabled").getAsBoolean());
    }
    if (changed(previous, wanted, "SSESpecification")) {
      encryption(wanted, input);
      if (!wanted.has("SSESpecification")) {
        JsonObject off = new JsonObject();
        off.addProperty("Enabled", false);
        input.add("SSESpecification", off);
      }
    }
    submit(name, input, request);
    if (changed(previous, wanted, "StreamSpecification")) {
      changeStream(name, previous, wanted, request);
    }
    changeIndexes(name, previous, wanted, request);
    timeToLive(name, request);
    recovery(name, request);
    environment.store().write(() -> tables.save(tables.require(name).withTags(tags(request))));
    return state(name);
  }

  private void changeStream(
      String name, JsonObject previous, JsonObject wanted, ResourceRequest request) {
    if (previous.has("StreamSpecification")) {
      JsonObject off = new JsonObject();
      off.addProperty("StreamEnabled", false);
      JsonObject input = new JsonObject();
      input.add("StreamSpecification", off);
      submit(name, input, request);
    }
    JsonObject input = new JsonObject();
    stream(wanted, input);
    submit(name, input, request);
  }

  /** Adds, removes and changes global indexes one by one, as UpdateTable demands. */
  private void changeIndexes(
      String name, JsonObject previous, JsonObject wanted, ResourceRequest request) {
    Map<String, JsonObject> before = indexes(previous);
    Map<String, JsonObject> after = indexes(wanted);
    List<JsonObject> updates = new ArrayList<>();
    before.forEach(
        (index, old) -> {
          JsonObject now = after.get(index);
          if (now == null || !sameButThroughput(old, now)) {
            JsonObject delete = new JsonObject();
            delete.addProperty("IndexName", index);
            updates.add(action("Delete", delete));
          } else if (!old.equals(now) && now.has("ProvisionedThroughput")) {
            JsonObject update = new JsonObject();
            update.addProperty("IndexName", index);
            copy(now, update, "ProvisionedThroughput");
            updates.add(action("Update", update));
          }
        });
    after.forEach(
        (index, now) -> {
          JsonObject old = before.get(index);
          if (old == null || !sameButThroughput(old, now)) {
            updates.add(action("Create", now));
          }
        });
    for (JsonObject update : updates) {
      JsonObject input = new JsonObject();
      JsonArray one = new JsonArray();
      one.add(update);
      input.add("GlobalSecondaryIndexUpdates", one);
      if (update.has("Create")) {
        input.add("AttributeDefinitions", definitions(wanted, update.getAsJsonObject("Create")));
      }
      submit(name, input, request);
    }
  }

  /** Returns the declarations of the attributes that an index's key names. */
  private static JsonArray definitions(JsonObject properties, JsonObject index) {
    JsonArray needed = new JsonArray();
    for (JsonElement definition : properties.getAsJsonArray("AttributeDefinitions")) {
      JsonElement attribute = definition.getAsJsonObject().get("AttributeName");
      for (JsonElement key : index.getAsJsonArray("KeySchema")) {
        if (key.getAsJsonObject().get("AttributeName").equals(attribute)) {
          needed.add(definition);
        }
      }
    }
    return needed;
  }

  private static JsonObject action(String kind, JsonObject content) {
    JsonObject action = new JsonObject();
    action.add(kind, content);
    return action;
  }

  private static boolean sameButThroughput(JsonObject one, JsonObject two) {
    JsonObject a = one.deepCopy();
    JsonObject b = two.deepCopy();
    a.remove("ProvisionedThroughput");
    b.remove("ProvisionedThroughput");
    return a.equals(b);
  }

  private static Map<String, JsonObject> indexes(JsonObject properties) {
    Map<String, JsonObject> indexes = new LinkedHashMap<>();
    if (properties.has("GlobalSecondaryIndexes")) {
      for (JsonElement index : properties.getAsJsonArray("GlobalSecondaryIndexes")) {
        indexes.put(
            index.getAsJsonObject().get("IndexName").getAsString(), index.getAsJsonObject());
      }
    }
    return indexes;
  }

  private void submit(String name, JsonObject input, ResourceRequest request) {
    if (input.size() > 0) {
      input.addProperty("TableName", name);
      operations.update(JsonInput.of(input), call(request));
    }
  }

  private static boolean changed(JsonObject previous, JsonObject wanted, String property) {
    JsonElement before = previous.get(property);
    JsonElement after = wanted.get(property);
    return before == null ? after != null : !before.equals(after);
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    if (tables.find(current.physicalId()).isPresent()) {
      JsonObject input = new JsonObject();
      input.addProperty("TableName", current.physicalId());
      operations.delete(JsonInput.of(input), call(request));
    }
  }
}
