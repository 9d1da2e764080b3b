package dev.cloudtask.localcloud.services.dynamodb;

import static dev.cloudtask.localcloud.services.dynamodb.DynamoDbItemsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.MvStateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoDbManyItemsTest {
  private static TestCloud cloud;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
    dynamo = cloud.client(DynamoDbClient.builder());
    Tables.create(dynamo, "one", "id", null);
    Tables.create(dynamo, "two", "id", null);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> item(String id, String value) {
    return Map.of("id", AttributeValue.fromS(id), "v", AttributeValue.fromN(value));
  }

  private static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(p -> p.tableName(table).item(item)).build();
  }

  private static boolean exists(String table, String id) {
    return dynamo.getItem(r -> r.tableName(table).key(item(id))).hasItem();
  }

  @Test
  @DisplayName("a batch writes and reads several tables")
  void batch_roundTrip() {
    dynamo.putItem(r -> r.tableName("one").item(item("b-old")));
    assertThat(
            dynamo
                .batchWriteItem(
                    r ->
                        r.requestItems(
                            Map.of(
                                "one",
                                List.of(Tables.put(item("b1", "1")), Tables.delete(item("b-old"))),
                                "two",
                                List.of(Tables.put(item("b2", "2"))))))
                .unprocessedItems())
        .isEmpty();
    BatchGetItemResponse got =
        dynamo.batchGetItem(
            r ->
                r.requestItems(
                        Map.of(
                            "one",
                            KeysAndAttributes.builder()
                                .keys(List.of(item("b1"), item("b-old")))
                                .build(),
                            "two",
                            KeysAndAttributes.builder()
                                .keys(List.of(item("b2")))
                                .projectionExpression("v")
                                .build()))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(got.responses().get("one")).isEqualTo(List.of(item("b1", "1")));
    assertThat(got.responses().get("two"))
        .isEqualTo(List.of(Map.of("v", AttributeValue.fromN("2"))));
    assertThat(got.unprocessedKeys()).isEmpty();
    assertThat(got.consumedCapacity().stream().mapToDouble(c -> c.capacityUnits()).sum())
        .isEqualTo(1.5);
  }

  @Test
  @DisplayName("a batch with duplicates or too many items is refused whole")
  void batch_refused() {
    refused(
        () ->
            dynamo.batchWriteItem(
                r ->
                    r.requestItems(
                        Map.of(
                            "one", List.of(Tables.put(item("dup")), Tables.delete(item("dup")))))),
        "Provided list of item keys contains duplicates");
    List<WriteRequest> writes = new ArrayList<>();
    IntStream.range(0, 26).forEach(i -> writes.add(Tables.put(item("many" + i))));
    refused(
        () -> dynamo.batchWriteItem(r -> r.requestItems(Map.of("one", writes))),
        "Too many items requested for the BatchWriteItem call");
    assertThat(exists("one", "many0")).isFalse();
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 101).mapToObj(i -> item("k" + i)).toList();
    refused(
        () ->
            dynamo.batchGetItem(
                r -> r.requestItems(Map.of("one", KeysAndAttributes.builder().keys(keys).build()))),
        "Too many items requested for the BatchGetItem call");
  }

  @Test
  @DisplayName("BatchGetItem answers at most 16 MB and hands back the rest")
  void batch_sixteenMegabytes() {
    AttributeValue body = AttributeValue.fromS("x".repeat(390 * 1024));
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      Map<String, AttributeValue> key = item("heavy" + i);
      keys.add(key);
      Map<String, AttributeValue> whole = new java.util.HashMap<>(key);
      whole.put("body", body);
      dynamo.putItem(r -> r.tableName("two").item(whole));
    }
    BatchGetItemResponse got =
        dynamo.batchGetItem(
            r -> r.requestItems(Map.of("two", KeysAndAttributes.builder().keys(keys).build())));
    assertThat(got.responses().values().iterator().next()).hasSize(42);
    assertThat(got.unprocessedKeys().values().iterator().next().keys()).hasSize(3);
  }

  @Test
  @DisplayName("a transaction happens whole")
  void transact_allOrNothing() {
    dynamo.transactWriteItems(
        r -> r.transactItems(put("one", item("t1", "1")), put("two", item("t2", "1"))));
    assertThatThrownBy(
            () ->
                dynamo.transactWriteItems(
                    r ->
                        r.transactItems(
                            put("one", item("t3", "1")),
                            TransactWriteItem.builder()
                                .conditionCheck(
                                    c ->
                                        c.tableName("two")
                                            .key(item("t2"))
                                            .conditionExpression("v > :v")
                                            .expressionAttributeValues(
                                                Map.of(":v", AttributeValue.fromN("1")))
                                            .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                                .build(),
                            TransactWriteItem.builder()
                                .delete(d -> d.tableName("one").key(item("t1")))
                                .build())))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "Transaction cancelled, please refer cancellation reasons for specific"
                          + " reasons [None, ConditionalCheckFailed, None]");
              assertThat(e.cancellationReasons().get(1).message())
                  .isEqualTo("The conditional request failed");
              assertThat(e.cancellationReasons().get(1).item()).isEqualTo(item("t2", "1"));
              assertThat(e.cancellationReasons().get(0).code()).isEqualTo("None");
            });
    assertThat(exists("one", "t3")).isFalse();
    assertThat(exists("one", "t1")).isTrue();
    refused(
        () ->
            dynamo.transactWriteItems(
                r ->
                    r.transactItems(
                        put("one", item("t4")),
                        TransactWriteItem.builder()
                            .delete(d -> d.tableName("one").key(item("t4")))
                            .build())),
        "Transaction request cannot include multiple operations on one item");
  }

  @Test
  @DisplayName("the same token does the same transaction once, and no other")
  void transact_token() {
    TransactWriteItem count =
        TransactWriteItem.builder()
            .update(
                u ->
                    u.tableName("one")
                        .key(item("counter"))
                        .updateExpression("ADD v :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))
            .build();
    for (int i = 0; i < 3; i++) {
      dynamo.transactWriteItems(r -> r.clientRequestToken("token-1").transactItems(count));
    }
    assertThat(dynamo.getItem(r -> r.tableName("one").key(item("counter"))).item())
        .isEqualTo(item("counter", "1"));
    assertThatThrownBy(
            () ->
                dynamo.transactWriteItems(
                    r -> r.clientRequestToken("token-1").transactItems(put("one", item("other")))))
        .isInstanceOf(IdempotentParameterMismatchException.class);
  }

  @Test
  @DisplayName("a token is forgotten after ten minutes, and takes no room from then on")
  void transact_tokenForgotten() {
    MvStateStore store = MvStateStore.inMemory();
    RequestTokens tokens = new RequestTokens(store);
    Instant start = Instant.parse("2026-11-22T12:00:00Z");
    JsonObject payload = new JsonObject();
    assertThat(repeats(store, tokens, "t", payload, start)).isFalse();
    assertThat(repeats(store, tokens, "t", payload, start.plusSeconds(599))).isTrue();
    assertThat(repeats(store, tokens, "t", payload, start.plusSeconds(601))).isFalse();
    for (int i = 0; i < 50; i++) {
      repeats(store, tokens, "t" + i, payload, start.plusSeconds(602));
    }
    repeats(store, tokens, "last", payload, start.plusSeconds(5000));
    repeats(store, tokens, "last", payload, start.plusSeconds(5000));
    repeats(store, tokens, "last", payload, start.plusSeconds(5000));
    repeats(store, tokens, "last", payload, start.plusSeconds(5000));
    assertThat(store.map("dynamodb/tokens-by-time", Codec.TEXT).size()).isEqualTo(1);
  }

  private static boolean repeats(
      MvStateStore store, RequestTokens tokens, String token, JsonObject payload, Instant at) {
    return store.write(() -> tokens.repeats(token, payload, at));
  }

  @Test
  @DisplayName("TransactGetItems reads several items, and pays twice")
  void transactGet() {
    dynamo.putItem(r -> r.tableName("one").item(item("g1", "1")));
    var response =
        dynamo.transactGetItems(
            r ->
                r.transactItems(
                        TransactGetItem.builder()
                            .get(g -> g.tableName("one").key(item("g1")))
                            .build(),
                        TransactGetItem.builder()
                            .get(g -> g.tableName("two").key(item("nothing")))
                            .build())
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(response.responses().get(0).item()).isEqualTo(item("g1", "1"));
    assertThat(response.responses().get(1).hasItem()).isFalse();
    assertThat(response.consumedCapacity())
        .allSatisfy(
            c -> {
              assertThat(c.capacityUnits()).isEqualTo(2.0);
              assertThat(c.readCapacityUnits()).isEqualTo(2.0);
            });
  }

  @Test
  @Fact("DDB-012")
  @DisplayName("item collection metrics are given for tables with local indexes, never as nulls")
  void itemCollectionMetrics() {
    dynamo.createTable(
        r ->
            r.tableName("collections")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    Tables.type("a", ScalarAttributeType.S),
                    Tables.type("b", ScalarAttributeType.S),
                    Tables.type("c", ScalarAttributeType.S))
                .keySchema(Tables.key("a", KeyType.HASH), Tables.key("b", KeyType.RANGE))
                .localSecondaryIndexes(
                    LocalSecondaryIndex.builder()
                        .indexName("local")
                        .keySchema(Tables.key("a", KeyType.HASH), Tables.key("c", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build()));
    ItemCollectionMetrics metrics =
        dynamo
            .putItem(
                r ->
                    r.tableName("collections")
                        .item(
                            Map.of(
                                "a", AttributeValue.fromS("x"),
                                "b", AttributeValue.fromS("y"),
                                "c", AttributeValue.fromS("z")))
                        .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE))
            .itemCollectionMetrics();
    assertThat(metrics.itemCollectionKey()).isEqualTo(Map.of("a", AttributeValue.fromS("x")));
    assertThat(metrics.sizeEstimateRangeGB()).containsExactly(0.0, 1.0);
  }
}
