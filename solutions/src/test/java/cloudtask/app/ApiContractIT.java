package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API answers, called over HTTP with tokens of real users. */
class ApiContractIT {
  private static final String PASSWORD = "Correct-Horse-7";

  private final DeployedApp app = DeployedApp.shared();
  private String token = "";

  @BeforeEach
  void signIn() {
    token = newUser();
  }

  private String newUser() {
    String email = app.newAddress();
    app.signUp(email, PASSWORD);
    return app.idToken(email, PASSWORD);
  }

  @Test
  void create_answers201_withTheTask() {
    HttpResponse<String> answer =
        app.call("POST", "/tasks", token, "{\"title\":\"Buy groceries\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject task = object(answer);
    assertThat(task.keySet())
        .containsExactlyInAnyOrder("userId", "taskId", "title", "completed", "createdAt");
    assertThat(task.get("title").getAsString()).isEqualTo("Buy groceries");
    assertThat(task.get("completed").getAsBoolean()).isFalse();
    assertThat(task.get("createdAt").getAsString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertCors(answer);
  }

  @Test
  void list_isInOrderOfCreation_andTheCallersAlone() {
    String stranger = newUser();
    create(stranger, "Not yours");
    for (int i = 0; i < 5; i++) {
      create(token, "Task " + i);
    }

    HttpResponse<String> answer = app.call("GET", "/tasks", token, null);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(titles(answer)).containsExactly("Task 0", "Task 1", "Task 2", "Task 3", "Task 4");
    assertCors(answer);
  }

  @Test
  void pages_areChainedByLink_andCoverEveryTaskOnce() {
    for (int i = 0; i < 7; i++) {
      create(token, "Task " + i);
    }
    List<String> all = new ArrayList<>();
    String path = "/tasks?limit=3";
    int pages = 0;
    while (!path.isEmpty()) {
      HttpResponse<String> answer = app.call("GET", path, token, null);
      assertThat(answer.statusCode()).isEqualTo(200);
      all.addAll(titles(answer));
      pages++;
      path =
          answer
              .headers()
              .firstValue("Link")
              .map(link -> "/tasks" + link.substring(1, link.indexOf('>')))
              .orElse("");
    }
    assertThat(all).hasSize(7).doesNotHaveDuplicates();
    assertThat(pages).isGreaterThanOrEqualTo(3);
  }

  @Test
  void update_changesOnlyWhatIsSent() {
    JsonObject made = create(token, "Before");
    String path = "/tasks/" + made.get("taskId").getAsString();

    HttpResponse<String> ticked = app.call("PUT", path, token, "{\"completed\":true}");
    assertThat(ticked.statusCode()).isEqualTo(200);
    assertThat(object(ticked).get("message").getAsString()).isEqualTo("Task updated successfully");
    JsonObject task = object(ticked).getAsJsonObject("task");
    assertThat(task.get("title").getAsString()).isEqualTo("Before");
    assertThat(task.get("completed").getAsBoolean()).isTrue();
    assertThat(task.get("createdAt")).isEqualTo(made.get("createdAt"));

    JsonObject renamed =
        object(
                app.call(
                    "PUT", path, token, "{\"title\":\"After\",\"taskId\":\"x\",\"userId\":\"y\"}"))
            .getAsJsonObject("task");
    assertThat(renamed.get("title").getAsString()).isEqualTo("After");
    assertThat(renamed.get("completed").getAsBoolean()).isTrue();
    assertThat(renamed.get("taskId")).isEqualTo(made.get("taskId"));
    assertThat(renamed.get("userId")).isEqualTo(made.get("userId"));
  }

  @Test
  void delete_answers200_thenTheTaskIsUnknown() {
    String path = "/tasks/" + create(token, "Gone soon").get("taskId").getAsString();

    HttpResponse<String> deleted = app.call("DELETE", path, token, null);
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(object(deleted).get("message").getAsString()).isEqualTo("Task deleted successfully");
    assertThat(app.call("DELETE", path, token, null).statusCode()).isEqualTo(404);
    assertThat(app.call("PUT", path, token, "{\"completed\":true}").statusCode()).isEqualTo(404);
    assertThat(titles(app.call("GET", "/tasks", token, null))).isEmpty();
  }

  @Test
  void strangersTask_isUnknown_andStaysAsItWas() {
    String path = "/tasks/" + create(token, "Mine").get("taskId").getAsString();
    String stranger = newUser();

    HttpResponse<String> put = app.call("PUT", path, stranger, "{\"title\":\"Stolen\"}");
    HttpResponse<String> delete = app.call("DELETE", path, stranger, null);

    assertThat(put.statusCode()).isEqualTo(404);
    assertThat(delete.statusCode()).isEqualTo(404);
    assertThat(titles(app.call("GET", "/tasks", token, null))).containsExactly("Mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"x\"",
        "{}",
        "{\"title\":7}",
        "{\"title\":\"  \"}",
        "{\"title\":null}",
        "{\"title\":\"a\"} x"
      })
  void badBody_is400_thatNamesIt(String body) {
    HttpResponse<String> answer = app.call("POST", "/tasks", token, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(object(answer).get("message").getAsString()).hasSizeGreaterThan(8);
    assertCors(answer);
  }

  @Test
  void titleOf500Characters_isTaken_501AreNot() {
    assertThat(
            app.call("POST", "/tasks", token, "{\"title\":\"" + "ä".repeat(500) + "\"}")
                .statusCode())
        .isEqualTo(201);
    assertThat(
            app.call("POST", "/tasks", token, "{\"title\":\"" + "ä".repeat(501) + "\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"limit=0", "limit=x", "limit=-1", "nextToken=garbage"})
  void badQuery_is400(String query) {
    assertThat(app.call("GET", "/tasks?" + query, token, null).statusCode()).isEqualTo(400);
  }

  @Test
  void tokensThatDoNotCount_are401_withCors() {
    String email = app.newAddress();
    app.signUp(email, PASSWORD);
    String expired = app.expiredIdToken(email, PASSWORD);
    String access = app.signIn(email, PASSWORD).accessToken();
    String tampered = token.substring(0, token.length() - 6) + "AAAAAA";
    String[] parts = token.split("\\.");
    String none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + parts[1] + ".";
    for (String bad : List.of("garbage", tampered, none, access, expired)) {
      HttpResponse<String> answer = app.call("GET", "/tasks", bad, null);
      assertThat(answer.statusCode()).as(bad).isEqualTo(401);
      assertCors(answer);
    }
    assertThat(app.call("GET", "/tasks", null, null).statusCode()).isEqualTo(401);
    assertThat(app.call("GET", "/tasks", expired, null).body())
        .isEqualTo("{\"message\":\"The incoming token has expired\"}");
  }

  @Test
  void preflight_allowsThePage() {
    HttpRequest preflight =
        HttpRequest.newBuilder(URI.create(app.output("ApiUrl") + "/tasks"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", app.url())
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .build();
    HttpResponse<String> answer = app.send(preflight);
    assertThat(answer.statusCode()).isBetween(200, 204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .containsIgnoringCase("authorization");
    assertCors(answer);
  }

  @Test
  void bodyOver10Megabytes_is413() {
    String body = "{\"title\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";
    assertThat(app.call("POST", "/tasks", token, body).statusCode()).isEqualTo(413);
  }

  @Test
  void unknownPath_is403_asApiGatewaySays() {
    HttpResponse<String> answer = app.call("GET", "/nothing", null, null);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
  }

  private JsonObject create(String owner, String title) {
    HttpResponse<String> answer =
        app.call("POST", "/tasks", owner, "{\"title\":\"" + title + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return object(answer);
  }

  private static JsonObject object(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static List<String> titles(HttpResponse<String> answer) {
    JsonArray tasks = JsonParser.parseString(answer.body()).getAsJsonArray();
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(task -> task.get("title").getAsString())
        .toList();
  }

  private static void assertCors(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
  }
}
