package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI lists and reads what was deployed, told nothing but where the cloud is. */
@NeedsAwsCli
class AwsCliIT {
  private static final String PASSWORD = "Correct-Horse-7";

  private final DeployedApp app = DeployedApp.shared();

  @TempDir private Path folder;
  private AwsCli aws;

  @BeforeEach
  void openTerminal() {
    aws = new AwsCli(folder, app.cloud().endpoint());
  }

  @Test
  void stack_isDescribedWithItsOutputsResourcesAndEvents() {
    assertThat(string(aws.run("sts", "get-caller-identity").json(), "Arn"))
        .isEqualTo("arn:aws:iam::000000000000:root");

    JsonObject stack = only(stack("describe-stacks").getAsJsonArray("Stacks"));
    assertThat(string(stack, "StackStatus")).isEqualTo("CREATE_COMPLETE");
    assertThat(strings(stack.getAsJsonArray("Outputs"), "OutputKey"))
        .containsExactlyInAnyOrder(
            "WebsiteUrl",
            "CloudFrontUrl",
            "UserPoolId",
            "UserPoolClientId",
            "ApiUrl",
            "CreateTaskFunctionName",
            "GetTasksFunctionName",
            "UpdateTaskFunctionName",
            "DeleteTaskFunctionName",
            "TableName",
            "WebsiteBucketName",
            "DistributionId");
    assertThat(strings(stack.getAsJsonArray("Outputs"), "OutputValue"))
        .contains(app.output("TableName"), app.output("UserPoolId"));

    JsonArray resources = stack("list-stack-resources").getAsJsonArray("StackResourceSummaries");
    assertThat(strings(resources, "ResourceStatus")).containsOnly("CREATE_COMPLETE");
    assertThat(strings(resources, "LogicalResourceId"))
        .contains("WebsiteBucket", "UserPool", "CreateTaskFunction", "ApiStage", "TasksTable");

    JsonArray events = stack("describe-stack-events").getAsJsonArray("StackEvents");
    assertThat(events.size()).isGreaterThan(2 * resources.size());
    JsonObject newest = events.get(0).getAsJsonObject();
    JsonObject oldest = events.get(events.size() - 1).getAsJsonObject();
    assertThat(List.of(newest, oldest))
        .extracting(event -> string(event, "LogicalResourceId"))
        .containsOnly(DeployedApp.STACK);
    assertThat(string(newest, "ResourceStatus")).isEqualTo("CREATE_COMPLETE");
    assertThat(string(oldest, "ResourceStatus")).isEqualTo("CREATE_IN_PROGRESS");
  }

