package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.store.StateMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Describes a table as DescribeTable does. */
final class TableDescription {
  /** What a table on demand can take at once from its first second. */
  private static final long WARM_READS = 12_000;

  private static final long WARM_WRITES = 4_000;

  private final TableStore tables;
  private final Access access;

  TableDescription(TableStore tables, Access access) {
    this.tables = tables;
    this.access = access;
  }

  /** Returns seconds since the epoch, with milliseconds as a fraction. */
  static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  String streamArn(TableDefinition table) {
    return access.tableArn(table.name()) + "/stream/" + table.settings().streamLabel();
  }

  /** Describes a table in this status: ACTIVE, or CREATING, UPDATING, DELETING in the answer. */
  JsonObject of(TableDefinition table, String status) {
    JsonObject json = new JsonObject();
    JsonArray attributes = new JsonArray();
    table
        .types()
        .forEach(
            (name, type) -> {
              JsonObject attribute = new JsonObject();
              attribute.addProperty("AttributeName", name);
              attribute.addProperty("AttributeType", type);
              attributes.add(attribute);
            });
    json.add("AttributeDefinitions", attributes);
    json.addProperty("TableName", table.name());
    json.add("KeySchema", keySchema(table.key()));
    json.addProperty("TableStatus", status);
    json.addProperty("CreationDateTime", seconds(table.createdAt()));
    json.add("ProvisionedThroughput", throughput(table.throughput()));
    size(json, "TableSizeBytes", tables.items(table));
    json.addProperty("TableArn", access.tableArn(table.name()));
    json.addProperty("TableId", table.id());
    if (table.onDemandSince() != null) {
      JsonObject billing = new JsonObject();
      billing.addProperty("BillingMode", table.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
      billing.addProperty("LastUpdateToPayPerRequestDateTime", seconds(table.onDemandSince()));
      json.add("BillingModeSummary", billing);
    }
    indexes(json, "LocalSecondaryIndexes", table, table.localIndexes(), status);
    indexes(json, "GlobalSecondaryIndexes", table, table.globalIndexes(), status);
    settings(json, table);
    JsonObject warm = warm(table.onDemand(), table.throughput());
    warm.addProperty("Status", status);
    json.add("WarmThroughput", warm);
    return json;
  }

  private void settings(JsonObject json, TableDefinition table) {
    TableDefinition.Settings settings = table.settings();
    if (settings.streamView() != null) {
      JsonObject stream = new JsonObject();
      stream.addProperty("StreamEnabled", true);
      stream.addProperty("StreamViewType", settings.streamView());
      json.add("StreamSpecification", stream);
    }
    if (settings.streamLabel() != null) {
      json.addProperty("LatestStreamLabel", settings.streamLabel());
      json.addProperty("LatestStreamArn", streamArn(table));
    }
    if (settings.kmsKey() != null) {
      JsonObject encryption = new JsonObject();
      encryption.addProperty("Status", "ENABLED");
      encryption.addProperty("SSEType", "KMS");
      encryption.addProperty("KMSMasterKeyArn", settings.kmsKey());
      json.add("SSEDescription", encryption);
    }
    if (settings.tableClass() != null) {
      JsonObject tableClass = new JsonObject();
      tableClass.addProperty("TableClass", settings.tableClass());
      json.add("TableClassSummary", tableClass);
    }
    json.addProperty("DeletionProtectionEnabled", settings.deletionProtection());
  }

  private static JsonObject warm(boolean onDemand, Throughput throughput) {
    JsonObject warm = new JsonObject();
    warm.addProperty("ReadUnitsPerSecond", onDemand ? WARM_READS : throughput.read());
    warm.addProperty("WriteUnitsPerSecond", onDemand ? WARM_WRITES : throughput.write());
    return warm;
  }

  private void indexes(
      JsonObject json,
      String member,
      TableDefinition table,
      List<IndexDefinition> indexes,
      String tableStatus) {
    if (indexes.isEmpty()) {
      return;
    }
    JsonArray array = new JsonArray();
    for (IndexDefinition index : indexes) {
      JsonObject one = new JsonObject();
      one.addProperty("IndexName", index.name());
      one.add("KeySchema", keySchema(index.key()));
      JsonObject projection = new JsonObject();
      projection.addProperty("ProjectionType", index.projection());
      if (!index.included().isEmpty()) {
        JsonArray included = new JsonArray();
        index.included().forEach(included::add);
        projection.add("NonKeyAttributes", included);
      }
      one.add("Projection", projection);
      if (index.global()) {
        String status = tableStatus.equals("UPDATING") ? "ACTIVE" : tableStatus;
        one.addProperty("IndexStatus", status);
        one.add("ProvisionedThroughput", throughput(index.throughput()));
        JsonObject warm = warm(table.onDemand(), index.throughput());
        warm.addProperty("Status", status);
        one.add("WarmThroughput", warm);
      }
      size(one, "IndexSizeBytes", tables.items(table, index));
      one.addProperty("IndexArn", access.indexArn(table.name(), index.name()));
      array.add(one);
    }
    json.add(member, array);
  }

  private static void size(
      JsonObject json, String member, StateMap<byte[], Map<String, AttributeValue>> items) {
    long bytes = 0;
    RangeReader all = new RangeReader(items, new RangeReader.Range(null, null), true);
    while (all.hasNext()) {
      bytes += ItemSize.of(all.next());
    }
    json.addProperty(member, bytes);
    json.addProperty("ItemCount", items.size());
  }

  private static JsonArray keySchema(KeySchema key) {
    JsonArray array = new JsonArray();
    for (String name : key.names()) {
      JsonObject element = new JsonObject();
      element.addProperty("AttributeName", name);
      element.addProperty("KeyType", name.equals(key.hash()) ? "HASH" : "RANGE");
      array.add(element);
    }
    return array;
  }

  private static JsonObject throughput(Throughput throughput) {
    JsonObject json = new JsonObject();
    json.addProperty("NumberOfDecreasesToday", 0);
    json.addProperty("ReadCapacityUnits", throughput.read());
    json.addProperty("WriteCapacityUnits", throughput.write());
    return json;
  }
}
