package dev.cloudtask.localcloud.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.functions.Echo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** A small project, started and stopped in every way there is. */
class ProjectMainTest {
  private static final String TEMPLATE =
      """
      Resources:
        Site:
          Type: AWS::S3::Bucket
          Properties:
            WebsiteConfiguration: {IndexDocument: index.html}
            PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}
        SitePolicy:
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Site
            PolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Site.Arn}/*"}
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
        Echo:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: echo
            Runtime: java21
            Handler: dev.cloudtask.functions.Echo
            Role: !GetAtt Role.Arn
            Timeout: 20
            Code: code
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
      Outputs:
        WebsiteUrl: {Value: !GetAtt Site.WebsiteURL}
        WebsiteBucketName: {Value: !Ref Site}
        TableName: {Value: !Ref Table}
      """;

  @TempDir Path temp;
  private Path folder = Path.of("");
  private final List<RunningProject> started = new ArrayList<>();

  @BeforeEach
  void writeProject() throws IOException {
    folder = temp.resolve("my Übung");
    Files.createDirectories(folder.resolve("website"));
    Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
    Files.writeString(folder.resolve("website").resolve("index.html"), "<h1>Hello</h1>");
    String echo = Echo.class.getName().replace('.', '/') + ".class";
    Path code = folder.resolve("code").resolve(echo);
    Files.createDirectories(Objects.requireNonNull(code.getParent()));
    try (InputStream in = Echo.class.getClassLoader().getResourceAsStream(echo)) {
      Files.write(code, Objects.requireNonNull(in).readAllBytes());
    }
  }

  @AfterEach
  void endAll() {
    started.forEach(RunningProject::close);
  }

  private RunningProject start(String... arguments) throws IOException {
    RunningProject project = RunningProject.start(folder, arguments);
    started.add(project);
    return project;
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "signals by kill, and sockets from /proc")
  void everyWayToEnd_keepsTheState_andLeavesNoProcess() throws Exception {
    RunningProject first = start("--port=0");
    JsonObject facts = first.facts();
    assertThat(facts.keySet())
        .contains(
            "endpoint",
            "stackName",
            "websiteUrl",
            "cloudFrontUrl",
            "apiUrl",
            "userPoolId",
            "userPoolClientId",
            "tableName",
            "inboxUrl",
            "pid",
            "timings");
    assertThat(get(facts.get("websiteUrl").getAsString())).isEqualTo("<h1>Hello</h1>");
    String table = facts.get("tableName").getAsString();
    put(first, table, "kept");
    invoke(first);
    assertThat(OpenSockets.of(first.processes()))
        .isNotEmpty()
        .allMatch(OpenSockets::isLoopback, "is a loopback address");
    assertThat(first.signal("INT")).isEqualTo(130);
    assertThat(first.childrenGone()).isPositive();
    assertThat(first.hasRunFile()).isFalse();
    assertThat(first.output()).contains("CloudTask has stopped.").doesNotContain("\tat ");

    RunningProject second = start("--port=0");
    assertThat(get(second.facts().get("websiteUrl").getAsString())).isEqualTo("<h1>Hello</h1>");
    assertThat(has(second, table, "kept")).isTrue();
    put(second, table, "too");
    invoke(second);
    assertThat(second.signal("KILL")).isEqualTo(137);
    assertThat(second.childrenGone()).isPositive();

    RunningProject third = start("--port=0", "--tls");
    assertThat(Path.of(third.facts().get("caFile").getAsString()))
        .startsWith(folder)
        .content()
        .startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(OpenSockets.of(third.processes())).allMatch(OpenSockets::isLoopback);
    assertThat(has(third, table, "too")).isTrue();
    assertThat(third.output()).contains("is there, unchanged");
    invoke(third);
    assertThat(third.signal("TERM")).isEqualTo(143);
    assertThat(third.childrenGone()).isPositive();
    assertThat(third.hasRunFile()).isFalse();

    RunningProject fourth = start("--port=0", "--fresh");
    String newTable = fourth.facts().get("tableName").getAsString();
    assertThat(has(fourth, newTable, "kept")).isFalse();
    invoke(fourth);
    assertThat(fourth.closeInput()).isZero();
    assertThat(fourth.childrenGone()).isPositive();
    assertThat(fourth.hasRunFile()).isFalse();
  }

  @Test
  void portThatIsTaken_isRefusedInWords() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunningProject project = start("--port=" + taken.getLocalPort());
      assertThat(project.awaitEnd()).isEqualTo(1);
      assertThat(project.output())
          .contains(Integer.toString(taken.getLocalPort()), "\"-Dport=…\"")
          .doesNotContain("\tat ");
      assertThat(project.hasRunFile()).isFalse();
    }
  }

  @Test
  void wrongTemplate_isRefusedInWords_withItsLine() throws Exception {
    Files.writeString(
        folder.resolve("template.yaml"), TEMPLATE.replace("Runtime: java21", "Runtimes: java21"));
    RunningProject project = start("--port=0");
    assertThat(project.awaitEnd()).isEqualTo(1);
    assertThat(project.output()).contains("Runtimes", "template.yaml:").doesNotContain("\tat ");
    assertThat(project.hasRunFile()).isFalse();
  }

  @Test
  void stateThatIsDamaged_isRefusedInWords() throws Exception {
    Path state = folder.resolve(".cloudtask").resolve("state");
    Files.createDirectories(state);
    Files.writeString(state.resolve("state.db"), "no state file at all ".repeat(1_000));
    RunningProject project = start("--port=0");
    assertThat(project.awaitEnd()).isEqualTo(1);
    assertThat(project.output())
        .contains("state.db", "cannot be read", "\"-Dfresh\"")
        .doesNotContain("\tat ");
  }

  @Test
  void secondStartOnTheSameFolder_isRefusedInWords() throws Exception {
    RunningProject first = start("--port=0");
    first.facts();
    RunningProject second = start("--port=0");
    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.output()).contains("is in use").doesNotContain("\tat ");
    assertThat(first.hasRunFile()).isTrue();
    assertThat(first.closeInput()).isZero();
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static DynamoDbClient dynamo(RunningProject project) throws Exception {
    return DynamoDbClient.builder()
        .endpointOverride(project.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static void put(RunningProject project, String table, String id) throws Exception {
    try (DynamoDbClient dynamo = dynamo(project)) {
      Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS(id));
      dynamo.putItem(r -> r.tableName(table).item(item));
    }
  }

  private static boolean has(RunningProject project, String table, String id) throws Exception {
    try (DynamoDbClient dynamo = dynamo(project)) {
      Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS(id));
      return dynamo.getItem(r -> r.tableName(table).key(key)).hasItem();
    }
  }

  private static void invoke(RunningProject project) throws Exception {
    try (LambdaClient lambda =
        LambdaClient.builder()
            .endpointOverride(project.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      assertThat(
              lambda
                  .invoke(r -> r.functionName("echo").payload(SdkBytes.fromUtf8String("[1]")))
                  .payload()
                  .asUtf8String())
          .isEqualTo("[1]");
    }
  }
}
