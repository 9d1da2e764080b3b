package labs;

import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The student's table, as the owner of the account sees it. */
final class TasksTable {
  static final String TYPE = "AWS::DynamoDB::Table";
  private static final int ITEM = 100_000;
  private static final List<KeySchemaElement> KEY =
      List.of(
          KeySchemaElement.builder().attributeName("userId").keyType(KeyType.HASH).build(),
          KeySchemaElement.builder().attributeName("taskId").keyType(KeyType.RANGE).build());

  private final Stack stack;
  private final DynamoDbClient dynamoDb;
  private final String name;

  /**
   * Finds the table.
   *
   * @throws Finding if it has not the key that lab 6 is about
   */
  TasksTable(Stack stack, DynamoDbClient dynamoDb) {
    this.stack = stack;
    this.dynamoDb = dynamoDb;
    this.name = stack.output("TableName", "the name of your table, !Ref");
    TableDescription table;
    try {
      table = dynamoDb.describeTable(request -> request.tableName(name)).table();
    } catch (ResourceNotFoundException e) {
      throw Finding.did("asked DynamoDB for the table \"" + name + "\"")
          .expected("your table")
          .got("ResourceNotFoundException: there is no such table")
          .where(stack.template().outputPlace("TableName"))
          .why("The output must be the table's name, which is what !Ref gives.")
          .found();
    }
    requireKey(table);
  }

  private void requireKey(TableDescription table) {
    if (table.keySchema().equals(KEY) && types(table).equals(List.of("userId S", "taskId S"))) {
      return;
    }
    boolean starter =
        table.keySchema().size() == 1 && table.keySchema().get(0).attributeName().equals("taskId");
    throw Finding.of(
            starter ? Finding.Kind.NOT_STARTED : Finding.Kind.WRONG, "looked at your table's key")
        .expected("partition key userId (S), sort key taskId (S)")
        .got(
            table.keySchema().stream()
                    .map(key -> key.keyTypeAsString() + " " + key.attributeName())
                    .collect(Collectors.joining(", "))
                + " of the types "
                + String.join(", ", types(table)))
        .where(place("KeySchema"))
        .why(
            starter
                ? "This is the table to begin with. With a task's id alone as the key, a user's"
                    + " tasks lie all over the table, and a list must look at everybody's."
                : "The partition key says which items lie together, the sort key in which order.")
        .found();
  }

  private static List<String> types(TableDescription table) {
    Map<String, String> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    return table.keySchema().stream()
        .map(key -> key.attributeName() + " " + types.get(key.attributeName()))
        .toList();
  }

  /** Returns the place of the table in the template. */
  String place(String... path) {
    return stack
        .template()
        .outputReference("TableName")
        .map(
            id -> {
              List<String> whole = new ArrayList<>(List.of("Properties"));
              whole.addAll(List.of(path));
              return stack.template().resourcePlace(id, whole.toArray(String[]::new));
            })
        .orElseGet(() -> stack.template().outputPlace("TableName"));
  }

  String name() {
    return name;
  }

  private static Map<String, AttributeValue> keyOf(String userId, String taskId) {
    return Map.of("userId", AttributeValue.fromS(userId), "taskId", AttributeValue.fromS(taskId));
  }

  /** Returns an item, empty if there is none. */
  Map<String, AttributeValue> item(String userId, String taskId) {
    return dynamoDb
        .getItem(get -> get.tableName(name).key(keyOf(userId, taskId)).consistentRead(true))
        .item();
  }

  /** Gives an item an attribute that the functions know nothing of. */
  void annotate(String userId, String taskId, String attribute, String value) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(name)
                .key(keyOf(userId, taskId))
                .updateExpression("SET #a = :v")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))));
  }

  /**
   * Makes big copies of an item, 100 KB each, for the same user or each for a user of its own; the
   * item itself goes.
   *
   * @return the ids of the copies, in order
   */
  List<String> multiply(String userId, String taskId, int times, boolean ofOthers) {
    Map<String, AttributeValue> item = item(userId, taskId);
    List<WriteRequest> writes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      String id = taskId.substring(0, taskId.length() - 2) + "%02d".formatted(i);
      Map<String, AttributeValue> copy = new HashMap<>(item);
      copy.put("taskId", AttributeValue.fromS(id));
      copy.put("userId", AttributeValue.fromS(ofOthers ? "other-" + UUID.randomUUID() : userId));
      copy.put("attachment", AttributeValue.fromS("x".repeat(ITEM)));
      ids.add(id);
      writes.add(
          WriteRequest.builder().putRequest(PutRequest.builder().item(copy).build()).build());
    }
    dynamoDb.deleteItem(delete -> delete.tableName(name).key(keyOf(userId, taskId)));
    for (int from = 0; from < times; from += 25) {
      List<WriteRequest> some = writes.subList(from, Math.min(times, from + 25));
      dynamoDb.batchWriteItem(batch -> batch.requestItems(Map.of(name, some)));
    }
    return ids;
  }

  /** Makes a table of somebody else's in the same account, with one item. */
  String foreignTable() {
    String foreign = "payroll-" + UUID.randomUUID();
    dynamoDb.createTable(
        create ->
            create
                .tableName(foreign)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KEY)
                .attributeDefinitions(
                    KEY.stream()
                        .map(
                            key ->
                                AttributeDefinition.builder()
                                    .attributeName(key.attributeName())
                                    .attributeType(ScalarAttributeType.S)
                                    .build())
                        .toList()));
    dynamoDb.waiter().waitUntilTableExists(wait -> wait.tableName(foreign));
    dynamoDb.putItem(put -> put.tableName(foreign).item(keyOf("boss", "salary")));
    return foreign;
  }

  void deleteForeignTable(String foreign) {
    dynamoDb.deleteTable(delete -> delete.tableName(foreign));
  }
}
