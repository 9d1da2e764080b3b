package dev.cloudtask.localcloud.crowd;

import dev.cloudtask.localcloud.death.ChildCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Items of one's own, one counter of all, and money that goes from account to account. */
final class Items implements Activity {
  private static final int ACCOUNTS = 20;
  private static final int MONEY = 1_000;

  private final DynamoDbClient dynamoDb;
  private final AtomicLongArray own;
  private final AtomicLong counted = new AtomicLong();

  Items(ChildCloud cloud, int clients) {
    dynamoDb = cloud.client(DynamoDbClient.builder());
    own = new AtomicLongArray(clients);
    dynamoDb.createTable(
        t ->
            t.tableName("crowd")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("who"), attribute("what"))
                .keySchema(key("who", KeyType.HASH), key("what", KeyType.RANGE)));
    dynamoDb.waiter().waitUntilTableExists(t -> t.tableName("crowd"));
    for (int account = 0; account < ACCOUNTS; account++) {
      Map<String, AttributeValue> item = new java.util.HashMap<>(key("account", "" + account));
      item.put("money", AttributeValue.fromN("" + MONEY));
      dynamoDb.putItem(p -> p.tableName("crowd").item(item));
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static Map<String, AttributeValue> key(String who, String what) {
    return Map.of("who", AttributeValue.fromS(who), "what", AttributeValue.fromS(what));
  }

  @Override
  public int share() {
    return 40;
  }

  @Override
  public void turn(int who, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> {
        dynamoDb.updateItem(
            u ->
                u.tableName("crowd")
                    .key(key("all", "counter"))
                    .updateExpression("ADD n :one")
                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
        counted.incrementAndGet();
      }
      case 1 -> transfer(random);
      case 2 -> {
        long next = own.get(who);
        dynamoDb.putItem(
            p ->
                p.tableName("crowd")
                    .item(key("client " + who, "%06d".formatted(next)))
                    .conditionExpression("attribute_not_exists(who)"));
        own.incrementAndGet(who);
      }
      default -> {
        long found = count("client " + who);
        if (found != own.get(who)) {
          throw new IllegalStateException("client sees " + found + " of " + own.get(who));
        }
      }
    }
  }

  private void transfer(Random random) {
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    try {
      dynamoDb.transactWriteItems(t -> t.transactItems(add(from, -1), add(to, 1)));
    } catch (TransactionCanceledException e) {
      boolean conflict =
          e.cancellationReasons().stream()
              .allMatch(r -> List.of("None", "TransactionConflict").contains(r.code()));
      if (!conflict) {
        throw e;
      }
    }
  }

  private static TransactWriteItem add(int account, int money) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName("crowd")
                .key(key("account", "" + account))
                .updateExpression("SET money = money + :m")
                .expressionAttributeValues(Map.of(":m", AttributeValue.fromN("" + money)))
                .build())
        .build();
  }

  private long count(String who) {
    return dynamoDb
        .queryPaginator(
            q ->
                q.tableName("crowd")
                    .consistentRead(true)
                    .keyConditionExpression("who = :w")
                    .expressionAttributeValues(Map.of(":w", AttributeValue.fromS(who))))
        .items()
        .stream()
        .count();
  }

  @Override
  public List<String> verify() {
    List<String> wrong = new ArrayList<>();
    for (int who = 0; who < own.length(); who++) {
      long found = count("client " + who);
      if (found != own.get(who)) {
        wrong.add("client %d put %d items, %d are there".formatted(who, own.get(who), found));
      }
    }
    Map<String, AttributeValue> counter =
        dynamoDb.getItem(g -> g.tableName("crowd").key(key("all", "counter"))).item();
    if (Long.parseLong(counter.get("n").n()) != counted.get()) {
      wrong.add("counted " + counted + ", the counter says " + counter.get("n").n());
    }
    long money =
        dynamoDb
            .query(
                q ->
                    q.tableName("crowd")
                        .keyConditionExpression("who = :w")
                        .expressionAttributeValues(Map.of(":w", AttributeValue.fromS("account"))))
            .items()
            .stream()
            .mapToLong(item -> Long.parseLong(item.get("money").n()))
            .sum();
    if (money != ACCOUNTS * MONEY) {
      wrong.add("there were " + ACCOUNTS * MONEY + ", now there are " + money);
    }
    return wrong;
  }
}
