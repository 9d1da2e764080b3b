package labs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.FunctionAnswer;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.RealPackage;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.TaskFunctions;
import dev.cloudtask.lab.TestEvent;
import dev.cloudtask.lab.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/** Lab 4. Read labs/4-lambda/chapter.adoc beside it. */
@Lab(
    number = 4,
    title = "Four functions",
    begunBy = "AWS::Lambda::Function",
    folder = "labs/4-lambda")
final class Lab4LambdaTest {
  /** The test events of the course, as they go into the Lambda console. */
  private static final String USER = "test-user-123";

  private static final TestEvent CREATE =
      TestEvent.of(USER).body("{\"title\": \"Test task from Lambda console\"}");

  /** What a function has of a processor is its memory in MB, divided by this. */
  private static final double MEMORY_OF_ONE_PROCESSOR = 1769;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String UNKNOWN = "0190a6e0-0000-7000-8000-000000000000";

  private TaskFunctions functions(Stack stack, LambdaClient lambda, Traces traces, Project own) {
    return new TaskFunctions(stack, lambda, traces, own);
  }

  @Step(number = 1, title = "CreateTask is a function, and it starts")
  void functionStarts(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    List<String> declared =
        TaskFunctions.ALL.stream()
            .filter(name -> name.equals(TaskFunctions.CREATE) || functions.isDeclared(name))
            .toList();
    for (String function : declared) {
      TaskFunctions.Invocation first = functions.invoke(function, CREATE);
      if (functions.failedToStart(first)) {
        throw functions.failure(function, first);
      }
      requireTimeToStart(functions, function);
    }
  }

  /**
   * Locally a function has a whole processor, whatever its memory; on AWS it has not. So the
   * settings are looked at, not the clock: there must be time for one second of a whole processor,
   * which is about what a first call with the SDK takes.
   */
  private static void requireTimeToStart(TaskFunctions functions, String function) {
    GetFunctionConfigurationResponse settings = functions.settings(function);
    double needed = MEMORY_OF_ONE_PROCESSOR / settings.memorySize();
    if (settings.timeout() < needed) {
      throw Finding.did("read the settings of " + function)
          .expected("a Timeout of %.0f s or more, or more memory".formatted(Math.ceil(needed)))
          .got(
              "MemorySize %d MB, Timeout %d s%s"
                  .formatted(
                      settings.memorySize(),
                      settings.timeout(),
                      settings.memorySize() == 128 || settings.timeout() == 3
                          ? " (128 MB and 3 s if the template does not say)"
                          : ""))
          .where(
              functions.place(
                  function, "Properties", settings.timeout() <= 3 ? "Timeout" : "MemorySize"))
          .why(
              ("With %d MB it has %.0f %% of a processor on AWS, and its first call takes longer than"
                      + " that. local-cloud does not slow it down.")
                  .formatted(
                      settings.memorySize(), 100 * settings.memorySize() / MEMORY_OF_ONE_PROCESSOR))
          .found();
    }
  }

