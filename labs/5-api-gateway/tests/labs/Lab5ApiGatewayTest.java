package labs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.lab.Browser;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.LabClock;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.TestUser;
import dev.cloudtask.lab.TestUsers;
import dev.cloudtask.lab.Traces;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import labs.TasksApi.Route;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Lab 5. Read labs/5-api-gateway/chapter.adoc beside it; your work happens in template.yaml. */
@Lab(
    number = 5,
    title = "An API with a doorkeeper",
    begunBy = "AWS::ApiGateway::RestApi",
    folder = "labs/5-api-gateway")
final class Lab5ApiGatewayTest {
  private static final String TITLE = "{\"title\":\"Buy groceries\"}";

  @Step(number = 1, title = "GET /tasks reaches your function, for a user of your pool")
  void list(Stack stack, HttpClient http, Traces traces, TestUsers users) {
    TasksApi api = new TasksApi(stack, http, traces);
    api.url();
    WebPage answer = api.call(TasksApi.LIST, "", users.signUp().idToken(), null);
    Optional<JsonElement> tasks = TasksApi.json(answer).filter(JsonElement::isJsonArray);
    if (answer.status() != 200 || tasks.isEmpty()) {
      throw api.explain(TasksApi.LIST, answer, "200 and a list: []");
    }
  }

  @Step(number = 2, title = "Without a good token nobody gets in")
  void badTokens(
      Stack stack,
      HttpClient http,
      Traces traces,
      TestUsers users,
      CognitoIdentityProviderClient cognito,
      LabClock clock) {
    TasksApi api = new TasksApi(stack, http, traces);
    api.url();
    TestUser user = users.signUp();
    requireLet(api, TasksApi.LIST, user);
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("no token", "");
    bad.put("garbage for a token", "garbage");
    bad.put("an ID token of somebody else's making", tampered(user.idToken()));
    bad.put("an ID token that says it needs no signature", unsigned(user.idToken()));
    bad.put("the access token", user.accessToken());
    bad.put("an ID token of another user pool", foreignToken(cognito));
    bad.forEach((what, token) -> requireRefused(api, TasksApi.LIST, what, token));
    clock.advance(Duration.ofHours(25));
    requireRefused(api, TasksApi.LIST, "an ID token of yesterday", user.idToken());
  }

  @Step(number = 3, title = "All four calls reach their functions")
  void fourCalls(Stack stack, HttpClient http, Traces traces, TestUsers users) {
    TasksApi api = new TasksApi(stack, http, traces);
    api.url();
    String token = users.signUp().idToken();

    WebPage created = api.call(TasksApi.CREATE, "", token, TITLE);
    JsonObject task = object(created);
    if (created.status() != 201 || !text(task, "title").equals("Buy groceries")) {
      throw api.explain(TasksApi.CREATE, created, "201 and the task");
    }
    String id = text(task, "taskId");

    WebPage updated = api.call(TasksApi.UPDATE, id, token, "{\"completed\":true}");
    JsonElement changed = object(updated).get("task");
    if (updated.status() != 200
        || changed == null
        || !text(changed.getAsJsonObject(), "completed").equals("true")) {
      throw api.explain(
          TasksApi.UPDATE, updated, "200 and {\"message\":…,\"task\":…}, the task completed");
    }
    requireTasks(api, token, 1);

    WebPage deleted = api.call(TasksApi.DELETE, id, token, null);
    if (deleted.status() != 200 || text(object(deleted), "message").isEmpty()) {
      throw api.explain(TasksApi.DELETE, deleted, "200 and a message");
    }
    requireTasks(api, token, 0);
  }

  @Step(number = 3, title = "Each of the four calls wants a token")
  void everyCallIsGuarded(Stack stack, HttpClient http, Traces traces, TestUsers users) {
    TasksApi api = new TasksApi(stack, http, traces);
    api.url();
    TestUser user = users.signUp();
    for (Route route : TasksApi.ROUTES) {
      requireLet(api, route, user);
      requireRefused(api, route, "no token", "");
    }
  }

  @Step(number = 4, title = "A browser may call from your page")
  void preflight(Stack stack, HttpClient http, Traces traces, TestUsers users) {
    TasksApi api = new TasksApi(stack, http, traces);
    BrowserRules browser = new BrowserRules(stack, api);
    for (Route route : TasksApi.ROUTES) {
      browser.requirePreflight(route);
    }
    String token = users.signUp().idToken();
    WebPage created = api.call(TasksApi.CREATE, "", token, TITLE, browser.origin());
    String id = text(object(created), "taskId");
    browser.requireReadable(TasksApi.CREATE, created);
    browser.requireReadable(
        TasksApi.LIST, api.call(TasksApi.LIST, "", token, null, browser.origin()));
    browser.requireReadable(
        TasksApi.UPDATE, api.call(TasksApi.UPDATE, id, token, TITLE, browser.origin()));
    browser.requireReadable(
        TasksApi.DELETE, api.call(TasksApi.DELETE, id, token, null, browser.origin()));
  }

  @Step(number = 5, title = "The page can read what API Gateway refuses")
  void refusals(Stack stack, HttpClient http, Traces traces, TestUsers users) {
    TasksApi api = new TasksApi(stack, http, traces);
    BrowserRules browser = new BrowserRules(stack, api);
    requireLet(api, TasksApi.LIST, users.signUp());
    WebPage noToken = api.call(TasksApi.LIST, "", null, null, browser.origin());
    browser.requireReadableRefusal(noToken, 401);
    WebPage noSuchPath = api.send("GET", "/no-such-path", browser.origin(), null);
    browser.requireReadableRefusal(noSuchPath, 403);
  }

