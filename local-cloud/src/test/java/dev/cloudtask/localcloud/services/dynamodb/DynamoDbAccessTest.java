package dev.cloudtask.localcloud.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

class DynamoDbAccessTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/tasks";
  private static TestCloud cloud;
  private static DynamoDbClient root;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
    root = cloud.client(DynamoDbClient.builder());
    Tables.create(root, "tasks", "userId", null);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  /** A client of a role that may do just this. */
  private static DynamoDbClient role(String name, String statement) {
    IamClient iam = cloud.client(IamClient.builder());
    String arn =
        iam.createRole(
                r ->
                    r.roleName(name)
                        .assumeRolePolicyDocument(
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:root\"},"
                                + "\"Action\":\"sts:AssumeRole\"}]}"))
            .role()
            .arn();
    iam.putRolePolicy(
        r ->
            r.roleName(name)
                .policyName("p")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}"));
    Credentials credentials =
        cloud
            .client(StsClient.builder(), cloud.newAdministrator())
            .assumeRole(r -> r.roleArn(arn).roleSessionName("CreateTask"))
            .credentials();
    return cloud.client(
        DynamoDbClient.builder(),
        AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
  }

  private static String allow(String action, String resource) {
    return "{\"Effect\":\"Allow\",\"Action\":\"dynamodb:"
        + action
        + "\",\"Resource\":\""
        + resource
        + "\"}";
  }

  private static Map<String, AttributeValue> task(String user) {
    return Map.of("userId", AttributeValue.fromS(user));
  }

  private static void denied(ThrowingCallable call, Consumer<DynamoDbException> more) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              more.accept(e);
            });
  }

  @Test
  @Fact("DDB-001")
  @DisplayName("a missing permission is a 400 with AWS's whole sentence, Message with a capital M")
  void put_denied() {
    DynamoDbClient reader = role("reader", allow("GetItem", TABLE));
    denied(
        () -> reader.putItem(r -> r.tableName("tasks").item(task("u"))),
        e -> {
          assertThat(e.statusCode()).isEqualTo(400);
          JsonObject body =
              JsonParser.parseString(e.awsErrorDetails().rawResponse().asUtf8String())
                  .getAsJsonObject();
          assertThat(body.get("__type").getAsString())
              .isEqualTo("com.amazon.coral.service#AccessDeniedException");
          assertThat(body.get("Message").getAsString())
              .isEqualTo(
                  "User: arn:aws:sts::000000000000:assumed-role/reader/CreateTask is not authorized"
                      + " to perform: dynamodb:PutItem on resource: "
                      + TABLE
                      + " because no identity-based policy allows the dynamodb:PutItem action");
        });
    assertThatCode(() -> reader.getItem(r -> r.tableName("tasks").key(task("u"))))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("whoever may not use a table learns nothing else about the request")
  void put_deniedBeforeInvalid() {
    DynamoDbClient reader = role("nobody", allow("ListTables", "*"));
    denied(
        () -> reader.putItem(r -> r.tableName("tasks").item(task("u")).conditionExpression("a b")),
        e -> {});
    denied(() -> reader.getItem(r -> r.tableName("not-there").key(task("u"))), e -> {});
  }

  @Test
  @DisplayName("a transaction needs the right of each of its actions")
  void transaction_rights() {
    DynamoDbClient writer = role("putter", allow("PutItem", TABLE));
    assertThatCode(
            () ->
                writer.transactWriteItems(
                    r ->
                        r.transactItems(
                            TransactWriteItem.builder()
                                .put(p -> p.tableName("tasks").item(task("t")))
                                .build())))
        .doesNotThrowAnyException();
    denied(
        () ->
            writer.transactWriteItems(
                r ->
                    r.transactItems(
                        TransactWriteItem.builder()
                            .delete(d -> d.tableName("tasks").key(task("t")))
                            .build())),
        e -> assertThat(e).hasMessageContaining("dynamodb:DeleteItem"));
    denied(
        () ->
            writer.batchWriteItem(
                r -> r.requestItems(Map.of("tasks", List.of(Tables.put(task("b")))))),
        e -> assertThat(e).hasMessageContaining("dynamodb:BatchWriteItem"));
  }

  @Test
  @DisplayName("dynamodb:LeadingKeys confines a caller to partitions")
  void leadingKeys() {
    DynamoDbClient own =
        role(
            "own",
            "{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\",\"Resource\":\""
                + TABLE
                + "\",\"Condition\":{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":"
                + "[\"me\"]}}}");
    assertThatCode(() -> own.putItem(r -> r.tableName("tasks").item(task("me"))))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                own.query(
                    r ->
                        r.tableName("tasks")
                            .keyConditionExpression("userId = :u")
                            .expressionAttributeValues(Map.of(":u", AttributeValue.fromS("me")))))
        .doesNotThrowAnyException();
    denied(() -> own.putItem(r -> r.tableName("tasks").item(task("you"))), e -> {});
    denied(
        () ->
            own.query(
                r ->
                    r.tableName("tasks")
                        .keyConditionExpression("userId = :u")
                        .expressionAttributeValues(Map.of(":u", AttributeValue.fromS("you")))),
        e -> {});
  }

  @Test
  @Fact("DDB-014")
  @DisplayName("an access key with other characters is unknown, not malformed")
  void accessKeyText() {
    DynamoDbClient stranger =
        cloud.client(
            DynamoDbClient.builder(), AwsBasicCredentials.create("key-with_signs", "secret"));
    assertThatThrownBy(stranger::listTables)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("The security token included in the request is invalid.");
            });
  }
}
