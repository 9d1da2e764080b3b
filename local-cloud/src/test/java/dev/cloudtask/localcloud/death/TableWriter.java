package dev.cloudtask.localcloud.death;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/**
 * Tables with an index, made, filled and deleted again, a few names over and over: a table is there
 * with its index or not at all, and a new one has nothing of the old one.
 */
final class TableWriter implements Writer {
  private static final String PREFIX = "changing-";

  private final Random random;
  private final Told<String> tables = new Told<>();
  private final Map<String, Told<String>> items = new HashMap<>();
  private int number;

  TableWriter(Random random) {
    this.random = random;
  }

  @Override
  public void prepare(ChildCloud cloud) {}

  @Override
  public void write(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    while (true) {
      String table = PREFIX + random.nextInt(4);
      if (tables.certain(table).isEmpty()) {
        create(dynamo, table);
      } else if (random.nextInt(8) == 0) {
        tables.begin(table, Optional.empty());
        dynamo.deleteTable(r -> r.tableName(table));
        dynamo.waiter().waitUntilTableNotExists(r -> r.tableName(table));
        tables.acknowledge(table);
      } else {
        put(dynamo, table);
      }
    }
  }

  private void create(DynamoDbClient dynamo, String table) {
    items.put(table, new Told<>());
    tables.begin(table, Optional.of("with index"));
    dynamo.createTable(
        r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Tables.text("id"), Tables.text("colour"))
                .keySchema(Tables.hash("id"))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("by-colour")
                        .keySchema(Tables.hash("colour"))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build()));
    dynamo.waiter().waitUntilTableExists(r -> r.tableName(table));
    tables.acknowledge(table);
  }

  private void put(DynamoDbClient dynamo, String table) {
    Told<String> told = items.get(table);
    String id = "i" + random.nextInt(50);
    String colour = (random.nextBoolean() ? "red" : "blue") + number++ % 3;
    told.begin(id, Optional.of(colour));
    Map<String, AttributeValue> item =
        Map.of("id", AttributeValue.fromS(id), "colour", AttributeValue.fromS(colour));
    dynamo.putItem(r -> r.tableName(table).item(item));
    told.acknowledge(id);
  }

  @Override
  public List<String> verify(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    Map<String, String> there = new HashMap<>();
    for (String table : dynamo.listTables().tableNames()) {
      if (table.startsWith(PREFIX)) {
        dynamo.waiter().waitUntilTableExists(r -> r.tableName(table));
        boolean indexed =
            dynamo.describeTable(r -> r.tableName(table)).table().globalSecondaryIndexes().stream()
                .anyMatch(index -> index.indexName().equals("by-colour"));
        there.put(table, indexed ? "with index" : "without index");
      }
    }
    List<String> wrong = new ArrayList<>(tables.compare("table", there));
    for (String table : there.keySet()) {
      Map<String, String> rows = new HashMap<>();
      dynamo
          .scanPaginator(r -> r.tableName(table))
          .items()
          .forEach(item -> rows.put(item.get("id").s(), item.get("colour").s()));
      Map<String, String> indexed = new HashMap<>();
      dynamo
          .scanPaginator(r -> r.tableName(table).indexName("by-colour"))
          .items()
          .forEach(item -> indexed.put(item.get("id").s(), item.get("colour").s()));
      if (!rows.equals(indexed)) {
        wrong.add("table %s holds %s, its index %s".formatted(table, rows, indexed));
      }
      wrong.addAll(items.get(table).compare("item of " + table, rows));
    }
    return wrong;
  }

  @Override
  public long acknowledged() {
    return tables.acknowledged() + items.values().stream().mapToLong(Told::acknowledged).sum();
  }
}
