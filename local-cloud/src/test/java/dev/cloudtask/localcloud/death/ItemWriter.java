package dev.cloudtask.localcloud.death;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;

/** Tasks of a user: put, changed, deleted. */
final class ItemWriter implements Writer {
  private static final String TABLE = "tasks";

  private final String user;
  private final Random random;
  private final Told<String> told = new Told<>();
  private int count;

  ItemWriter(String user, Random random) {
    this.user = user;
    this.random = random;
  }

  /** Makes the table all of them share. */
  static void makeTable(ChildCloud cloud) {
    cloud
        .client(DynamoDbClient.builder())
        .createTable(
            table ->
                table
                    .tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(Tables.text("userId"), Tables.text("taskId"))
                    .keySchema(Tables.hash("userId"), Tables.range("taskId")));
  }

  @Override
  public void prepare(ChildCloud cloud) {}

  @Override
  public void write(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    while (true) {
      String id = "%06d".formatted(random.nextInt(2_000));
      String value = count++ + "-" + "x".repeat(random.nextInt(600));
      int kind = random.nextInt(10);
      if (kind == 0) {
        told.begin(id, Optional.empty());
        dynamo.deleteItem(r -> r.tableName(TABLE).key(key(id)));
      } else if (kind < 4) {
        told.begin(id, Optional.of(value));
        dynamo.updateItem(
            r ->
                r.tableName(TABLE)
                    .key(key(id))
                    .updateExpression("SET title = :t")
                    .expressionAttributeValues(Map.of(":t", AttributeValue.fromS(value))));
      } else {
        told.begin(id, Optional.of(value));
        Map<String, AttributeValue> item = new HashMap<>(key(id));
        item.put("title", AttributeValue.fromS(value));
        dynamo.putItem(r -> r.tableName(TABLE).item(item));
      }
      told.acknowledge(id);
    }
  }

  private Map<String, AttributeValue> key(String id) {
    return Map.of("userId", AttributeValue.fromS(user), "taskId", AttributeValue.fromS(id));
  }

  @Override
  public List<String> verify(ChildCloud cloud) {
    Map<String, String> there = new HashMap<>();
    cloud
        .client(DynamoDbClient.builder())
        .queryPaginator(
            r ->
                r.tableName(TABLE)
                    .keyConditionExpression("userId = :u")
                    .expressionAttributeValues(Map.of(":u", AttributeValue.fromS(user))))
        .items()
        .forEach(item -> there.put(item.get("taskId").s(), item.get("title").s()));
    return told.compare("task of " + user, there);
  }

  @Override
  public long acknowledged() {
    return told.acknowledged();
  }
}