  @Step(number = 2, title = "What it says arrives in its log")
  void logsArrive(
      Stack stack, LambdaClient lambda, CloudWatchLogsClient logs, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    for (String function : TaskFunctions.ALL) {
      if (!functions.isDeclared(function) && !function.equals(TaskFunctions.CREATE)) {
        continue;
      }
      TaskFunctions.Invocation call = functions.invoke(function, CREATE);
      String requestId = call.log().replaceFirst("(?s).*REPORT RequestId: (\\S+).*", "$1");
      GetFunctionConfigurationResponse settings = functions.settings(function);
      String group =
          settings.loggingConfig() == null || settings.loggingConfig().logGroup() == null
              ? "/aws/lambda/" + settings.functionName()
              : settings.loggingConfig().logGroup();
      Instant deadline = Instant.now().plus(PATIENCE);
      Optional<Traces.Denial> denial = Optional.empty();
      boolean arrived = isLogged(logs, group, requestId);
      while (!arrived && denial.isEmpty() && Instant.now().isBefore(deadline)) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        arrived = isLogged(logs, group, requestId);
        denial = traces.denials().stream().filter(d -> d.action().startsWith("logs:")).findFirst();
      }
      if (!arrived) {
        throw Finding.did(call.did() + ", then read the log group " + group)
            .expected("the lines START, END and REPORT of this call")
            .got(denial.map(Traces.Denial::words).orElse("no such lines"))
            .where(functions.rolePlace(function))
            .why(
                "Lambda writes a function's log with the function's own role, and says nothing when"
                    + " that may not: the function works on, in silence.")
            .found();
      }
    }
  }

  private static boolean isLogged(CloudWatchLogsClient logs, String group, String requestId) {
    try {
      return logs.filterLogEventsPaginator(request -> request.logGroupName(group)).events().stream()
          .anyMatch(line -> line.message().contains("REPORT RequestId: " + requestId));
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  @Step(number = 3, title = "CreateTask keeps a task")
  void createTask(
      Stack stack, LambdaClient lambda, DynamoDbClient table, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    Instant before = Instant.now().minusSeconds(5);
    FunctionAnswer first =
        functions.call(TaskFunctions.CREATE, CREATE).with(201, "A task was made: 201 Created.");
    JsonObject task = first.object("the task");
    requireField(first, task, "title", "Test task from Lambda console");
    requireField(first, task, "userId", USER);
    requireField(first, task, "completed", "false");
    String id = text(task, "taskId");
    if (id.isEmpty()) {
      throw first.wrong("a taskId", "The server makes the id; the client needs it later.").found();
    }
    String time = text(task, "createdAt");
    if (!time.matches(TIME)
        || Instant.parse(time).isBefore(before)
        || Instant.parse(time).isAfter(Instant.now().plusSeconds(5))) {
      throw first
          .wrong(
              "createdAt with the time now, such as 2025-11-07T12:34:56.789Z",
              "Instant.toString() leaves zeros out at the end: the width varies.")
          .found();
    }
    if (!first.header("Content-Type").orElse("").startsWith("application/json")) {
      throw first
          .wrong(
              "the header Content-Type: application/json",
              "Without it API Gateway says so for you, but a caller of the function cannot know.")
          .found();
    }
    requireStored(stack, table, first, id);

    FunctionAnswer second =
        functions.call(
            TaskFunctions.CREATE,
            TestEvent.of(USER)
                .body(
                    "{\"title\":\"Käse & 🧀\",\"userId\":\"mallory\",\"taskId\":\"mine\","
                        + "\"createdAt\":\"1999-01-01T00:00:00.000Z\",\"colour\":\"red\"}"));
    JsonObject other = second.with(201, "Fields that nobody knows are passed over.").object("task");
    requireField(second, other, "title", "Käse & 🧀");
    requireField(second, other, "userId", USER);
    if (text(other, "taskId").equals("mine") || text(other, "createdAt").startsWith("1999")) {
      throw second
          .wrong(
              "a taskId and a createdAt of the server's",
              "A client that may choose them can write over a task that is there.")
          .found();
    }
    if (id.compareTo(text(other, "taskId")) >= 0) {
      throw second
          .wrong(
              "a taskId that sorts after the one of a moment ago, " + id,
              "In lab 6 the order of the ids is the order of the list: take ids that begin with"
                  + " the time (TaskIds).")
          .found();
    }
  }

  private static void requireField(
      FunctionAnswer answer, JsonObject task, String name, String expected) {
    if (!text(task, name).equals(expected)) {
      throw answer
          .wrong(
              "a task with " + name + ": " + expected, "This is what was asked for, and by whom.")
          .found();
    }
  }

  private static String text(JsonObject task, String name) {
    JsonElement value = task.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static void requireStored(
      Stack stack, DynamoDbClient dynamoDb, FunctionAnswer answer, String id) {
    String table = stack.output("TableName", "the name of the table");
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (KeySchemaElement element :
        dynamoDb.describeTable(request -> request.tableName(table)).table().keySchema()) {
      boolean isTask = element.attributeName().equals("taskId");
      key.put(element.attributeName(), AttributeValue.fromS(isTask ? id : USER));
    }
    if (!dynamoDb.getItem(get -> get.tableName(table).key(key).consistentRead(true)).hasItem()) {
      throw Finding.did(answer.did() + ", then looked into the table")
          .expected("an item with the taskId of the answer, " + id)
          .got("201, and no such item in " + table)
          .where(answer.where())
          .why("An answer must be true: what was not stored was not created.")
          .found();
    }
  }

  @Step(number = 4, title = "All four answer the course's test events")
  void fourFunctions(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    TaskFunctions.ALL.forEach(functions::name);
    // The user of the console's test events, with titles that only this run has.
    String user = USER;
    String run = " " + UUID.randomUUID();
    FunctionAnswer created =
        functions
            .call(TaskFunctions.CREATE, TestEvent.of(user).body("{\"title\":\"first" + run + "\"}"))
            .with(201, "A task was made.");
    String id = text(created.object("the task"), "taskId");
    functions
        .call(TaskFunctions.CREATE, TestEvent.of(user).body("{\"title\":\"second" + run + "\"}"))
        .with(201, "A task was made.");
    FunctionAnswer list = list(functions, user);
    if (!titles(list, run).equals(List.of("first", "second"))) {
      throw list.wrong(
              "both tasks, in the order of their creation: first, second",
              "The list is what the page shows; people expect the order in which they typed.")
          .found();
    }

    FunctionAnswer ticked =
        functions
            .call(TaskFunctions.UPDATE, TestEvent.of(user).body("{\"completed\": true}").task(id))
            .with(200, "The task is there and the change is right.");
    JsonObject answer = ticked.object("message and task");
    if (!text(answer, "message").equals("Task updated successfully")
        || !(answer.get("task") instanceof JsonObject task)
        || !text(task, "completed").equals("true")
        || !text(task, "title").equals("first" + run)) {
      throw ticked
          .wrong(
              "{\"message\":\"Task updated successfully\",\"task\":{…}} with the task as it is now",
              "Only what was sent changes: completed is true, the title is still \"first\".")
          .found();
    }
    functions
        .call(
            TaskFunctions.UPDATE,
            TestEvent.of(user).body("{\"title\":\"renamed" + run + "\"}").task(id))
        .with(200, "A title can be changed by itself.");
    FunctionAnswer after = list(functions, user);
    if (!titles(after, run).equals(List.of("renamed", "second")) || !isCompleted(after, id)) {
      throw after
          .wrong(
              "the first task with its new title, still completed",
              "Only what was sent changes, and what was changed stays.")
          .found();
    }

    FunctionAnswer deleted =
        functions
            .call(TaskFunctions.DELETE, TestEvent.of(user).task(id))
            .with(200, "The task is there and can go.");
    if (!text(deleted.object("a message"), "message").equals("Task deleted successfully")) {
      throw deleted
          .wrong("{\"message\":\"Task deleted successfully\"}", "The page shows it.")
          .found();
    }
    FunctionAnswer rest = list(functions, user);
    if (!titles(rest, run).equals(List.of("second"))) {
      throw rest.wrong("the task \"second\" alone", "\"first\" was deleted a moment ago.").found();
    }
  }

  private static FunctionAnswer list(TaskFunctions functions, String user) {
    return functions
        .call(TaskFunctions.LIST, TestEvent.of(user))
        .with(200, "A list is always there, if only an empty one.");
  }

  /** Returns the titles that end like this, without that end. */
  private static List<String> titles(FunctionAnswer list, String end) {
    return titles(list).stream()
        .filter(title -> title.endsWith(end))
        .map(title -> title.substring(0, title.length() - end.length()))
        .toList();
  }

  private static boolean isCompleted(FunctionAnswer list, String id) {
    for (JsonElement task : list.array("the caller's tasks")) {
      if (task instanceof JsonObject object && text(object, "taskId").equals(id)) {
        return text(object, "completed").equals("true");
      }
    }
    return false;
  }

  private static List<String> titles(FunctionAnswer list) {
    JsonArray tasks = list.array("the caller's tasks");
    List<String> titles = new ArrayList<>();
    for (JsonElement task : tasks) {
      titles.add(task.isJsonObject() ? text(task.getAsJsonObject(), "title") : "");
    }
    return titles;
  }

  @Step(number = 5, title = "Whoever asks wrongly learns what is wrong")
  void badInput(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    TestEvent asked = TestEvent.of(USER);
    String id =
        text(
            functions
                .call(TaskFunctions.CREATE, asked.body("{\"title\":\"first, what is right\"}"))
                .with(201, "A right request works.")
                .object("the task"),
            "taskId");

    String create = TaskFunctions.CREATE;
    refused(functions, create, asked, "Without a body the field is null, not empty.");
    refused(functions, create, asked.body(""), "An empty body is no JSON.");
    refused(functions, create, asked.body("{\"title\": "), "This is no JSON: it ends too early.");
    refused(functions, create, asked.body("[\"title\"]"), "JSON, but not an object.");
    refused(functions, create, asked.body("null"), "JSON, but not an object.");
    refused(functions, create, asked.body("{}"), "A task needs a title.");
    refused(functions, create, asked.body("{\"title\":null}"), "A task needs a title.");
    refused(functions, create, asked.body("{\"title\":\"  \"}"), "Nobody can read a blank title.");
    refused(functions, create, asked.body("{\"title\":17}"), "A title is a text.");
    String longest = "x".repeat(500);
    functions
        .call(create, asked.body("{\"title\":\"" + longest + "\"}"))
        .with(201, "A title may have 500 characters.");
    refused(functions, create, asked.body("{\"title\":\"x" + longest + "\"}"), "501 are too many.");
    FunctionAnswer encoded =
        functions
            .call(create, asked.base64Body("{\"title\":\"in Base64\"}"))
            .with(201, "isBase64Encoded says that the body must be decoded first.");
    requireField(encoded, encoded.object("the task"), "title", "in Base64");

    String update = TaskFunctions.UPDATE;
    TestEvent change = asked.body("{\"completed\":true}");
    functions.call(update, change.task(id)).with(200, "A right request works.");
    refused(functions, update, change, "Without a path the field pathParameters is null.");
    refused(functions, update, asked.task(id), "There is nothing to change.");
    refused(functions, update, asked.task(id).body("{}"), "There is nothing to change.");
    refused(
        functions, update, asked.task(id).body("{\"completed\":\"yes\"}"), "Not true, not false.");
    refused(functions, update, asked.task(id).body("{\"title\":\"\"}"), "A title is not blank.");
    functions.call(update, change.task(UNKNOWN)).refused(404, "There is no such task.");

    String delete = TaskFunctions.DELETE;
    refused(functions, delete, asked, "Without a path the field pathParameters is null.");
    functions.call(delete, asked.task(UNKNOWN)).refused(404, "There is no such task.");
    functions.call(delete, asked.task(id)).with(200, "A right request works.");
    functions.call(delete, asked.task(id)).refused(404, "It is gone: nothing to delete twice.");
  }

  private static void refused(
      TaskFunctions functions, String function, TestEvent event, String why) {
    functions.call(function, event).refused(400, why);
  }

  @Step(number = 5, title = "Nobody gets in without claims")
  void noClaims(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    functions.call(TaskFunctions.CREATE, CREATE).with(201, "With claims it works.");
    List<TestEvent> strangers =
        List.of(
            TestEvent.ofNobody(),
            new TestEvent("with an empty request context", "{\"requestContext\":{}}"),
            new TestEvent("with an empty authorizer", "{\"requestContext\":{\"authorizer\":{}}}"),
            new TestEvent(
                "with claims that name nobody",
                "{\"requestContext\":{\"authorizer\":{\"claims\":{\"email\":\"a@b.c\"}}}}"));
    for (String function : TaskFunctions.ALL) {
      for (TestEvent stranger : strangers) {
        functions
            .call(
                function, stranger.body("{\"title\":\"x\",\"userId\":\"" + USER + "\"}").task("x"))
            .refused(
                401,
                "Who calls is in requestContext.authorizer.claims.sub, and nowhere else: where that"
                    + " is missing, nobody is signed in.");
      }
    }
  }

  @Step(number = 6, title = "A warm function remembers nobody")
  void warmStart(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(stack, lambda, traces, project);
    String alice = "alice-" + UUID.randomUUID();
    String bob = "bob-" + UUID.randomUUID();
    functions
        .call(TaskFunctions.CREATE, TestEvent.of(alice).body("{\"title\":\"of Alice\"}"))
        .with(201, "Alice makes a task.");
    FunctionAnswer hers = list(functions, alice);
    if (!titles(hers).equals(List.of("of Alice"))) {
      throw hers.wrong("the task that Alice has made", "It is hers.").found();
    }
    FunctionAnswer his = list(functions, bob);
    if (!titles(his).isEmpty()) {
      throw leaked(his, "[], for Bob has made no task yet");
    }
    FunctionAnswer made =
        functions
            .call(TaskFunctions.CREATE, TestEvent.of(bob).body("{\"title\":\"of Bob\"}"))
            .with(201, "Bob makes a task.");
    if (!text(made.object("the task"), "userId").equals(bob)) {
      throw leaked(made, "a task of Bob's");
    }
    FunctionAnswer again = list(functions, bob);
    if (!titles(again).equals(List.of("of Bob"))) {
      throw leaked(again, "the task of Bob alone");
    }
    FunctionAnswer herList = list(functions, alice);
    if (!titles(herList).equals(List.of("of Alice"))) {
      throw leaked(herList, "the task of Alice alone");
    }
    for (String function : TaskFunctions.ALL) {
      TestEvent event = TestEvent.of(alice).body("{\"title\":\"once more\"}").task(UNKNOWN);
      functions.call(function, event);
      if (functions.call(function, event).coldStart()) {
        throw Finding.did("called " + function + " twice, one after the other")
            .expected("a cold start at the first call at most: one Init Duration in the log")
            .got("the second call had to start the function anew")
            .where(functions.source(function, "System.exit", "Runtime.", "handleRequest"))
            .why(
                "Lambda keeps a function's environment for the next call. One that ends its JVM"
                    + " pays for a start with every call.")
            .found();
      }
    }
  }

  private static Finding leaked(FunctionAnswer answer, String expected) {
    return answer
        .wrong(
            expected,
            "An environment serves one call after the other, for anybody. What a field keeps of one"
                + " call, the next one finds: keep nothing of a caller's in fields.")
        .found();
  }

  @Step(number = 7, title = "The real package has all that it needs")
  void realPackage(RealPackage built, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = functions(built.stack(), lambda, traces, project);
    String user = "user-" + UUID.randomUUID();
    String id =
        text(
            functions
                .call(TaskFunctions.CREATE, TestEvent.of(user).body("{\"title\":\"packed\"}"))
                .with(201, "The package is what AWS will run.")
                .object("the task"),
            "taskId");
    list(functions, user);
    functions
        .call(TaskFunctions.UPDATE, TestEvent.of(user).body("{\"completed\":true}").task(id))
        .with(200, "The package is what AWS will run.");
    functions
        .call(TaskFunctions.DELETE, TestEvent.of(user).task(id))
        .with(200, "The package is what AWS will run.");
  }
}
