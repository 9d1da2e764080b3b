package labs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.lab.Browser;
import dev.cloudtask.lab.Clients;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.FunctionAnswer;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Page;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.RoleProbe;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.TaskFunctions;
import dev.cloudtask.lab.TestEvent;
import dev.cloudtask.lab.TestUser;
import dev.cloudtask.lab.TestUsers;
import dev.cloudtask.lab.Traces;
import dev.cloudtask.localcloud.trace.Span;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Lab 6. Read labs/6-dynamodb/chapter.adoc beside it. */
@Lab(
    number = 6,
    title = "A table that grows",
    begunBy = "AWS::ApiGateway::RestApi",
    folder = "labs/6-dynamodb")
final class Lab6DynamoDbTest {
  private static final List<String> WRITES = List.of("PutItem", "UpdateItem", "DeleteItem");
  private static final String OUTAGE = "outage-for-a-test";
  private static final String DENY =
      """
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}]}
      """;

  @Step(number = 1, title = "A user's tasks lie together, in order")
  void compositeKey(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("ann");
    String id = create(functions, user, "keyed");
    if (table.item(user, id).isEmpty()) {
      throw Finding.did("made a task, then looked into " + table.name())
          .expected("an item with the user's and the task's id")
          .got("201 from CreateTask, and no such item")
          .where(functions.source(TaskFunctions.CREATE, "handleRequest"))
          .why("What was not stored was not created.")
          .found();
    }
    requireTitles(list(functions, user), "keyed");
    functions
        .call(TaskFunctions.UPDATE, TestEvent.of(user).task(id).body("{\"completed\":true}"))
        .with(200, "Both halves of the key lead to the task.");
    functions
        .call(TaskFunctions.DELETE, TestEvent.of(user).task(id))
        .with(200, "Both halves of the key lead to the task.");
    requireTitles(list(functions, user));
  }

  @Step(number = 2, title = "A list reads what it shows, and no more")
  void listIsOneQuery(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    new TasksTable(stack, dynamoDb);
    String user = newUser("bea");
    create(functions, newUser("somebody-else"), "not hers");
    create(functions, user, "one");
    create(functions, user, "two");
    FunctionAnswer list = list(functions, user);
    requireTitles(list, "one", "two");
    // From here on the trace tells, which only local-cloud has.
    for (Span span : traces.tableCalls(functions.settings(TaskFunctions.LIST).functionName())) {
      String operation = span.notes().getOrDefault("operation", "");
      int scanned = number(span, "scanned");
      int returned = number(span, "returned");
      if (operation.equals("Scan") || scanned > returned) {
        throw Finding.did("listed the two tasks of a user, and looked what DynamoDB was asked for")
            .expected("a Query of this user's partition, which reads two items")
            .got("a %s that read %d items to return %d".formatted(operation, scanned, returned))
            .where(sourceOf(project, "." + operation.toLowerCase(Locale.ROOT) + "("))
            .why(
                "A Scan reads the table of everybody and is paid by what it reads; a filter only"
                    + " throws away what was read and paid.")
            .found();
      }
    }
  }

  private static int number(Span span, String note) {
    return Integer.parseInt(span.notes().getOrDefault(note, "0"));
  }

  /** Returns the first of the student's sources that has a text in it. */
  private static String sourceOf(Project project, String text) {
    return project.sourceWith(text).orElse("src/main/java");
  }

