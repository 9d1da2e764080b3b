package dev.cloudtask.localcloud.services.dynamodb;

import static dev.cloudtask.localcloud.services.dynamodb.DynamoDbItemsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoDbQueryTest {
  private static TestCloud cloud;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
    dynamo = cloud.client(DynamoDbClient.builder());
    dynamo.createTable(
        r ->
            r.tableName("events")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    Tables.type("owner", ScalarAttributeType.S),
                    Tables.type("at", ScalarAttributeType.N),
                    Tables.type("kind", ScalarAttributeType.S),
                    Tables.type("rank", ScalarAttributeType.N))
                .keySchema(Tables.key("owner", KeyType.HASH), Tables.key("at", KeyType.RANGE))
                .localSecondaryIndexes(
                    LocalSecondaryIndex.builder()
                        .indexName("byRank")
                        .keySchema(
                            Tables.key("owner", KeyType.HASH), Tables.key("rank", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("byKind")
                        .keySchema(
                            Tables.key("kind", KeyType.HASH), Tables.key("at", KeyType.RANGE))
                        .projection(
                            p -> p.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("note"))
                        .build()));
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      writes.add(
          Tables.put(
              Map.of(
                  "owner", s("ann"),
                  "at", n(i - 5 + ".5"),
                  "kind", s(i % 2 == 0 ? "even" : "odd"),
                  "rank", n(String.valueOf(100 - i)),
                  "note", s("n" + i),
                  "body", s("b" + i))));
    }
    writes.add(Tables.put(Map.of("owner", s("bob"), "at", n("1"), "note", s("alone"))));
    dynamo.batchWriteItem(r -> r.requestItems(Map.of("events", writes)));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue n(String value) {
    return AttributeValue.fromN(value);
  }

  private static QueryResponse query(
      String condition, Map<String, AttributeValue> values, Consumer<QueryRequest.Builder> more) {
    return dynamo.query(
        r -> {
          r.tableName("events").keyConditionExpression(condition).expressionAttributeValues(values);
          more.accept(r);
        });
  }

  private static List<String> notes(QueryResponse response) {
    return response.items().stream().map(item -> item.getOrDefault("note", s("-")).s()).toList();
  }

  private static final String OF_ANN = "#o = :o";

  private static Consumer<QueryRequest.Builder> named(Consumer<QueryRequest.Builder> more) {
    return r -> {
      r.expressionAttributeNames(Map.of("#o", "owner"));
      more.accept(r);
    };
  }

  private static List<String> range(String demand, String... numbers) {
    Map<String, AttributeValue> values = new java.util.HashMap<>(Map.of(":o", s("ann")));
    for (int i = 0; i < numbers.length; i++) {
      values.put(":" + (char) ('a' + i), n(numbers[i]));
    }
    return dynamo
        .query(
            r ->
                r.tableName("events")
                    .keyConditionExpression(OF_ANN + " AND " + demand)
                    .expressionAttributeNames(Map.of("#o", "owner", "#at", "at"))
                    .expressionAttributeValues(values))
        .items()
        .stream()
        .map(item -> item.getOrDefault("note", s("-")).s())
        .toList();
  }

  @Test
  @DisplayName("a sort key is ordered by value, and every operator takes its part")
  void query_ranges() {
    assertThat(notes(query(OF_ANN, Map.of(":o", s("ann")), named(r -> {}))))
        .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9")
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("equal, less, more, between")
  void query_operators() {
    assertThat(range("#at = :a", "1.5")).containsExactly("n6");
    assertThat(range("#at > :a", "2.5")).containsExactly("n8", "n9");
    assertThat(range("#at >= :a", "2.5")).containsExactly("n7", "n8", "n9");
    assertThat(range(":a < #at", "2.5")).containsExactly("n8", "n9");
    assertThat(range("#at < :a", "-4.5")).containsExactly("n0");
    assertThat(range("#at <= :a", "-4.5")).containsExactly("n0", "n1");
    assertThat(range("#at BETWEEN :a AND :b", "1.5", "3.5")).containsExactly("n6", "n7", "n8");
  }

  @Test
  @DisplayName("backwards, page by page, everything comes once")
  void query_pagesBackwards() {
    List<String> seen = new ArrayList<>();
    Map<String, AttributeValue> startKey = null;
    int pages = 0;
    do {
      Map<String, AttributeValue> from = startKey;
      QueryResponse page =
          query(
              OF_ANN,
              Map.of(":o", s("ann")),
              named(r -> r.limit(3).scanIndexForward(false).exclusiveStartKey(from)));
      seen.addAll(notes(page));
      pages++;
      startKey = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (startKey != null);
    assertThat(pages).isEqualTo(4);
    assertThat(seen).hasSize(10).startsWith("n9", "n8").doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("the limit counts what is read, not what the filter leaves")
  void query_limitBeforeFilter() {
    QueryResponse page =
        query(
            OF_ANN,
            Map.of(":o", s("ann"), ":k", s("odd")),
            named(r -> r.limit(3).filterExpression("kind = :k")));
    assertThat(page.scannedCount()).isEqualTo(3);
    assertThat(page.count()).isEqualTo(page.items().size()).isLessThan(3);
    assertThat(page.hasLastEvaluatedKey()).isTrue();
  }

  @Test
  @DisplayName("COUNT returns no items")
  void query_count() {
    QueryResponse page = query(OF_ANN, Map.of(":o", s("ann")), named(r -> r.select(Select.COUNT)));
    assertThat(page.count()).isEqualTo(10);
    assertThat(page.hasItems()).isFalse();
  }

  @Test
  @DisplayName("a global index has what it projects, and only items with its keys")
  void query_globalIndex() {
    QueryResponse page =
        query(
            "kind = :k",
            Map.of(":k", s("even")),
            r -> r.indexName("byKind").returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    assertThat(page.count()).isEqualTo(5);
    assertThat(page.items().get(0)).containsOnlyKeys("owner", "at", "kind", "note");
    assertThat(page.consumedCapacity().globalSecondaryIndexes().get("byKind"))
        .satisfies(c -> assertThat(c.capacityUnits()).isEqualTo(0.5));
    assertThat(page.consumedCapacity().table().capacityUnits()).isZero();
  }

  @Test
  @DisplayName("a local index fetches from the table what it does not project")
  void query_localIndex() {
    QueryResponse keys =
        query(
            OF_ANN + " AND #r > :r",
            Map.of(":o", s("ann"), ":r", n("97")),
            r ->
                r.indexName("byRank")
                    .expressionAttributeNames(Map.of("#o", "owner", "#r", "rank")));
    assertThat(keys.items().get(0)).containsOnlyKeys("owner", "at", "rank");
    QueryResponse whole =
        query(
            OF_ANN + " AND #r > :r",
            Map.of(":o", s("ann"), ":r", n("97")),
            r ->
                r.indexName("byRank")
                    .select(Select.ALL_ATTRIBUTES)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .expressionAttributeNames(Map.of("#o", "owner", "#r", "rank")));
    assertThat(notes(whole)).containsExactly("n2", "n1", "n0");
    assertThat(whole.consumedCapacity().capacityUnits()).isEqualTo(0.5 + 3 * 0.5);
  }

  @Test
  @DisplayName("an index follows its table: entries move, appear and go")
  void index_follows() {
    Map<String, AttributeValue> key = Map.of("owner", s("cid"), "at", n("1"));
    Map<String, AttributeValue> item = new java.util.HashMap<>(key);
    item.put("kind", s("k1"));
    dynamo.putItem(r -> r.tableName("events").item(item));
    assertThat(kinds("k1")).isEqualTo(1);
    double moved =
        dynamo
            .updateItem(
                r ->
                    r.tableName("events")
                        .key(key)
                        .updateExpression("SET kind = :k")
                        .expressionAttributeValues(Map.of(":k", s("k2")))
                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
            .consumedCapacity()
            .capacityUnits();
    assertThat(moved).isEqualTo(3.0);
    assertThat(kinds("k1")).isZero();
    assertThat(kinds("k2")).isEqualTo(1);
    dynamo.updateItem(r -> r.tableName("events").key(key).updateExpression("REMOVE kind"));
    assertThat(kinds("k2")).isZero();
    dynamo.putItem(r -> r.tableName("events").item(item));
    dynamo.deleteItem(r -> r.tableName("events").key(key));
    assertThat(kinds("k1")).isZero();
  }

  private static int kinds(String kind) {
    return query("kind = :k", Map.of(":k", s(kind)), r -> r.indexName("byKind")).count();
  }

  @Test
  @DisplayName("a key condition that does not fit the key is refused in DynamoDB's words")
  void query_refused() {
    Map<String, AttributeValue> text = Map.of(":o", s("x"));
    refused(
        () -> query("kind = :o", text, r -> {}),
        "Query condition missed key schema element: owner");
    refused(
        () -> query(OF_ANN, Map.of(":o", n("1")), named(r -> {})),
        "One or more parameter values were invalid: Condition parameter type does not match schema"
            + " type");
    refused(() -> query("#o > :o", text, named(r -> {})), "Query key condition not supported");
    refused(
        () -> query("kind = :o", text, r -> r.indexName("byName")),
        "The table does not have the specified index: byName");
    refused(
        () -> query("kind = :o", text, r -> r.indexName("byKind").consistentRead(true)),
        "Consistent reads are not supported on global secondary indexes");
    refused(
        () -> query("kind = :o", text, r -> r.indexName("byKind").select(Select.ALL_ATTRIBUTES)),
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for"
            + " global secondary index byKind because its projection type is not ALL");
    refused(
        () -> query(OF_ANN, text, named(r -> r.filterExpression("#o = :o"))),
        "Filter Expression can only contain non-primary key attributes: Primary key attribute:"
            + " owner");
    refused(
        () -> query(OF_ANN, Map.of(":o", s("")), named(r -> {})),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: owner");
    refused(
        () -> dynamo.query(r -> r.tableName("events")),
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.");
    refused(
        () ->
            query(
                OF_ANN,
                text,
                named(r -> r.exclusiveStartKey(Map.of("owner", s("y"), "at", n("1"))))),
        "The provided starting key is outside query boundaries based on provided conditions");
    refused(
        () -> query(OF_ANN, text, named(r -> r.exclusiveStartKey(Map.of("owner", s("x"))))),
        "The provided starting key is invalid");
  }

  @Test
  @DisplayName("a page ends at 1 MB, with the item that passes it")
  void query_megabyte() {
    Tables.create(dynamo, "big", "id", "n");
    String body = "x".repeat(100 * 1024);
    IntStream.range(0, 25)
        .forEach(
            i ->
                dynamo.putItem(
                    r ->
                        r.tableName("big")
                            .item(
                                Map.of(
                                    "id", s("one"),
                                    "n", s(String.format("%03d", i)),
                                    "body", s(body)))));
    List<Integer> counts = new ArrayList<>();
    dynamo
        .queryPaginator(
            r ->
                r.tableName("big")
                    .keyConditionExpression("id = :i")
                    .expressionAttributeValues(Map.of(":i", s("one"))))
        .forEach(page -> counts.add(page.count()));
    assertThat(counts).containsExactly(11, 11, 3);
  }

  @Test
  @Fact("DDB-013")
  @DisplayName("the 1 MB of an index page counts what the index projects, not whole items")
  void query_megabyteOfIndex() {
    String body = "x".repeat(100 * 1024);
    for (int i = 0; i < 15; i++) {
      int at = i;
      dynamo.putItem(
          r ->
              r.tableName("events")
                  .item(
                      Map.of(
                          "owner", s("heavy"),
                          "at", n(String.valueOf(at)),
                          "kind", s("heavy"),
                          "body", s(body))));
    }
    QueryResponse index = query("kind = :k", Map.of(":k", s("heavy")), r -> r.indexName("byKind"));
    assertThat(index.count()).isEqualTo(15);
    assertThat(index.hasLastEvaluatedKey()).isFalse();
    QueryResponse table = query(OF_ANN, Map.of(":o", s("heavy")), named(r -> {}));
    assertThat(table.count()).isEqualTo(11);
    assertThat(table.hasLastEvaluatedKey()).isTrue();
  }

  @Test
  @Fact("DDB-011")
  @DisplayName("segments of a parallel scan are apart, and together they are the table")
  void scan_parallel() {
    Tables.create(dynamo, "many", "id", null);
    Set<String> all = new HashSet<>();
    for (int batch = 0; batch < 8; batch++) {
      List<WriteRequest> writes = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        String id = "item-" + (batch * 25 + i);
        all.add(id);
        writes.add(Tables.put(Map.of("id", s(id))));
      }
      dynamo.batchWriteItem(r -> r.requestItems(Map.of("many", writes)));
    }
    List<String> found = new ArrayList<>();
    for (int segment = 0; segment < 4; segment++) {
      int of = segment;
      List<String> part = new ArrayList<>();
      for (ScanResponse page :
          dynamo.scanPaginator(r -> r.tableName("many").segment(of).totalSegments(4).limit(7))) {
        page.items().forEach(item -> part.add(item.getOrDefault("id", s("")).s()));
      }
      assertThat(part).hasSizeBetween(20, 80);
      found.addAll(part);
    }
    assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    refused(
        () -> dynamo.scan(r -> r.tableName("many").segment(4).totalSegments(4)),
        "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
            + " Segment: 4 is not less than TotalSegments: 4");
  }
}
