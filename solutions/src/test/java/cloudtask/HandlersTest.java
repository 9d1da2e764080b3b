package cloudtask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four functions, called as API Gateway and the Lambda console call them. */
final class HandlersTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-11-07T12:34:56.700987Z"), ZoneOffset.UTC);

  private static final Pattern NEXT_LINK =
      Pattern.compile("<\\?nextToken=([\\w-]+)&limit=[0-9]+>; rel=\"next\"");

  private final TaskStore tasks = new InMemoryTaskStore();
  private final CreateTask createTask = new CreateTask(tasks, new TaskIds(new Random(1)), CLOCK);
  private final GetTasks getTasks = new GetTasks(tasks);
  private final UpdateTask updateTask = new UpdateTask(tasks);
  private final DeleteTask deleteTask = new DeleteTask(tasks);

  @Test
  void createdTaskIsAnsweredAndListed() {
    APIGatewayProxyResponseEvent created =
        call(createTask, as("ann").withBody("{\"title\":\"Buy groceries\"}"));

    assertThat(created.getStatusCode()).isEqualTo(201);
    JsonObject task = object(created);
    assertThat(task.keySet())
        .containsExactly("userId", "taskId", "title", "completed", "createdAt");
    assertThat(task.get("userId").getAsString()).isEqualTo("ann");
    assertThat(task.get("title").getAsString()).isEqualTo("Buy groceries");
    assertThat(task.get("completed").getAsBoolean()).isFalse();
    assertThat(task.get("createdAt").getAsString()).isEqualTo("2025-11-07T12:34:56.700Z");
    assertThat(list("ann")).containsExactly(task);
  }

  @Test
  void createdTaskBelongsToTheCaller_whateverTheBodySays() {
    JsonObject task =
        object(
            call(
                createTask,
                as("ann")
                    .withBody(
                        "{\"title\":\"x\",\"userId\":\"bob\",\"taskId\":\"1\",\"createdAt\":\"2000\","
                            + "\"completed\":true}")));

    assertThat(task.get("userId").getAsString()).isEqualTo("ann");
    assertThat(task.get("taskId").getAsString()).isNotEqualTo("1");
    assertThat(task.get("createdAt").getAsString()).startsWith("2025-");
    assertThat(task.get("completed").getAsBoolean()).isFalse();
    assertThat(list("bob")).isEmpty();
  }

  @Test
  void createReadsBodiesInBase64() {
    byte[] json = "{\"title\":\"Müsli kaufen\"}".getBytes(UTF_8);

    JsonObject task =
        object(
            call(
                createTask,
                as("ann")
                    .withBody(Base64.getEncoder().encodeToString(json))
                    .withIsBase64Encoded(true)));

    assertThat(task.get("title").getAsString()).isEqualTo("Müsli kaufen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!", "eyJ0aXRsZSI6Iv8ifQ=="})
  void createRefusesBodiesThatAreNotTheBase64OfText(String body) {
    assertMessage(
        call(createTask, as("ann").withBody(body).withIsBase64Encoded(true)), 400, "the body is ");
  }

  @Test
  void createRefusesATaskWithoutTitle() {
    assertMessage(call(createTask, as("ann").withBody("{}")), 400, "title is missing");
    assertMessage(call(createTask, as("ann")), 400, "the request has no body");
  }

  @Test
  void listIsOfTheCallerAndInTheOrderOfCreation() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      created.add(create("ann", "task " + i).get("taskId").getAsString());
      create("bob", "other " + i);
    }

    assertThat(list("ann")).extracting(task -> task.get("taskId").getAsString()).isEqualTo(created);
  }

  @Test
  void listGoesOnWhereItsLinkSays() {
    for (int i = 0; i < 7; i++) {
      create("ann", "task " + i);
    }

    List<String> titles = new ArrayList<>();
    APIGatewayProxyResponseEvent page = page("ann", Map.of("limit", "3"));
    int pages = 1;
    for (String token; (token = nextToken(page)) != null; pages++) {
      titles.addAll(titles(page));
      page = page("ann", Map.of("limit", "3", "nextToken", token));
    }
    titles.addAll(titles(page));

    assertThat(pages).isEqualTo(3);
    assertThat(titles)
        .containsExactly("task 0", "task 1", "task 2", "task 3", "task 4", "task 5", "task 6");
  }

  @Test
  void listHasNoLink_whenTheLastPageIsJustFull() {
    create("ann", "one");
    create("ann", "two");

    assertThat(page("ann", Map.of("limit", "2")).getHeaders()).doesNotContainKey("Link");
  }

  @Test
  void listGoesOnWithoutALimit_whenTheStoreEndsThePage() {
    TaskStore shortPages = new InMemoryTaskStore(1);
    shortPages.add(new Task("ann", "1", "one", false, CLOCK.instant()));
    shortPages.add(new Task("ann", "2", "two", false, CLOCK.instant()));

    APIGatewayProxyResponseEvent first = call(new GetTasks(shortPages), as("ann"));

    assertThat(titles(first)).containsExactly("one");
    assertThat(first.getHeaders().get("Link")).matches("<\\?nextToken=[\\w-]+>; rel=\"next\"");
  }

  @Test
  void listTakesTheLongestLimit() {
    create("ann", "one");

    assertThat(titles(page("ann", Map.of("limit", "1000")))).containsExactly("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "+5", "1.5", "1001", "99999999999", "ten", " 1", "٣"})
  void listRefusesBadLimits(String limit) {
    assertMessage(
        call(getTasks, as("ann").withQueryStringParameters(Map.of("limit", limit))),
        400,
        "limit must be a whole number from 1 to 1000");
  }

  @Test
  void listRefusesAnotherUsersToken() {
    create("ann", "one");
    create("ann", "two");
    create("bob", "secret");
    String token = String.valueOf(nextToken(page("ann", Map.of("limit", "1"))));

    assertMessage(
        call(getTasks, as("bob").withQueryStringParameters(Map.of("nextToken", token))),
        400,
        "nextToken is not one");
  }

  @Test
  void updateChangesWhatIsSentAndNothingElse() {
    JsonObject before = create("ann", "Read");

    JsonObject answer =
        object(call(updateTask, task("ann", before).withBody("{\"completed\":true}")));

    assertThat(answer.keySet()).containsExactly("message", "task");
    assertThat(answer.get("message").getAsString()).isEqualTo("Task updated successfully");
    JsonObject expected = before.deepCopy();
    expected.addProperty("completed", true);
    assertThat(answer.get("task")).isEqualTo(expected);

    JsonObject renamed =
        object(call(updateTask, task("ann", before).withBody("{\"title\":\"Write\"}")));
    expected.addProperty("title", "Write");
    assertThat(renamed.get("task")).isEqualTo(expected);
    assertThat(list("ann")).containsExactly(expected);
  }

  @Test
  void updateRefusesToDoNothing() {
    assertMessage(
        call(updateTask, task("ann", create("ann", "x")).withBody("{\"status\":\"done\"}")),
        400,
        "nothing to update");
  }

  @Test
  void deleteRemoves() {
    JsonObject task = create("ann", "x");

    assertMessage(call(deleteTask, task("ann", task)), 200, "Task deleted successfully");
    assertThat(list("ann")).isEmpty();
    assertMessage(call(deleteTask, task("ann", task)), 404, "task not found");
  }

  @Test
  void strangersLearnNothing() {
    JsonObject task = create("ann", "x");

    assertMessage(
        call(updateTask, task("bob", task).withBody("{\"completed\":true}")),
        404,
        "task not found");
    assertMessage(call(deleteTask, task("bob", task)), 404, "task not found");
    assertThat(list("ann")).containsExactly(task);
  }

  @Test
  void idsThatNoTaskCanHaveAreNotFound() {
    var event = as("ann").withPathParameters(Map.of("taskId", "ä".repeat(513)));

    assertMessage(call(deleteTask, event), 404, "task not found");
  }

  @Test
  void pathWithoutIdIsRefused() {
    assertMessage(call(deleteTask, as("ann")), 400, "taskId is missing");
    assertMessage(
        call(updateTask, as("ann").withBody("{\"completed\":true}")), 400, "taskId is missing");
  }

  @Test
  void nobodyIsSignedIn_withoutClaims() {
    List<APIGatewayProxyRequestEvent> strangers =
        List.of(
            new APIGatewayProxyRequestEvent(),
            new APIGatewayProxyRequestEvent().withRequestContext(new ProxyRequestContext()),
            withAuthorizer(Map.of()),
            withAuthorizer(Map.of("claims", "sub")),
            withAuthorizer(Map.of("claims", Map.of())),
            withAuthorizer(Map.of("claims", Map.of("sub", ""))),
            withAuthorizer(Map.of("claims", Map.of("sub", 5))),
            withAuthorizer(Map.of("sub", "ann")));

    for (APIGatewayProxyRequestEvent event : strangers) {
      event.withBody("{\"title\":\"x\"}").withPathParameters(Map.of("taskId", "1"));
      for (var function : List.of(createTask, getTasks, updateTask, deleteTask)) {
        assertMessage(call(function, event), 401, "nobody is signed in");
      }
    }
  }

  @Test
  void everyAnswerCarriesTheCorsHeaders() {
    List<APIGatewayProxyResponseEvent> answers =
        List.of(
            call(createTask, as("ann").withBody("{\"title\":\"x\"}")),
            call(createTask, as("ann")),
            call(getTasks, as("ann")),
            call(getTasks, new APIGatewayProxyRequestEvent()),
            call(updateTask, as("ann")),
            call(deleteTask, as("ann").withPathParameters(Map.of("taskId", "unknown"))));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.getHeaders())
                    .containsEntry("Access-Control-Allow-Origin", "*")
                    .containsEntry("Access-Control-Expose-Headers", "Link")
                    .containsEntry("Content-Type", "application/json"));
  }

  @Test
  void faultsEscape() {
    create("ann", "x");
    // The same random numbers at the same time make the same id, which the store does not take.
    CreateTask twin = new CreateTask(tasks, new TaskIds(new Random(1)), CLOCK);

    assertThatThrownBy(() -> call(twin, as("ann").withBody("{\"title\":\"y\"}")))
        .isInstanceOf(IllegalStateException.class);
  }

  private JsonObject create(String userId, String title) {
    return object(call(createTask, as(userId).withBody("{\"title\":\"" + title + "\"}")));
  }

  private List<JsonObject> list(String userId) {
    APIGatewayProxyResponseEvent answer = call(getTasks, as(userId));
    assertThat(answer.getStatusCode()).isEqualTo(200);
    JsonArray array = JsonParser.parseString(answer.getBody()).getAsJsonArray();
    List<JsonObject> list = new ArrayList<>();
    array.forEach(task -> list.add(task.getAsJsonObject()));
    return list;
  }

  private APIGatewayProxyResponseEvent page(String userId, Map<String, String> query) {
    APIGatewayProxyResponseEvent page = call(getTasks, as(userId).withQueryStringParameters(query));
    assertThat(page.getStatusCode()).isEqualTo(200);
    return page;
  }

  private static List<String> titles(APIGatewayProxyResponseEvent page) {
    List<String> titles = new ArrayList<>();
    JsonParser.parseString(page.getBody())
        .getAsJsonArray()
        .forEach(task -> titles.add(task.getAsJsonObject().get("title").getAsString()));
    return titles;
  }

  /** The token in the link to the next page; null when there is none. */
  private static @Nullable String nextToken(APIGatewayProxyResponseEvent page) {
    String link = page.getHeaders().get("Link");
    if (link == null) {
      return null;
    }
    Matcher matcher = NEXT_LINK.matcher(link);
    assertThat(matcher.matches()).as(link).isTrue();
    return matcher.group(1);
  }

  private static APIGatewayProxyResponseEvent call(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> function,
      APIGatewayProxyRequestEvent event) {
    return function.handleRequest(event, null); // The functions make no use of their context.
  }

  /** An event with nothing in it but the caller, as the course's console tests have it. */
  private static APIGatewayProxyRequestEvent as(String userId) {
    return withAuthorizer(Map.of("claims", Map.of("sub", userId)));
  }

  private static APIGatewayProxyRequestEvent task(String userId, JsonObject task) {
    return as(userId).withPathParameters(Map.of("taskId", task.get("taskId").getAsString()));
  }

  private static APIGatewayProxyRequestEvent withAuthorizer(Map<String, Object> authorizer) {
    ProxyRequestContext context = new ProxyRequestContext();
    context.setAuthorizer(authorizer);
    return new APIGatewayProxyRequestEvent().withRequestContext(context);
  }

  private static JsonObject object(APIGatewayProxyResponseEvent answer) {
    return JsonParser.parseString(answer.getBody()).getAsJsonObject();
  }

  private static void assertMessage(
      APIGatewayProxyResponseEvent answer, int status, String message) {
    assertThat(answer.getBody()).isNotNull();
    assertThat(object(answer).keySet()).containsExactly("message");
    assertThat(object(answer).get("message").getAsString()).startsWith(message);
    assertThat(answer.getStatusCode()).isEqualTo(status);
  }
}
