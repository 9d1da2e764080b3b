package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/** This project's own template with one thing wrong: what is said of it, and of which line. */
class RefusalsIT {
  private static final Path TEMPLATE = Path.of("template.yaml");
  private static final String PASSWORD = "Correct-Horse-7";

  private final DeployedApp app = DeployedApp.shared();
  private final LocalCloud cloud = app.cloud();

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown type"
            + "|Type: AWS::DynamoDB::Table"
            + "|Type: AWS::DynamoDB::Tabel"
            + "|Template format error: Unrecognized resource types: [AWS::DynamoDB::Tabel]",
        "unknown property"
            + "|BillingMode: PAY_PER_REQUEST"
            + "|BillingMood: PAY_PER_REQUEST"
            + "|#: extraneous key [BillingMood] is not permitted",
        "Ref to nothing"
            + "|TABLE_NAME: !Ref TasksTable"
            + "|TABLE_NAME: !Ref TaskTable"
            + "|Template format error: Unresolved resource dependencies [TaskTable] in the"
            + " Resources block of the template",
        "name in a Sub that leads to nothing"
            + "|Resource: !Sub \"${WebsiteBucket.Arn}/*\""
            + "|Resource: !Sub \"${WebBucket.Arn}/*\""
            + "|Template error: instance of Fn::GetAtt references undefined resource WebBucket",
        "GetAtt of nothing"
            + "|Role: !GetAtt CreateTaskRole.Arn"
            + "|Role: !GetAtt CreateTasksRole.Arn"
            + "|Template error: instance of Fn::GetAtt references undefined resource"
            + " CreateTasksRole",
        "GetAtt of an attribute that the type has not"
            + "|Resource: !GetAtt TasksTable.Arn"
            + "|Resource: !GetAtt TasksTable.Name"
            + "|Resource type AWS::DynamoDB::Table does not support attribute {Name}.",
        "DependsOn nothing"
            + "|- CreateTaskMethod"
            + "|- CreateTasksMethod"
            + "|Template format error: Unresolved resource dependencies [CreateTasksMethod] in the"
            + " Resources block of the template",
      })
  void wrongTemplate_isRefused_withTheLine(String what, String right, String wrong, String message)
      throws IOException {
    String template = edited(right, wrong);

    String refusal = refusal(template);

    assertThat(refusal).contains(message).contains("template.yaml:" + line(template, wrong));
  }

  @Test
  void circle_isRefused_withAllItsMembers() throws IOException {
    // the table waits for the function, the function for the role, the role for the table
    String template =
        edited(
            "  TasksTable:\n    Type:",
            "  TasksTable:\n    DependsOn: CreateTaskFunction\n    Type:");

    assertThat(refusal(template))
        .contains("Circular dependency between resources: [CreateTaskRole, CreateTaskFunction,")
        .contains("template.yaml:" + line(template, "  CreateTaskRole:"));
  }

  @Test
  void keyThatIsNoDeclaredAttribute_isRefusedByDynamoDb_andNothingStays() throws IOException {
    String wrong = "- AttributeName: id\n          AttributeType: S";
    String template = edited("- AttributeName: taskId\n          AttributeType: S", wrong);

    assertThat(refusal(template))
        .contains("One or more parameter values were invalid: ")
        .contains("userId", "taskId", "AttributeDefinitions")
        .contains("template.yaml:" + line(template, "  TasksTable:"));
    try (CloudFormationClient client = client(CloudFormationClient.builder())) {
      assertThat(
              client
                  .describeStackResources(request -> request.stackName("refused"))
                  .stackResources())
          .isNotEmpty()
          .allSatisfy(
              resource ->
                  assertThat(resource.resourceStatusAsString())
                      .as(resource.logicalResourceId())
                      .isIn("DELETE_COMPLETE", "CREATE_FAILED"));
    }
  }

  @Test
  void missingCapability_isRefused() throws IOException {
    String template = Files.readString(TEMPLATE);
    try (CloudFormationClient client = client(CloudFormationClient.builder())) {
      assertThatExceptionOfType(InsufficientCapabilitiesException.class)
          .isThrownBy(
              () -> client.createStack(r -> r.stackName("incapable").templateBody(template)))
          .withMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
      String named =
          edited(
              "CreateTaskRole:\n    Type: AWS::IAM::Role\n    Properties:\n",
              "CreateTaskRole:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: mine\n");
      assertThatExceptionOfType(InsufficientCapabilitiesException.class)
          .isThrownBy(
              () ->
                  client.createStack(
                      r ->
                          r.stackName("incapable")
                              .templateBody(named)
                              .capabilities(Capability.CAPABILITY_IAM)))
          .withMessageContaining("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    }
  }

  @Test
  void roleWithoutPutItem_is502_andTheLogSaysWhatWasDenied() throws IOException {
    LocalCloud.DeployedStack other =
        deploy("denied", edited("Action: dynamodb:PutItem", "Action: dynamodb:GetItem"));
    String token = token(other.outputs());

    HttpResponse<String> answer =
        post(cloud.names().toLocal(other.outputs().getOrDefault("ApiUrl", "")), token);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    // the page can read it: the template's gateway responses have the header
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(log("denied-CreateTaskLogs"))
        .containsPattern(
            "User: arn:aws:sts::000000000000:assumed-role/denied-CreateTaskRole-\\w+"
                + "/denied-CreateTaskFunction-\\w+ is not authorized to perform: dynamodb:PutItem"
                + " on resource: arn:aws:dynamodb:us-east-1:000000000000:table/denied-TasksTable-"
                + "\\w+ because no identity-based policy allows the dynamodb:PutItem action"
                + " \\(Service: DynamoDb, Status Code: 400, Request ID: ");

    // a genuine token, but of a pool that is none of this API's business
    assertThat(app.call("GET", "/tasks", token, null).statusCode()).isEqualTo(401);
    assertThat(app.call("GET", "/tasks", token, null).body())
        .isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(cloud.delete("denied")).isEmpty();
  }

  /** Returns the template with the first {@code right} replaced. */
  private static String edited(String right, String wrong) throws IOException {
    String template = Files.readString(TEMPLATE);
    int at = template.indexOf(right);
    assertThat(at).as("template.yaml has no longer: " + right).isNotNegative();
    return template.substring(0, at) + wrong + template.substring(at + right.length());
  }

  private static long line(String template, String text) {
    return 1 + template.substring(0, template.indexOf(text)).chars().filter(c -> c == '\n').count();
  }

  private String refusal(String template) {
    DeploymentFailedException[] refused = new DeploymentFailedException[1];
    assertThatExceptionOfType(DeploymentFailedException.class)
        .isThrownBy(() -> deploy("refused", template))
        .satisfies(e -> refused[0] = e);
    return String.valueOf(refused[0].getMessage());
  }

  private LocalCloud.DeployedStack deploy(String stack, String template) throws IOException {
    Path jar = Path.of("target/cloudtask.jar").toAbsolutePath();
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, template.replace("target/cloudtask.jar", jar.toString()));
    return cloud.deploy(file, stack);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      C client(B builder) {
    return builder
        .endpointOverride(cloud.endpoint())
        .region(Region.of(cloud.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** Returns an id token of a new user of a stack's pool. */
  private String token(Map<String, String> outputs) {
    String clientId = outputs.getOrDefault("UserPoolClientId", "");
    String email = app.newAddress();
    try (CognitoIdentityProviderClient cognito = client(CognitoIdentityProviderClient.builder())) {
      cognito.signUp(r -> r.clientId(clientId).username(email).password(PASSWORD));
      cognito.adminConfirmSignUp(
          r -> r.userPoolId(outputs.getOrDefault("UserPoolId", "")).username(email));
      return cognito
          .initiateAuth(
              r ->
                  r.clientId(clientId)
                      .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                      .authParameters(Map.of("USERNAME", email, "PASSWORD", PASSWORD)))
          .authenticationResult()
          .idToken();
    }
  }

  private HttpResponse<String> post(String apiUrl, String token) {
    return app.send(
        HttpRequest.newBuilder(URI.create(apiUrl + "/tasks"))
            .header("Authorization", token)
            .POST(BodyPublishers.ofString("{\"title\":\"Not to be\"}"))
            .build());
  }

  /** Waits for a function's log, which arrives a moment after its answer. */
  private String log(String groupPrefix) {
    try (CloudWatchLogsClient logs = client(CloudWatchLogsClient.builder())) {
      String group =
          logs.describeLogGroups(r -> r.logGroupNamePrefix(groupPrefix))
              .logGroups()
              .get(0)
              .logGroupName();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
      while (true) {
        StringBuilder text = new StringBuilder();
        logs.filterLogEvents(r -> r.logGroupName(group))
            .events()
            .forEach(event -> text.append(event.message()));
        if (text.indexOf("REPORT") >= 0 || Instant.now().isAfter(deadline)) {
          return text.toString();
        }
      }
    }
  }
}
