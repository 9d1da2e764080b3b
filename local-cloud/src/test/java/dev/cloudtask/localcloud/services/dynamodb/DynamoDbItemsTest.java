package dev.cloudtask.localcloud.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class DynamoDbItemsTest {
  private static TestCloud cloud;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
    dynamo = cloud.client(DynamoDbClient.builder());
    Tables.create(dynamo, "tasks", "userId", "taskId");
    Tables.create(dynamo, "plain", "id", null);
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

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", s(id));
  }

  private static Map<String, AttributeValue> stored(String id) {
    return dynamo.getItem(r -> r.tableName("plain").key(key(id)).consistentRead(true)).item();
  }

  @Test
  @DisplayName("every type comes back as it went in")
  void put_everyType() {
    Map<String, AttributeValue> item =
        Map.ofEntries(
            Map.entry("id", s("types")),
            Map.entry("s", s("grün 🌱")),
            Map.entry("empty", s("")),
            Map.entry("n", n("123456789012345678.90123456789012345678")),
            Map.entry("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7}))),
            Map.entry("bool", AttributeValue.fromBool(false)),
            Map.entry("nul", AttributeValue.fromNul(true)),
            Map.entry("ss", AttributeValue.fromSs(List.of("b", "a"))),
            Map.entry("ns", AttributeValue.fromNs(List.of("1", "-2.5"))),
            Map.entry("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x")))),
            Map.entry("l", AttributeValue.fromL(List.of(s("x"), n("1")))),
            Map.entry("m", AttributeValue.fromM(Map.of("k", AttributeValue.fromL(List.of())))));
    dynamo.putItem(r -> r.tableName("plain").item(item));
    assertThat(stored("types")).isEqualTo(item);
  }

  @Test
  @DisplayName("numbers lose their zeros and their exponent")
  void put_numbersNormalised() {
    for (String[] pair :
        new String[][] {
          {"1.500", "1.5"},
          {"-0", "0"},
          {"1E3", "1000"},
          {"007", "7"},
          {"1e-3", "0.001"},
          {".5", "0.5"},
          {"+4", "4"}
        }) {
      dynamo.putItem(r -> r.tableName("plain").item(Map.of("id", s("num"), "n", n(pair[0]))));
      assertThat(stored("num")).as(pair[0]).containsEntry("n", n(pair[1]));
    }
  }

  @Test
  @DisplayName("values that DynamoDB refuses are refused in its words")
  void put_invalidValues() {
    refusedValue(
        n("1e126"),
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
    refusedValue(
        n("-1e-131"),
        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    refusedValue(
        n("123456789012345678901234567890123456789"),
        "Attempting to store more than 38 significant digits in a Number");
    refusedValue(n("b"), "The parameter cannot be converted to a numeric value: b");
    refusedValue(n(""), "The parameter cannot be converted to a numeric value");
    refusedValue(
        AttributeValue.fromSs(List.of("a", "a")),
        "One or more parameter values were invalid: Input collection [a, a] contains duplicates.");
    refusedValue(
        AttributeValue.fromNs(List.of("1", "1.0")), "Input collection contains duplicates");
    refusedValue(
        AttributeValue.builder().ss(List.of()).build(),
        "One or more parameter values were invalid: An string set  may not be empty");
    refusedValue(
        AttributeValue.builder().build(),
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    refusedValue(
        AttributeValue.builder().s("a").n("1").build(),
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
    AttributeValue deep = s("leaf");
    for (int i = 0; i < 33; i++) {
      deep = AttributeValue.fromL(List.of(deep));
    }
    refusedValue(deep, "Nesting Levels have exceeded supported limits");
  }

  private static void refusedValue(AttributeValue value, String message) {
    refused(
        () -> dynamo.putItem(r -> r.tableName("plain").item(Map.of("id", s("x"), "v", value))),
        message);
  }

  static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
              assertThat(e.statusCode()).isEqualTo(400);
            });
  }

  @Test
  @DisplayName("keys must be there, of their type, not empty, not too long")
  void put_invalidKeys() {
    refused(
        () -> dynamo.putItem(r -> r.tableName("tasks").item(Map.of("userId", s("u")))),
        "One or more parameter values were invalid: Missing the key taskId in the item");
    refused(
        () -> dynamo.putItem(r -> r.tableName("plain").item(Map.of("id", n("1")))),
        "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N");
    refused(
        () -> dynamo.putItem(r -> r.tableName("plain").item(key(""))),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: id");
    refused(
        () -> dynamo.putItem(r -> r.tableName("plain").item(key("k".repeat(2049)))),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
    refused(
        () ->
            dynamo.putItem(
                r ->
                    r.tableName("tasks")
                        .item(Map.of("userId", s("u"), "taskId", s("ü".repeat(513))))),
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded"
            + " the size limit of 1024 bytes");
  }

  @Test
  @Fact("DDB-006")
  @DisplayName("a key that is not exactly the table's key does not match the schema")
  void get_invalidKeys() {
    String mismatch = "The provided key element does not match the schema";
    refused(
        () -> dynamo.getItem(r -> r.tableName("tasks").key(Map.of("userId", s("u")))), mismatch);
    refused(() -> dynamo.deleteItem(r -> r.tableName("plain").key(Map.of("id", n("1")))), mismatch);
    refused(
        () -> dynamo.updateItem(r -> r.tableName("plain").key(Map.of("id", s("a"), "b", s("b")))),
        mismatch);
    refused(
        () ->
            dynamo.batchWriteItem(
                r ->
                    r.requestItems(
                        Map.of(
                            "tasks",
                            List.of(Tables.put(Map.of("userId", s("u"), "other", s("t"))))))),
        mismatch);
  }

  @Test
  @Fact("DDB-002")
  @DisplayName("a table that is not there is 'Requested resource not found'")
  void missingTable() {
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> dynamo.getItem(r -> r.tableName("nowhere").key(key("a"))),
            () -> dynamo.putItem(r -> r.tableName("nowhere").item(key("a"))),
            () -> dynamo.scan(r -> r.tableName("nowhere")),
            () ->
                dynamo.batchWriteItem(
                    r -> r.requestItems(Map.of("nowhere", List.of(Tables.put(key("a")))))))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              ResourceNotFoundException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorMessage())
                      .isEqualTo("Requested resource not found"));
    }
  }

  @Test
  @DisplayName("an item may weigh 400 KB and no byte more")
  void put_size() {
    int room = 400 * 1024 - "id".length() - "size".length() - "v".length();
    dynamo.putItem(
        r -> r.tableName("plain").item(Map.of("id", s("size"), "v", s("x".repeat(room)))));
    refused(
        () ->
            dynamo.putItem(
                r ->
                    r.tableName("plain")
                        .item(Map.of("id", s("size"), "v", s("x".repeat(room + 1))))),
        "Item size has exceeded the maximum allowed size");
    refused(
        () ->
            dynamo.updateItem(
                r ->
                    r.tableName("plain")
                        .key(key("size"))
                        .updateExpression("SET w = :w")
                        .expressionAttributeValues(Map.of(":w", s("x")))),
        "Item size to update has exceeded the maximum allowed size");
  }

  @Test
  @DisplayName("a failed condition changes nothing, and shows the item if asked")
  void put_condition() {
    dynamo.putItem(r -> r.tableName("plain").item(Map.of("id", s("cond"), "v", n("1"))));
    assertThatThrownBy(
            () ->
                dynamo.putItem(
                    r ->
                        r.tableName("plain")
                            .item(key("cond"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("The conditional request failed");
              assertThat(e.item()).containsEntry("v", n("1"));
            });
    assertThatThrownBy(
            () ->
                dynamo.deleteItem(
                    r ->
                        r.tableName("plain")
                            .key(key("cond"))
                            .conditionExpression("v > :v")
                            .expressionAttributeValues(Map.of(":v", n("1")))))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class, e -> assertThat(e.item()).isEmpty());
    assertThat(stored("cond")).containsEntry("v", n("1"));
  }

  @Test
  @DisplayName("PutItem and DeleteItem return the old item, if there was one")
  void returnValues_old() {
    assertThat(
            dynamo
                .putItem(
                    r -> r.tableName("plain").item(key("old")).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEmpty();
    assertThat(
            dynamo
                .deleteItem(
                    r -> r.tableName("plain").key(key("old")).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(key("old"));
    assertThat(dynamo.getItem(r -> r.tableName("plain").key(key("old"))).hasItem()).isFalse();
    refused(
        () ->
            dynamo.putItem(
                r -> r.tableName("plain").item(key("old")).returnValues(ReturnValue.ALL_NEW)),
        "ReturnValues can only be ALL_OLD or NONE");
  }

  private static UpdateItemResponse update(
      String id, String expression, Map<String, AttributeValue> values, ReturnValue returned) {
    return dynamo.updateItem(
        r -> {
          r.tableName("plain").key(key(id)).updateExpression(expression).returnValues(returned);
          if (!values.isEmpty()) {
            r.expressionAttributeValues(values);
          }
        });
  }

  @Test
  @DisplayName("all sections of an update work on the item as it was")
  void update_sections() {
    dynamo.putItem(
        r ->
            r.tableName("plain")
                .item(
                    Map.of(
                        "id", s("upd"),
                        "a", n("1"),
                        "l", AttributeValue.fromL(List.of(s("x"), s("y"), s("z"))),
                        "m", AttributeValue.fromM(Map.of("k", n("5"), "gone", s("g"))),
                        "ss", AttributeValue.fromSs(List.of("p", "q")),
                        "ns", AttributeValue.fromNs(List.of("1")))));
    Map<String, AttributeValue> after =
        update(
                "upd",
                "SET a = a + :one, b = a, l[9] = :s, m.k = m.k - :one, c = if_not_exists(c, :s),"
                    + " e = list_append(:list, l) REMOVE m.gone, l[1] ADD cnt :one, ns :ns"
                    + " DELETE ss :ss",
                Map.of(
                    ":one", n("1"),
                    ":s", s("new"),
                    ":list", AttributeValue.fromL(List.of(s("w"))),
                    ":ns", AttributeValue.fromNs(List.of("2")),
                    ":ss", AttributeValue.fromSs(List.of("p"))),
                ReturnValue.ALL_NEW)
            .attributes();
    assertThat(after)
        .containsEntry("a", n("2"))
        .containsEntry("b", n("1"))
        .containsEntry("l", AttributeValue.fromL(List.of(s("x"), s("z"), s("new"))))
        .containsEntry("m", AttributeValue.fromM(Map.of("k", n("4"))))
        .containsEntry("c", s("new"))
        .containsEntry("e", AttributeValue.fromL(List.of(s("w"), s("x"), s("y"), s("z"))))
        .containsEntry("cnt", n("1"))
        .containsEntry("ns", AttributeValue.fromNs(List.of("1", "2")))
        .containsEntry("ss", AttributeValue.fromSs(List.of("q")));
    assertThat(stored("upd")).isEqualTo(after);
  }

  @Test
  @DisplayName("UPDATED_OLD and UPDATED_NEW show only what the update touched")
  void update_returnValues() {
    Map<String, AttributeValue> values = Map.of(":v", n("2"));
    dynamo.putItem(
        r ->
            r.tableName("plain")
                .item(
                    Map.of(
                        "id", s("ret"),
                        "a", n("1"),
                        "m", AttributeValue.fromM(Map.of("x", n("1"), "y", n("1"))))));
    assertThat(update("ret", "SET a = :v, m.x = :v", values, ReturnValue.UPDATED_OLD).attributes())
        .isEqualTo(Map.of("a", n("1"), "m", AttributeValue.fromM(Map.of("x", n("1")))));
    assertThat(update("ret", "SET a = :v, m.x = :v", values, ReturnValue.UPDATED_NEW).attributes())
        .isEqualTo(Map.of("a", n("2"), "m", AttributeValue.fromM(Map.of("x", n("2")))));
    assertThat(update("ret", "REMOVE a", Map.of(), ReturnValue.UPDATED_NEW).hasAttributes())
        .isFalse();
    assertThat(update("ret2", "SET a = :v", values, ReturnValue.ALL_OLD).hasAttributes()).isFalse();
    assertThat(stored("ret2")).isEqualTo(Map.of("id", s("ret2"), "a", n("2")));
  }

  @Test
  @DisplayName("an update that does not fit the item is refused in DynamoDB's words")
  void update_refused() {
    dynamo.putItem(
        r ->
            r.tableName("plain")
                .item(
                    Map.of(
                        "id",
                        s("bad"),
                        "s",
                        s("text"),
                        "ns",
                        AttributeValue.fromNs(List.of("1")))));
    Map<String, AttributeValue> one = Map.of(":one", n("1"));
    String wrongType = "An operand in the update expression has an incorrect data type";
    String badPath = "The document path provided in the update expression is invalid for update";
    refused(() -> update("bad", "SET x = s + :one", one, ReturnValue.NONE), wrongType);
    refused(() -> update("bad", "ADD s :one", one, ReturnValue.NONE), wrongType);
    refused(
        () -> update("bad", "SET x = nowhere", Map.of(), ReturnValue.NONE),
        "The provided expression refers to an attribute that does not exist in the item");
    refused(() -> update("bad", "SET y.z = :one", one, ReturnValue.NONE), badPath);
    refused(() -> update("bad", "REMOVE s[0]", Map.of(), ReturnValue.NONE), badPath);
    refused(
        () -> update("bad", "SET id = :one", one, ReturnValue.NONE),
        "One or more parameter values were invalid: Cannot update attribute id. This attribute is"
            + " part of the key");
    refused(
        () ->
            update(
                "bad",
                "SET big = :big + :one",
                Map.of(":big", n("9.9E+125"), ":one", n("9.9E+125")),
                ReturnValue.NONE),
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }

  @Test
  @DisplayName("consumed capacity follows sizes: 4 KB a read, half if eventual, 1 KB a write")
  void capacity() {
    String value = "x".repeat(4096);
    assertThat(
            dynamo
                .putItem(
                    r ->
                        r.tableName("plain")
                            .item(Map.of("id", s("cap"), "v", s(value)))
                            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
                .consumedCapacity())
        .satisfies(
            c -> {
              assertThat(c.capacityUnits()).isEqualTo(5.0);
              assertThat(c.table().capacityUnits()).isEqualTo(5.0);
              assertThat(c.tableName()).isEqualTo("plain");
            });
    assertThat(readUnits("cap", true)).isEqualTo(2.0);
    assertThat(readUnits("cap", false)).isEqualTo(1.0);
    assertThat(readUnits("nothing", true)).isEqualTo(1.0);
    assertThat(readUnits("nothing", false)).isEqualTo(0.5);
    assertThat(
            dynamo
                .deleteItem(
                    r ->
                        r.tableName("plain")
                            .key(key("cap"))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits())
        .isEqualTo(5.0);
  }

  private static double readUnits(String id, boolean consistent) {
    return dynamo
        .getItem(
            r ->
                r.tableName("plain")
                    .key(key(id))
                    .consistentRead(consistent)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  @DisplayName("a projection keeps the shape of documents and closes lists up")
  void get_projection() {
    dynamo.putItem(
        r ->
            r.tableName("plain")
                .item(
                    Map.of(
                        "id", s("proj"),
                        "l", AttributeValue.fromL(List.of(s("0"), s("1"), s("2"))),
                        "m", AttributeValue.fromM(Map.of("a", s("A"), "b", s("B"))),
                        "name", s("reserved"))));
    assertThat(
            dynamo
                .getItem(
                    r ->
                        r.tableName("plain")
                            .key(key("proj"))
                            .projectionExpression("l[2], l[0], m.b, #n, nothing, l[7]")
                            .expressionAttributeNames(Map.of("#n", "name")))
                .item())
        .isEqualTo(
            Map.of(
                "l", AttributeValue.fromL(List.of(s("0"), s("2"))),
                "m", AttributeValue.fromM(Map.of("b", s("B"))),
                "name", s("reserved")));
  }
}
