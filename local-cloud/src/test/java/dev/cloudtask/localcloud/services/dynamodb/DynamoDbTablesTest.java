package dev.cloudtask.localcloud.services.dynamodb;

import static dev.cloudtask.localcloud.services.dynamodb.DynamoDbItemsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class DynamoDbTablesTest {
  private static TestCloud cloud;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
    dynamo = cloud.client(DynamoDbClient.builder());
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static TableDescription describe(String table) {
    return dynamo.describeTable(r -> r.tableName(table)).table();
  }

  @Test
  @Fact("DDB-015")
  @DisplayName("on demand: a billing summary and 0 units; provisioned: no summary")
  void create_billing() {
    Tables.create(dynamo, "demand", "id", null);
    TableDescription demand = describe("demand");
    assertThat(demand.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(demand.provisionedThroughput().readCapacityUnits()).isZero();
    assertThat(demand.provisionedThroughput().writeCapacityUnits()).isZero();
    assertThat(demand.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/demand");
    TableDescription created =
        dynamo
            .createTable(
                r ->
                    r.tableName("provisioned")
                        .attributeDefinitions(Tables.type("id", ScalarAttributeType.S))
                        .keySchema(Tables.key("id", KeyType.HASH))
                        .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(6L)))
            .tableDescription();
    assertThat(created.tableStatus()).isEqualTo(TableStatus.CREATING);
    TableDescription provisioned = describe("provisioned");
    assertThat(provisioned.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(provisioned.billingModeSummary()).isNull();
    assertThat(provisioned.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
  }

  @Test
  @Fact("DDB-009")
  @DisplayName("table names that differ in letter case are different tables")
  void create_letterCase() {
    Tables.create(dynamo, "Authors", "id", null);
    Tables.create(dynamo, "authors", "id", null);
    dynamo.putItem(r -> r.tableName("Authors").item(Map.of("id", AttributeValue.fromS("le guin"))));
    assertThat(dynamo.scan(r -> r.tableName("authors")).count()).isZero();
    assertThat(dynamo.scan(r -> r.tableName("Authors")).count()).isEqualTo(1);
  }

  private static void createRefused(Consumer<CreateTableRequest.Builder> request, String message) {
    refused(
        () ->
            dynamo.createTable(
                r -> {
                  r.tableName("refused").billingMode(BillingMode.PAY_PER_REQUEST);
                  request.accept(r);
                }),
        message);
  }

  @Test
  @DisplayName("keys and definitions that do not fit are refused in DynamoDB's words")
  void create_refused() {
    var hash = Tables.key("a", KeyType.HASH);
    var typeA = Tables.type("a", ScalarAttributeType.S);
    var typeB = Tables.type("b", ScalarAttributeType.S);
    createRefused(
        r -> r.keySchema(hash).attributeDefinitions(typeB),
        "One or more parameter values were invalid: Some index key attributes are not defined in"
            + " AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]");
    createRefused(
        r -> r.keySchema(hash).attributeDefinitions(typeA, typeB),
        "One or more parameter values were invalid: Number of attributes in KeySchema does not"
            + " exactly match number of attributes defined in AttributeDefinitions");
    createRefused(
        r -> r.keySchema(Tables.key("a", KeyType.RANGE)).attributeDefinitions(typeA),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    createRefused(
        r -> r.keySchema(hash, Tables.key("b", KeyType.HASH)).attributeDefinitions(typeA, typeB),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    createRefused(
        r -> r.keySchema(hash, Tables.key("a", KeyType.RANGE)).attributeDefinitions(typeA, typeB),
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    createRefused(
        r ->
            r.keySchema(hash)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("a")
                        .attributeType("STRING")
                        .build()),
        "1 validation error detected: Value 'STRING' at"
            + " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [B, N, S]");
    createRefused(
        r ->
            r.keySchema(hash)
                .attributeDefinitions(typeA)
                .provisionedThroughput(p -> p.readCapacityUnits(1L).writeCapacityUnits(1L)),
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor"
            + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    createRefused(
        r -> r.keySchema(hash).attributeDefinitions(typeA).billingMode(BillingMode.PROVISIONED),
        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must"
            + " both be specified when BillingMode is PROVISIONED");
    createRefused(
        r -> r.tableName("ab").keySchema(hash).attributeDefinitions(typeA),
        "TableName must be at least 3 characters long and at most 255 characters long");
    Tables.create(dynamo, "twice", "id", null);
    assertThatThrownBy(() -> Tables.create(dynamo, "twice", "id", null))
        .isInstanceOfSatisfying(
            ResourceInUseException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo("Table already exists: twice"));
  }

  @Test
  @Fact("DDB-010")
  @DisplayName("provisioned throughput is taken, shown and not enforced, however often it changes")
  void throughput_isNotEnforced() {
    dynamo.createTable(
        r ->
            r.tableName("narrow")
                .attributeDefinitions(Tables.type("id", ScalarAttributeType.S))
                .keySchema(Tables.key("id", KeyType.HASH))
                .provisionedThroughput(p -> p.readCapacityUnits(1L).writeCapacityUnits(1L)));
    // No retries hide a refusal: 400 units in a moment are far more than one a second allows.
    DynamoDbClient once =
        cloud.client(
            DynamoDbClient.builder()
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry())));
    AttributeValue large = AttributeValue.fromS("x".repeat(19 * 1024));
    for (int i = 0; i < 20; i++) {
      AttributeValue id = AttributeValue.fromS("item" + i);
      once.putItem(r -> r.tableName("narrow").item(Map.of("id", id, "text", large)));
    }
    assertThat(once.scan(r -> r.tableName("narrow")).count()).isEqualTo(20);
    for (long units = 40; units > 2; units--) {
      long wanted = units;
      TableDescription changed =
          once.updateTable(
                  r ->
                      r.tableName("narrow")
                          .provisionedThroughput(
                              p -> p.readCapacityUnits(wanted).writeCapacityUnits(wanted)))
              .tableDescription();
      assertThat(changed.tableName()).isEqualTo("narrow");
      assertThat(describe("narrow").provisionedThroughput().writeCapacityUnits()).isEqualTo(wanted);
    }
  }

  @Test
  @DisplayName("a global index is added to a table, filled from its items, and taken away")
  void update_index() {
    Tables.create(dynamo, "growing", "id", null);
    dynamo.putItem(
        r ->
            r.tableName("growing")
                .item(Map.of("id", AttributeValue.fromS("1"), "k", AttributeValue.fromS("x"))));
    dynamo.putItem(
        r ->
            r.tableName("growing")
                .item(Map.of("id", AttributeValue.fromS("2"), "k", AttributeValue.fromN("7"))));
    dynamo.updateTable(
        r ->
            r.tableName("growing")
                .attributeDefinitions(Tables.type("k", ScalarAttributeType.S))
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(
                            c ->
                                c.indexName("byK")
                                    .keySchema(Tables.key("k", KeyType.HASH))
                                    .projection(p -> p.projectionType(ProjectionType.ALL)))
                        .build()));
    assertThat(dynamo.scan(r -> r.tableName("growing").indexName("byK")).count()).isEqualTo(1);
    refused(
        () ->
            dynamo.putItem(
                r ->
                    r.tableName("growing")
                        .item(
                            Map.of(
                                "id", AttributeValue.fromS("3"), "k", AttributeValue.fromN("7")))),
        "One or more parameter values were invalid: Type mismatch for Index Key k Expected: S"
            + " Actual: N IndexName: byK");
    dynamo.updateTable(
        r ->
            r.tableName("growing")
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName("byK")).build()));
    assertThat(describe("growing").hasGlobalSecondaryIndexes()).isFalse();
    assertThat(describe("growing").attributeDefinitions()).hasSize(1);
  }

  @Test
  @DisplayName("settings are kept and shown")
  void settings() {
    Tables.create(dynamo, "settings", "id", null);
    dynamo.updateTimeToLive(
        r ->
            r.tableName("settings")
                .timeToLiveSpecification(t -> t.attributeName("ttl").enabled(true)));
    assertThat(dynamo.describeTimeToLive(r -> r.tableName("settings")).timeToLiveDescription())
        .satisfies(
            ttl -> {
              assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
              assertThat(ttl.attributeName()).isEqualTo("ttl");
            });
    refused(
        () ->
            dynamo.updateTimeToLive(
                r ->
                    r.tableName("settings")
                        .timeToLiveSpecification(t -> t.attributeName("ttl").enabled(true))),
        "TimeToLive is already enabled");
    assertThat(recovery("settings").pointInTimeRecoveryDescription().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    dynamo.updateContinuousBackups(
        r ->
            r.tableName("settings")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    assertThat(recovery("settings").pointInTimeRecoveryDescription())
        .satisfies(
            p -> {
              assertThat(p.pointInTimeRecoveryStatus())
                  .isEqualTo(PointInTimeRecoveryStatus.ENABLED);
              assertThat(p.recoveryPeriodInDays()).isEqualTo(35);
            });
    dynamo.updateTable(
        r ->
            r.tableName("settings")
                .deletionProtectionEnabled(true)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    assertThat(describe("settings").latestStreamArn())
        .startsWith(describe("settings").tableArn() + "/stream/");
    refused(
        () -> dynamo.deleteTable(r -> r.tableName("settings")),
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion"
            + " protection first.");
    String arn = describe("settings").tableArn();
    dynamo.tagResource(r -> r.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
    dynamo.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertThat(dynamo.listTagsOfResource(r -> r.resourceArn(arn)).tags())
        .isEqualTo(List.of(tag("b", "2")));
  }

  private static ContinuousBackupsDescription recovery(String table) {
    return dynamo.describeContinuousBackups(r -> r.tableName(table)).continuousBackupsDescription();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  @DisplayName("a deleted table is gone with its items")
  void delete() {
    Tables.create(dynamo, "gone", "id", null);
    dynamo.putItem(r -> r.tableName("gone").item(Map.of("id", AttributeValue.fromS("1"))));
    dynamo.deleteTable(r -> r.tableName("gone"));
    dynamo.waiter().waitUntilTableNotExists(r -> r.tableName("gone"));
    assertThatThrownBy(() -> describe("gone"))
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo("Requested resource not found: Table: gone not found"));
    Tables.create(dynamo, "gone", "id", null);
    assertThat(dynamo.scan(r -> r.tableName("gone")).count()).isZero();
  }

  @Test
  @DisplayName("tables are listed in order, page by page")
  void list() {
    for (String name : List.of("list-c", "list-a", "list-b")) {
      Tables.create(dynamo, name, "id", null);
    }
    var first = dynamo.listTables(r -> r.exclusiveStartTableName("list-").limit(2));
    assertThat(first.tableNames()).containsExactly("list-a", "list-b");
    assertThat(first.lastEvaluatedTableName()).isEqualTo("list-b");
  }

  @Test
  @DisplayName("what is not emulated is refused by name")
  void notEmulated() {
    assertThatThrownBy(() -> dynamo.executeStatement(r -> r.statement("SELECT * FROM \"x\"")))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .contains("ExecuteStatement", "not emulated", "Query"));
    Tables.create(dynamo, "legacy", "id", null);
    assertThatThrownBy(
            () ->
                dynamo.getItem(
                    r ->
                        r.tableName("legacy")
                            .key(Map.of("id", AttributeValue.fromS("x")))
                            .attributesToGet("id")))
        .hasMessageContaining("AttributesToGet")
        .hasMessageContaining("ProjectionExpression");
  }
}
