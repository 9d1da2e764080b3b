package cloudtask;

import static java.util.Comparator.comparing;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Tasks in a DynamoDB table whose key is the task's id alone.
 *
 * <p>This is code to begin with: it works, and labs 4 and 5 run on it. It is also naive, as first
 * drafts are. Lab 6 shows what it costs and whom it lets in, and there you write a better one.
 */
final class DynamoDbTaskStore implements TaskStore {

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

  private static String variable(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("The environment variable " + name + " is not set");
    }
    return value;
  }

  @Override
  public void add(Task task) {
    dynamoDb.putItem(put -> put.tableName(table).item(item(task)));
  }

  @Override
  public List<Task> list(String userId) {
    // TODO Lab 6  Looks at every task of every user, as far as one page goes.
    return dynamoDb
        .scan(
            scan ->
                scan.tableName(table)
                    .filterExpression("userId = :user")
                    .expressionAttributeValues(Map.of(":user", fromS(userId)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(DynamoDbTaskStore::task)
        .sorted(comparing(Task::taskId))
        .toList();
  }

  @Override
  public Optional<Task> update(String userId, String taskId, TaskInput input) {
    // TODO Lab 6  Asks nobody whose task it is; and what happens between get and put is lost.
    Map<String, AttributeValue> item =
        dynamoDb.getItem(get -> get.tableName(table).key(key(taskId)).consistentRead(true)).item();
    if (item.isEmpty()) {
      return Optional.empty();
    }
    Task old = task(item);
    Task changed =
        new Task(
            old.userId(),
            taskId,
            input.title() == null ? old.title() : input.title(),
            input.completed() == null ? old.completed() : input.completed(),
            old.createdAt());
    dynamoDb.putItem(put -> put.tableName(table).item(item(changed)));
    return Optional.of(changed);
  }

  @Override
  public boolean delete(String userId, String taskId) {
    // TODO Lab 6  Asks nobody whose task it is.
    return dynamoDb
        .deleteItem(
            delete -> delete.tableName(table).key(key(taskId)).returnValues(ReturnValue.ALL_OLD))
        .hasAttributes();
  }

  private static Map<String, AttributeValue> key(String taskId) {
    return Map.of("taskId", fromS(taskId));
  }

  private static Map<String, AttributeValue> item(Task task) {
    return Map.of(
        "userId", fromS(task.userId()),
        "taskId", fromS(task.taskId()),
        "title", fromS(task.title()),
        "completed", fromBool(task.completed()),
        "createdAt", fromS(task.createdAtText()));
  }

  private static Task task(Map<String, AttributeValue> item) {
    return new Task(
        item.get("userId").s(),
        item.get("taskId").s(),
        item.get("title").s(),
        item.get("completed").bool(),
        Instant.parse(item.get("createdAt").s()));
  }
}
