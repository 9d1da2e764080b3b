package cloudtask;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Tasks in a DynamoDB table with partition key {@code userId} and sort key {@code taskId}.
 *
 * <p>Each operation is one call: a list is a Query of one partition, and a change says in its
 * condition that the task must be there, so that no update brings a deleted task half back to life.
 * The expressions use placeholders for every name, for DynamoDB reserves some 570 words and may
 * reserve more.
 */
final class DynamoDbTaskStore implements TaskStore {

  private static final String USER_ID = "userId";
  private static final String TASK_ID = "taskId";
  private static final String TITLE = "title";
  private static final String COMPLETED = "completed";
  private static final String CREATED_AT = "createdAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  DynamoDbTaskStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Connects to the table that the function's environment names.
   *
   * <p>Building a client takes longer than using it: call this once per execution environment. All
   * that the SDK would otherwise search for is named, because searching costs time in a cold start.
   *
   * @throws IllegalStateException when a variable is missing
   */
  static DynamoDbTaskStore fromEnvironment() {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.of(variable("AWS_REGION")))
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    return new DynamoDbTaskStore(client, variable("TABLE_NAME"));
  }

  static String variable(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("The environment variable " + name + " is not set");
    }
    return value;
  }

  @Override
  public void add(Task task) {
    dynamoDb.putItem(
        put ->
            put.tableName(table)
                .item(item(task))
                // An id that is there already is a fault in making ids: better no task than a lost
                // one.
                .conditionExpression("attribute_not_exists(#taskId)")
                .expressionAttributeNames(Map.of("#taskId", TASK_ID)));
  }

  @Override
  public Page list(String userId, @Nullable String after, @Nullable Integer limit) {
    QueryResponse answer =
        dynamoDb.query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("#userId = :userId")
                    .expressionAttributeNames(Map.of("#userId", USER_ID))
                    .expressionAttributeValues(Map.of(":userId", fromS(userId)))
                    // Made here of the caller's own id: no page begins in another user's tasks.
                    .exclusiveStartKey(after == null ? null : key(userId, after))
                    .limit(limit)
                    // Whoever adds a task and looks at the list wants to see it there.
                    .consistentRead(true));
    AttributeValue next = answer.lastEvaluatedKey().get(TASK_ID);
    return new Page(
        answer.items().stream().map(DynamoDbTaskStore::task).toList(),
        next == null ? null : next.s());
  }

  @Override
  public Optional<Task> update(String userId, String taskId, TaskInput input) {
    StringJoiner changes = new StringJoiner(", ", "SET ", "");
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    names.put("#taskId", TASK_ID);
    if (input.title() != null) {
      changes.add("#title = :title");
      names.put("#title", TITLE);
      values.put(":title", fromS(input.title()));
    }
    if (input.completed() != null) {
      changes.add("#completed = :completed");
      names.put("#completed", COMPLETED);
      values.put(":completed", fromBool(input.completed()));
    }
    try {
      return Optional.of(
          task(
              dynamoDb
                  .updateItem(
                      update ->
                          update
                              .tableName(table)
                              .key(key(userId, taskId))
                              .updateExpression(changes.toString())
                              .conditionExpression("attribute_exists(#taskId)")
                              .expressionAttributeNames(names)
                              .expressionAttributeValues(values)
                              .returnValues(ReturnValue.ALL_NEW))
                  .attributes()));
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean delete(String userId, String taskId) {
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(userId, taskId))
                  .conditionExpression("attribute_exists(#taskId)")
                  .expressionAttributeNames(Map.of("#taskId", TASK_ID)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(String userId, String taskId) {
    return Map.of(USER_ID, fromS(userId), TASK_ID, fromS(taskId));
  }

  private static Map<String, AttributeValue> item(Task task) {
    return Map.of(
        USER_ID, fromS(task.userId()),
        TASK_ID, fromS(task.taskId()),
        TITLE, fromS(task.title()),
        COMPLETED, fromBool(task.completed()),
        CREATED_AT, fromS(task.createdAtText()));
  }

  private static Task task(Map<String, AttributeValue> item) {
    return new Task(
        attribute(item, USER_ID).s(),
        attribute(item, TASK_ID).s(),
        attribute(item, TITLE).s(),
        attribute(item, COMPLETED).bool(),
        Instant.parse(attribute(item, CREATED_AT).s()));
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("An item without " + name + ": " + item.get(TASK_ID));
    }
    return value;
  }
}