  @Test
  void stackThatIsNotThere_isRefusedInCloudFormationsWords() {
    Terminal.Result refused =
        aws.run("cloudformation", "describe-stacks", "--stack-name", "nothing-of-the-kind");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.errors())
        .contains(
            "An error occurred (ValidationError) when calling the DescribeStacks operation: Stack"
                + " with id nothing-of-the-kind does not exist");
  }

  @Test
  void website_isListedAndRead_andFilesGoBothWays() throws IOException {
    String website = "s3://" + app.output("WebsiteBucketName");
    assertThat(aws.run("s3", "ls").text()).contains(app.output("WebsiteBucketName"));
    assertThat(aws.run("s3", "ls", website).text()).contains(" index.html", " config.js");
    aws.run("s3", "cp", website + "/index.html", "page.html").text();
    assertThat(folder.resolve("page.html")).hasSameBinaryContentAs(Path.of("website/index.html"));

    aws.run("s3", "mb", "s3://of-the-command-line").text();
    aws.run("s3", "cp", "page.html", "s3://of-the-command-line/ä page+.html").text();
    Files.createDirectories(folder.resolve("site/deep"));
    Files.writeString(folder.resolve("site/a.txt"), "a");
    // more than the 8 MB from which the CLI uploads in parts
    Files.write(folder.resolve("site/deep/large.bin"), new byte[9 * 1024 * 1024]);
    // S3 knows whole seconds: a file written in the second of its upload would look newer than
    // that.
    FileTime before = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(folder.resolve("site/a.txt"), before);
    Files.setLastModifiedTime(folder.resolve("site/deep/large.bin"), before);
    assertThat(aws.run("s3", "sync", "site", "s3://of-the-command-line/site").text())
        .contains("large.bin");
    assertThat(aws.run("s3", "sync", "site", "s3://of-the-command-line/site").text()).isEmpty();
    aws.run("s3", "sync", "s3://of-the-command-line", "back").text();
    assertThat(folder.resolve("back/ä page+.html"))
        .hasSameBinaryContentAs(folder.resolve("page.html"));
    assertThat(folder.resolve("back/site/deep/large.bin"))
        .hasSameBinaryContentAs(folder.resolve("site/deep/large.bin"));

    String url = aws.run("s3", "presign", "s3://of-the-command-line/site/a.txt").text().strip();
    assertThat(app.get(url).body()).isEqualTo("a");
    assertThat(app.get(url.replace("a.txt", "deep/large.bin")).statusCode()).isEqualTo(403);

    Terminal.Result full = aws.run("s3", "rb", "s3://of-the-command-line");
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.errors()).contains("(BucketNotEmpty)");
    aws.run("s3", "rm", "s3://of-the-command-line", "--recursive").text();
    aws.run("s3", "rb", "s3://of-the-command-line").text();
    assertThat(aws.run("s3", "ls").text()).doesNotContain("of-the-command-line");
  }

  @Test
  void task_isFoundInTheTable_andTheFunctionsTraceInTheLogs() throws IOException {
    String email = app.newAddress();
    app.signUp(email, PASSWORD);
    JsonObject task =
        JsonParser.parseString(
                app.call("POST", "/tasks", app.idToken(email, PASSWORD), "{\"title\":\"Grüße\"}")
                    .body())
            .getAsJsonObject();
    String table = app.output("TableName");

    assertThat(texts(aws.run("dynamodb", "list-tables").json().getAsJsonArray("TableNames")))
        .contains(table);
    Files.writeString(
        folder.resolve("values.json"), "{\":user\":{\"S\":\"" + string(task, "userId") + "\"}}");
    JsonObject found =
        only(
            aws.run(
                    "dynamodb",
                    "query",
                    "--table-name",
                    table,
                    "--key-condition-expression",
                    "userId = :user",
                    "--expression-attribute-values",
                    "file://values.json")
                .json()
                .getAsJsonArray("Items"));
    assertThat(string(found.getAsJsonObject("title"), "S")).isEqualTo("Grüße");
    assertThat(
            strings(
                aws.run("dynamodb", "scan", "--table-name", table).json().getAsJsonArray("Items"),
                "taskId",
                "S"))
        .contains(string(task, "taskId"));

    List<String> functions =
        strings(
            aws.run("lambda", "list-functions").json().getAsJsonArray("Functions"), "FunctionName");
    assertThat(functions).hasSizeGreaterThanOrEqualTo(4);
    Files.writeString(
        folder.resolve("event.json"),
        "{\"requestContext\":{\"authorizer\":{\"claims\":{\"sub\":\""
            + string(task, "userId")
            + "\"}}}}");
    JsonObject invoked =
        aws.run(
                "lambda",
                "invoke",
                "--function-name",
                named(functions, "GetTasksFunction"),
                "--payload",
                "fileb://event.json",
                "result.json")
            .json();
    assertThat(invoked.get("StatusCode").getAsInt()).isEqualTo(200);
    assertThat(invoked.has("FunctionError")).isFalse();
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("\"statusCode\":200", string(task, "taskId"));

    List<String> groups =
        strings(
            aws.run("logs", "describe-log-groups").json().getAsJsonArray("logGroups"),
            "logGroupName");
    String group = named(groups, "GetTasksLogs");
    assertThat(reports(group)).isNotEmpty().allMatch(line -> line.startsWith("REPORT RequestId: "));
  }

  /** A function's log arrives a moment after its answer. */
  private List<String> reports(String group) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      List<String> lines =
          strings(
              aws.run(
                      "logs",
                      "filter-log-events",
                      "--log-group-name",
                      group,
                      "--filter-pattern",
                      "REPORT")
                  .json()
                  .getAsJsonArray("events"),
              "message");
      if (!lines.isEmpty() || Instant.now().isAfter(deadline)) {
        return lines;
      }
    }
  }

  @Test
  void poolApiDistributionAndRoles_areListed() {
    assertThat(
            strings(
                aws.run("cognito-idp", "list-user-pools", "--max-results", "60")
                    .json()
                    .getAsJsonArray("UserPools"),
                "Id"))
        .contains(app.output("UserPoolId"));
    JsonArray apis = aws.run("apigateway", "get-rest-apis").json().getAsJsonArray("items");
    assertThat(strings(apis, "name")).contains(DeployedApp.STACK + " tasks");
    JsonArray distributions =
        aws.run("cloudfront", "list-distributions")
            .json()
            .getAsJsonObject("DistributionList")
            .getAsJsonArray("Items");
    assertThat(strings(distributions, "Id")).contains(app.output("DistributionId"));
    assertThat(
            strings(aws.run("iam", "list-roles").json().getAsJsonArray("Roles"), "RoleName")
                .stream()
                .filter(name -> name.startsWith(DeployedApp.STACK + "-")))
        .hasSize(4);
  }

  private JsonObject stack(String operation) {
    return aws.run("cloudformation", operation, "--stack-name", DeployedApp.STACK).json();
  }

  private static String named(List<String> names, String part) {
    return names.stream()
        .filter(name -> name.startsWith(DeployedApp.STACK + "-" + part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + part + " in " + names));
  }

  private static JsonObject only(JsonArray array) {
    assertThat(array).hasSize(1);
    return array.get(0).getAsJsonObject();
  }

  private static String string(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> texts(JsonArray array) {
    return elements(array).map(JsonElement::getAsString).toList();
  }

  private static List<String> strings(JsonArray array, String name) {
    return elements(array).map(element -> string(element.getAsJsonObject(), name)).toList();
  }

  private static List<String> strings(JsonArray items, String name, String type) {
    return elements(items)
        .map(item -> string(item.getAsJsonObject().getAsJsonObject(name), type))
        .toList();
  }
}