  @Step(number = 2, title = "A list is whole, however much others have")
  void othersDoNotMatter(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String user = newUser("cat");
      create(functions, user, "of " + user);
      users.add(user);
    }
    String somebody = newUser("somebody");
    table.multiply(somebody, create(functions, somebody, "big"), 40, true);
    for (String user : users) {
      FunctionAnswer list = list(functions, user);
      if (!titles(list).equals(List.of("of " + user))) {
        throw list.wrong(
                "the user's one task, though others have 4 MB of them",
                "DynamoDB reads 1 MB at a time and filters what it has read: what a Scan finds in"
                    + " its first megabyte is chance.")
            .where(sourceOf(project, ".scan("))
            .found();
      }
    }
  }

  @Step(number = 3, title = "Each function may do its work, and nothing else")
  void leastPrivilege(
      Stack stack,
      DynamoDbClient dynamoDb,
      LambdaClient lambda,
      Clients.Endpoint endpoint,
      Traces traces,
      Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("dan");
    String id = create(functions, user, "allowed");
    requireTitles(list(functions, user), "allowed");
    functions
        .call(TaskFunctions.UPDATE, TestEvent.of(user).task(id).body("{\"completed\":true}"))
        .with(200, "What a function needs is allowed.");
    functions
        .call(TaskFunctions.DELETE, TestEvent.of(user).task(id))
        .with(200, "What a function needs is allowed.");

    Map<String, String> functionOfRole = new LinkedHashMap<>();
    for (String function : TaskFunctions.ALL) {
      functionOfRole.putIfAbsent(functions.settings(function).role(), function);
    }
    String foreign = table.foreignTable();
    try {
      functionOfRole.forEach(
          (role, function) -> {
            try (DynamoDbClient thief = new RoleProbe(lambda, endpoint).dynamoDb(role)) {
              attack(functions, function, thief, table.name(), foreign);
            }
          });
    } finally {
      table.deleteForeignTable(foreign);
    }
  }

  private static void attack(
      TaskFunctions functions, String function, DynamoDbClient thief, String own, String foreign) {
    Map<String, AttributeValue> key =
        Map.of("userId", AttributeValue.fromS("boss"), "taskId", AttributeValue.fromS("salary"));
    Map<String, Runnable> attacks = new LinkedHashMap<>();
    attacks.put("dynamodb:Scan on " + own, () -> thief.scan(r -> r.tableName(own)));
    attacks.put(
        "dynamodb:GetItem on " + foreign, () -> thief.getItem(r -> r.tableName(foreign).key(key)));
    attacks.put(
        "dynamodb:Query on " + foreign,
        () ->
            thief.query(
                r ->
                    r.tableName(foreign)
                        .keyConditionExpression("userId = :u")
                        .expressionAttributeValues(Map.of(":u", AttributeValue.fromS("boss")))));
    attacks.put("dynamodb:Scan on " + foreign, () -> thief.scan(r -> r.tableName(foreign)));
    attacks.put(
        "dynamodb:PutItem on " + foreign, () -> thief.putItem(r -> r.tableName(foreign).item(key)));
    attacks.put(
        "dynamodb:UpdateItem on " + foreign,
        () ->
            thief.updateItem(
                r ->
                    r.tableName(foreign)
                        .key(key)
                        .updateExpression("SET amount = :a")
                        .expressionAttributeValues(Map.of(":a", AttributeValue.fromN("1")))));
    attacks.put(
        "dynamodb:DeleteItem on " + foreign,
        () -> thief.deleteItem(r -> r.tableName(foreign).key(key)));
    attacks.forEach(
        (what, attack) -> {
          String got = "it was done";
          try {
            attack.run();
          } catch (DynamoDbException e) {
            got = e.awsErrorDetails().errorCode();
          }
          if (!got.equals("AccessDeniedException")) {
            throw Finding.did("with the rights of " + function + ", tried " + what)
                .expected("AccessDeniedException")
                .got(got)
                .where(functions.rolePlace(function))
                .why(
                    "Whoever finds a hole in a function can do what its role may. Allow the actions"
                        + " that it needs, on the one table: !GetAtt TABLE.Arn.")
                .found();
          }
        });
  }

  @Step(number = 4, title = "What is not there is not changed")
  void unknownTask(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("eve");
    String id = create(functions, user, "short life");
    TestEvent rename = TestEvent.of(user).task(id).body("{\"title\":\"renamed\"}");
    functions.call(TaskFunctions.UPDATE, rename).with(200, "The task is there.");
    List<Span> updating = tableCalls(functions, TaskFunctions.UPDATE, traces);
    TestEvent remove = TestEvent.of(user).task(id);
    functions.call(TaskFunctions.DELETE, remove).with(200, "The task is there.");
    List<Span> deleting = tableCalls(functions, TaskFunctions.DELETE, traces);
    TaskFunctions.Invocation ghost = functions.invoke(TaskFunctions.UPDATE, rename);
    if (!table.item(user, id).isEmpty()) {
      throw Finding.did(ghost.did() + ", which was deleted a moment ago")
          .expected("404, and no item")
          .got(
              "an item that is back, half a task: "
                  + new TreeSet<>(table.item(user, id).keySet())
                  + "\n"
                  + ghost.payload())
          .where(sourceOf(project, ".updateItem("))
          .why(
              "UpdateItem makes the item if there is none. A condition that the key must exist"
                  + " (attribute_exists) prevents that.")
          .found();
    }
    functions.call(TaskFunctions.UPDATE, rename).refused(404, "It was deleted a moment ago.");
    functions.call(TaskFunctions.DELETE, remove).refused(404, "It is gone already.");
    requireTitles(list(functions, user));
    requireConditions(TaskFunctions.UPDATE, updating, project);
    requireConditions(TaskFunctions.DELETE, deleting, project);
  }

  private static List<Span> tableCalls(TaskFunctions functions, String function, Traces traces) {
    return traces.tableCalls(functions.settings(function).functionName());
  }

  /**
   * A look before the change is no condition: between the two somebody else may come. That shows
   * only when it happens, so the trace is asked, which only local-cloud has.
   */
  private static void requireConditions(String function, List<Span> calls, Project project) {
    for (Span span : calls) {
      String operation = span.notes().getOrDefault("operation", "");
      if (WRITES.contains(operation) && !span.notes().containsKey("condition")) {
        String method = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
        throw Finding.did("called " + function + ", and looked what DynamoDB was asked for")
            .expected("a change with the condition that the task is there")
            .got("a " + operation + " without a condition")
            .where(sourceOf(project, "." + method + "("))
            .why(
                "To look first and write then is two steps: a task that is deleted between them"
                    + " comes back, or a change of somebody else is lost. A condition makes it one.")
            .found();
      }
    }
  }

  @Step(number = 4, title = "Only what was sent is changed")
  void lostUpdate(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("fay");
    String id = create(functions, user, "paint the fence");
    table.annotate(user, id, "dueDate", "2026-05-01");
    FunctionAnswer update =
        functions
            .call(TaskFunctions.UPDATE, TestEvent.of(user).task(id).body("{\"completed\":true}"))
            .with(200, "The task is there.");
    Map<String, AttributeValue> item = table.item(user, id);
    if (!item.containsKey("dueDate")) {
      throw Finding.did(update.did() + ", after another program had given it a dueDate")
          .expected("a changed \"completed\", and everything else as it was")
          .got("the dueDate is gone; left are " + new TreeSet<>(item.keySet()))
          .where(sourceOf(project, ".putItem("))
          .why(
              "PutItem replaces the whole item by what this code knows of it. UpdateItem with SET"
                  + " changes the attributes that it names.")
          .found();
    }
    requireTitles(list(functions, user), "paint the fence");
  }

  @Step(number = 5, title = "Nobody reaches another user's tasks")
  void isolation(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String alice = newUser("alice");
    String bob = newUser("bob");
    String id = create(functions, alice, "secret");
    Map<String, AttributeValue> before = table.item(alice, id);
    String claim = "\"userId\":\"" + alice + "\",\"owner\":\"" + alice + "\"";
    String why =
        "That is Alice's task. Bob must not even learn that there is one. Who calls is in the"
            + " claims alone, never in what the caller sends.";

    FunctionAnswer list =
        functions
            .call(
                TaskFunctions.LIST,
                TestEvent.of(bob).query("userId", alice).body("{" + claim + "}"))
            .with(200, "Bob has a list of his own.");
    if (!titles(list).isEmpty()) {
      throw list.wrong("[], for Bob has no tasks", why).found();
    }
    FunctionAnswer update =
        functions.call(
            TaskFunctions.UPDATE,
            TestEvent.of(bob)
                .task(id)
                .query("userId", alice)
                .body("{\"title\":\"mine\"," + claim + "}"));
    if (!table.item(alice, id).equals(before)) {
      throw update.wrong("404, and Alice's task as it was", why).found();
    }
    update.refused(404, why);
    FunctionAnswer delete =
        functions.call(
            TaskFunctions.DELETE,
            TestEvent.of(bob).task(id).query("userId", alice).body("{" + claim + "}"));
    if (!table.item(alice, id).equals(before)) {
      throw delete.wrong("404, and Alice's task as it was", why).found();
    }
    delete.refused(404, why);
    requireTitles(list(functions, bob));
    requireTitles(list(functions, alice), "secret");
  }

  @Step(number = 6, title = "A long list comes in pages, and all of it comes")
  void pages(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    TasksTable table = new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("gus");
    requireTitles(list(functions, user));
    List<String> ids = table.multiply(user, create(functions, user, "big"), 12, false);
    TaskPages pages = new TaskPages(functions, user);
    pages.requireAll(TestEvent.of(user), ids, Integer.MAX_VALUE);
    pages.requireAll(TestEvent.of(user).query("limit", "5"), ids, 5);
  }

  @Step(number = 6, title = "A limit or a token that makes no sense is refused")
  void badPages(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("hal");
    create(functions, user, "one");
    create(functions, user, "two");
    for (String limit : List.of("0", "-1", "many", "1.5", "")) {
      functions
          .call(TaskFunctions.LIST, TestEvent.of(user).query("limit", limit))
          .refused(400, "A limit is a whole number from 1 on.");
    }
    functions
        .call(TaskFunctions.LIST, TestEvent.of(user).query("nextToken", "!no token!"))
        .refused(400, "A token is one that this list has given out.");
    FunctionAnswer first =
        functions
            .call(TaskFunctions.LIST, TestEvent.of(user).query("limit", "1"))
            .with(200, "The first of two pages.");
    Map<String, String> next = TaskPages.next(first);
    String other = newUser("ida");
    create(functions, other, "of another user");
    TestEvent stolen = TestEvent.of(other).query("nextToken", next.getOrDefault("nextToken", ""));
    FunctionAnswer answer = functions.call(TaskFunctions.LIST, stolen);
    if (answer.status() != 400 && (answer.status() != 200 || titles(answer).contains("two"))) {
      throw answer
          .wrong(
              "400, or a page of the caller's own tasks",
              "A token may be anybody's: what it says of a user must not be believed.")
          .found();
    }
  }

  @Step(number = 7, title = "A failure is told as a failure")
  void failuresAreNotHidden(
      Stack stack,
      DynamoDbClient dynamoDb,
      LambdaClient lambda,
      IamClient iam,
      Traces traces,
      Project project) {
    new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("jim");
    TestEvent event =
        TestEvent.of(user)
            .task(create(functions, user, "safe"))
            .body("{\"title\":\"lost?\",\"completed\":true}");
    Set<String> roles = new LinkedHashSet<>();
    for (String function : TaskFunctions.ALL) {
      roles.add(functions.settings(function).role().replaceFirst(".*/", ""));
    }
    try {
      roles.forEach(
          role ->
              iam.putRolePolicy(
                  policy -> policy.roleName(role).policyName(OUTAGE).policyDocument(DENY)));
      for (String function : TaskFunctions.ALL) {
        TaskFunctions.Invocation call = functions.invoke(function, event);
        if (!call.failed() && !call.payload().matches("(?s).*\"statusCode\":\\s*5\\d\\d.*")) {
          throw Finding.did("called " + function + " while it could not reach its table")
              .expected("an error of the function, or a status from 500 on")
              .got(call.payload())
              .where(
                  project
                      .sourceWith("catch (Exception")
                      .or(() -> project.sourceWith("catch (RuntimeException"))
                      .orElseGet(() -> functions.source(function, "catch", "handleRequest")))
              .why(
                  "Whoever swallows what he did not expect tells people that their work is safe."
                      + " Catch what you know; let the rest go through.")
              .found();
        }
      }
    } finally {
      roles.forEach(
          role -> iam.deleteRolePolicy(policy -> policy.roleName(role).policyName(OUTAGE)));
    }
  }

  @Step(number = 7, title = "Tasks outlive the functions")
  void tasksOutliveFunctions(
      Stack stack, DynamoDbClient dynamoDb, LambdaClient lambda, Traces traces, Project project) {
    new TasksTable(stack, dynamoDb);
    TaskFunctions functions = new TaskFunctions(stack, lambda, traces, project);
    String user = newUser("kim");
    String id = create(functions, user, "still here tomorrow");
    requireTitles(list(functions, user), "still here tomorrow");
    // A change of its settings makes Lambda begin with new environments.
    String name = functions.name(TaskFunctions.LIST);
    lambda.updateFunctionConfiguration(
        request -> request.functionName(name).description("since " + System.nanoTime()));
    lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName(name));
    FunctionAnswer list = list(functions, user);
    if (!list.coldStart() || !titles(list).equals(List.of("still here tomorrow"))) {
      throw list.wrong(
              "the task that was there before Lambda started the function anew",
              "An environment lives for minutes or hours; what is to stay must be in the table.")
          .found();
    }
    functions
        .call(TaskFunctions.UPDATE, TestEvent.of(user).task(id).body("{\"completed\":true}"))
        .with(200, "The task is in the table, wherever it was made.");
  }

  @Step(number = 7, title = "The whole app works in a browser")
  void wholeApp(Stack stack, DynamoDbClient dynamoDb, Browser browser, TestUsers users) {
    new TasksTable(stack, dynamoDb);
    TestUser user = users.signUp();
    URI address = stack.url("CloudFrontUrl", "the address to give to people (lab 2)", "https");
    try (Page page = browser.open(address)) {
      page.fill("#sign-in-email", user.email());
      page.fill("#sign-in-password", user.password());
      page.click("#sign-in button[type=submit]");
      page.waitFor("#tasks");
      page.waitFor("#empty");
      add(page, "Buy groceries");
      add(page, "Call mum");
      page.click("#task-list > li:nth-child(2) input[type=checkbox]");
      page.waitForText("#progress", "1 of 2");
      page.reload();
      page.waitForText("#progress", "1 of 2");
      page.click("#task-list > li:nth-child(2) [data-action=delete]");
      page.waitForText("#progress", "0 of 1");
      page.reload();
      page.waitForText("#task-list", "Call mum");
    }
  }

  private static void add(Page page, String title) {
    page.fill("#new-title", title);
    page.click("#add-task button[type=submit]");
    page.waitForText("#task-list", title);
  }

  private static String newUser(String name) {
    return name + "-" + UUID.randomUUID();
  }

  private static String create(TaskFunctions functions, String user, String title) {
    JsonObject body = new JsonObject();
    body.addProperty("title", title);
    JsonElement id =
        functions
            .call(TaskFunctions.CREATE, TestEvent.of(user).body(body.toString()))
            .with(201, "A task was made.")
            .object("the task")
            .get("taskId");
    return id == null ? "" : id.getAsString();
  }

  private static FunctionAnswer list(TaskFunctions functions, String user) {
    return functions
        .call(TaskFunctions.LIST, TestEvent.of(user))
        .with(200, "A list is always there, if only an empty one.");
  }

  private static void requireTitles(FunctionAnswer list, String... expected) {
    if (!titles(list).equals(List.of(expected))) {
      throw list.wrong("the tasks " + List.of(expected), "That is what this user has.").found();
    }
  }

  private static List<String> titles(FunctionAnswer list) {
    return TaskPages.each(list, "title");
  }
}
