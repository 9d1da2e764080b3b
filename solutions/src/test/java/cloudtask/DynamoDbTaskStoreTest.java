package cloudtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.LocalCloud;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The store on a table in a cloud of its own. The environment variables that a function finds on
 * Lambda are set for these tests in {@code pom.xml}.
 */
final class DynamoDbTaskStoreTest {

  /** What the SDK takes for {@code AWS_ENDPOINT_URL} when that is not set. */
  private static final String ENDPOINT = "aws.endpointUrl";

  private static final Instant CREATED = Instant.parse("2025-11-07T12:34:56.700Z");

  private static LocalCloud cloud;
  private static DynamoDbClient dynamoDb;
  private static String table;

  private TaskStore tasks;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.builder().start();
    System.setProperty(ENDPOINT, cloud.endpoint().toString());
    table = System.getenv("TABLE_NAME");
    dynamoDb =
        DynamoDbClient.builder()
            .region(Region.of(cloud.region()))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterAll
  static void stop() {
    System.clearProperty(ENDPOINT);
    dynamoDb.close();
    cloud.close();
  }

  @BeforeEach
  void createTable() {
    dynamoDb.createTable(
        request ->
            request
                .tableName(table)
                .attributeDefinitions(List.of(text("userId"), text("taskId")))
                .keySchema(List.of(key("userId", KeyType.HASH), key("taskId", KeyType.RANGE)))
                .billingMode(BillingMode.PAY_PER_REQUEST));
    dynamoDb.waiter().waitUntilTableExists(request -> request.tableName(table));
    tasks = DynamoDbTaskStore.fromEnvironment();
  }

  @AfterEach
  void deleteTable() {
    dynamoDb.deleteTable(request -> request.tableName(table));
    dynamoDb.waiter().waitUntilTableNotExists(request -> request.tableName(table));
  }

  @Test
  void whatIsAddedIsListedAsItWas() {
    Task done = new Task("ann", "1", "Buy groceries", true, CREATED);
    Task open = new Task("ann", "2", "Télé \"9\"", false, CREATED.plusMillis(1));
    tasks.add(open);
    tasks.add(done);
    tasks.add(new Task("bob", "1", "other", false, CREATED));

    assertThat(tasks.list("ann", null, null)).isEqualTo(page(null, done, open));
    assertThat(tasks.list("eve", null, null)).isEqualTo(page(null));
  }

  @Test
  void anIdThatIsTakenIsAFault_andTheFirstTaskStays() {
    Task first = new Task("ann", "1", "first", false, CREATED);
    tasks.add(first);

    assertThatThrownBy(() -> tasks.add(new Task("ann", "1", "second", false, CREATED)))
        .isInstanceOf(ConditionalCheckFailedException.class);

    assertThat(tasks.list("ann", null, null).tasks()).containsExactly(first);
  }

  @Test
  void listGoesOnAfterAnIdThatMayBeGone() {
    Task one = add("ann", "1");
    Task two = add("ann", "2");
    Task three = add("ann", "3");
    add("bob", "25");

    assertThat(tasks.list("ann", null, 2)).isEqualTo(page("2", one, two));
    assertThat(tasks.delete("ann", "2")).isTrue();
    assertThat(tasks.list("ann", "2", 2)).isEqualTo(page(null, three));
  }

  @Test
  void updateChangesWhatItIsGiven() {
    Task task = add("ann", "1");

    Task done = new Task("ann", "1", task.title(), true, CREATED);
    assertThat(tasks.update("ann", "1", new TaskInput(null, true))).contains(done);
    Task renamed = new Task("ann", "1", "Write", true, CREATED);
    assertThat(tasks.update("ann", "1", new TaskInput("Write", null))).contains(renamed);
    Task both = new Task("ann", "1", "Rest", false, CREATED);
    assertThat(tasks.update("ann", "1", new TaskInput("Rest", false))).contains(both);
    assertThat(tasks.list("ann", null, null).tasks()).containsExactly(both);
  }

  @Test
  void updateMakesNoTaskOutOfNothing() {
    Task anns = add("ann", "1");

    assertThat(tasks.update("ann", "2", new TaskInput("x", null))).isEqualTo(Optional.empty());
    assertThat(tasks.update("bob", "1", new TaskInput("x", null))).isEqualTo(Optional.empty());

    assertThat(dynamoDb.scan(request -> request.tableName(table)).count()).isEqualTo(1);
    assertThat(tasks.list("ann", null, null).tasks()).containsExactly(anns);
  }

  @Test
  void deleteSaysWhetherThereWasATask() {
    add("ann", "1");

    assertThat(tasks.delete("bob", "1")).isFalse();
    assertThat(tasks.delete("ann", "1")).isTrue();
    assertThat(tasks.delete("ann", "1")).isFalse();
    assertThat(tasks.list("ann", null, null).tasks()).isEmpty();
  }

  @Test
  void anItemThatIsNoTaskIsAFaultThatNamesIt() {
    Map<String, AttributeValue> item =
        Map.of("userId", fromS("ann"), "taskId", fromS("7"), "title", fromS("x"));
    dynamoDb.putItem(request -> request.tableName(table).item(item));

    assertThatThrownBy(() -> tasks.list("ann", null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("An item without completed: ")
        .hasMessageContaining("7");
  }

  @Test
  void theFunctionsAreMadeForTheTableThatTheEnvironmentNames() {
    String created = call(new CreateTask(), 201, "{\"title\":\"Read\"}", "");
    String id = JsonParser.parseString(created).getAsJsonObject().get("taskId").getAsString();

    assertThat(call(new GetTasks(), 200, "", "")).isEqualTo("[" + created + "]");
    assertThat(call(new UpdateTask(), 200, "{\"completed\":true}", id)).contains(id);
    assertThat(call(new DeleteTask(), 200, "", id)).contains("Task deleted successfully");
    assertThat(tasks.list("ann", null, null).tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT_SET", "BLANK"})
  void aVariableThatIsMissingIsNamed(String variable) {
    assertThatThrownBy(() -> DynamoDbTaskStore.variable(variable))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The environment variable " + variable + " is not set");
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private Task add(String userId, String taskId) {
    Task task = new Task(userId, taskId, "task " + taskId, false, CREATED);
    tasks.add(task);
    return task;
  }

  private static TaskStore.Page page(@Nullable String next, Task... tasks) {
    return new TaskStore.Page(List.of(tasks), next);
  }

  private static String call(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> function,
      int status,
      String body,
      String taskId) {
    ProxyRequestContext context = new ProxyRequestContext();
    context.setAuthorizer(Map.of("claims", Map.of("sub", "ann")));
    APIGatewayProxyResponseEvent answer =
        function.handleRequest(
            new APIGatewayProxyRequestEvent()
                .withRequestContext(context)
                .withPathParameters(Map.of("taskId", taskId))
                .withBody(body),
            null);
    assertThat(answer.getStatusCode()).isEqualTo(status);
    return answer.getBody();
  }
}