  @Step(number = 5, title = "The page can read that a function failed")
  @SuppressWarnings("try") // only that the functions are stopped meanwhile counts
  void failures(Stack stack, HttpClient http, Traces traces, TestUsers users, LambdaClient lambda) {
    TasksApi api = new TasksApi(stack, http, traces);
    BrowserRules browser = new BrowserRules(stack, api);
    TestUser user = users.signUp();
    requireLet(api, TasksApi.LIST, user);
    WebPage failed;
    try (StoppedFunctions stopped = StoppedFunctions.of(stack, lambda)) {
      failed = api.call(TasksApi.LIST, "", user.idToken(), null, browser.origin());
    }
    if (failed.status() < 500) {
      throw Finding.of(
              Finding.Kind.NOT_TESTED, "GET /tasks while no function may run (concurrency 0)")
          .expected("an answer with 5xx from API Gateway")
          .got(TasksApi.words(failed))
          .where(api.method(TasksApi.LIST, "Integration", "Uri"))
          .found();
    }
    browser.requireReadableRefusal(failed, failed.status());
  }

  @Step(number = 6, title = "The page shows, makes, ticks and deletes tasks, for more than an hour")
  void page(
      Stack stack,
      Project project,
      HttpClient http,
      Traces traces,
      TestUsers users,
      LabClock clock,
      Browser browser) {
    new TasksApi(stack, http, traces).url();
    URI address = URI.create(stack.output("CloudFrontUrl", "the address of the page (lab 2)"));
    TestUser user = users.signUp();
    clock.advance(Duration.ofHours(-2));
    String expired = users.signIn(user.email()).idToken();
    clock.advance(Duration.ofHours(2));
    traces.forget();
    try (TasksPage page = new TasksPage(browser, address, project, traces)) {
      page.signIn(user);
      page.add("Buy groceries");
      page.tickFirst();
      page.reload(1);
      page.useToken(expired);
      page.reload(1);
      page.deleteFirst();
    }
  }

  // ------------------------------------------------------------------------------------- the gate

  /** A test of refusals proves nothing before the door is known to open. */
  private static void requireLet(TasksApi api, Route route, TestUser user) {
    String unknown = UUID.randomUUID().toString();
    WebPage answer = api.call(route, unknown, user.idToken(), TITLE);
    boolean through =
        answer.status() < 500
            && answer.status() != 401
            && answer.headers().firstValue("x-amzn-ErrorType").isEmpty();
    if (!through) {
      throw api.explain(route, answer, "an answer of your function, for a good token");
    }
  }

  private static void requireRefused(TasksApi api, Route route, String what, String token) {
    WebPage answer =
        api.call(route, UUID.randomUUID().toString(), token.isEmpty() ? null : token, TITLE);
    if (TasksApi.isRefusedByTheGateway(answer)) {
      return;
    }
    throw Finding.did(route + " with " + what)
        .expected("401 from API Gateway; your function is not called")
        .got(TasksApi.words(answer) + (answer.status() < 500 ? " from your function" : ""))
        .where(api.method(route, "AuthorizationType"))
        .why(
            "What stands in a token can be made up. The authorizer checks signature, issuer and"
                + " expiry before any code of yours runs, on methods that name it.")
        .found();
  }

  /** Gives a token another user, as somebody would who has no key to sign it with. */
  private static String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    return parts[0] + "." + withOtherSub(parts[1]) + "." + parts[2];
  }

  private static String unsigned(String token) {
    return encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}")
        + "."
        + withOtherSub(token.split("\\.", -1)[1])
        + ".";
  }

  private static String withOtherSub(String payload) {
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    return encoded(
        claims.replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":\"" + UUID.randomUUID() + "\""));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns an ID token of a pool that is not the student's. */
  private static String foreignToken(CognitoIdentityProviderClient cognito) {
    String pool = cognito.createUserPool(r -> r.poolName("somebody-elses")).userPool().id();
    try {
      String client =
          cognito
              .createUserPoolClient(
                  r ->
                      r.userPoolId(pool)
                          .clientName("page")
                          .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH))
              .userPoolClient()
              .clientId();
      cognito.adminCreateUser(r -> r.userPoolId(pool).username("stranger"));
      cognito.adminSetUserPassword(
          r -> r.userPoolId(pool).username("stranger").password("Wrong-Pool-77").permanent(true));
      return cognito
          .initiateAuth(
              r ->
                  r.clientId(client)
                      .authFlow("USER_PASSWORD_AUTH")
                      .authParameters(Map.of("USERNAME", "stranger", "PASSWORD", "Wrong-Pool-77")))
          .authenticationResult()
          .idToken();
    } finally {
      cognito.deleteUserPool(r -> r.userPoolId(pool));
    }
  }

  // ------------------------------------------------------------------------------------- answers

  private static void requireTasks(TasksApi api, String token, int count) {
    WebPage answer = api.call(TasksApi.LIST, "", token, null);
    JsonArray tasks =
        TasksApi.json(answer)
            .filter(JsonElement::isJsonArray)
            .map(JsonElement::getAsJsonArray)
            .orElseThrow(() -> api.explain(TasksApi.LIST, answer, "200 and a list"));
    if (tasks.size() != count) {
      throw api.explain(TasksApi.LIST, answer, "200 and a list of " + count);
    }
  }

  private static JsonObject object(WebPage answer) {
    return TasksApi.json(answer)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .orElseGet(JsonObject::new);
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
