package dev.cloudtask.localcloud.death;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Transactions over two tables: each takes an amount from one account, gives it to another and
 * enters it in a book. Whatever dies when, no money is made or lost and the book agrees.
 */
final class TransferWriter implements Writer {
  private static final String ACCOUNTS = "accounts";
  private static final String BOOK = "book";
  private static final int COUNT = 8;
  private static final int BEGIN = 1_000_000;

  private final Random random;
  private final Told<String> told = new Told<>();
  private int number;

  TransferWriter(Random random) {
    this.random = random;
  }

  @Override
  public void prepare(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    for (String table : List.of(ACCOUNTS, BOOK)) {
      dynamo.createTable(
          r ->
              r.tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(Tables.text("id"))
                  .keySchema(Tables.hash("id")));
    }
    for (int i = 0; i < COUNT; i++) {
      Map<String, AttributeValue> account = Map.of("id", text("a" + i), "amount", number(BEGIN));
      dynamo.putItem(r -> r.tableName(ACCOUNTS).item(account));
    }
  }

  @Override
  public void write(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    while (true) {
      int from = random.nextInt(COUNT);
      int to = (from + 1 + random.nextInt(COUNT - 1)) % COUNT;
      int amount = 1 + random.nextInt(9);
      String entry = "t" + number++;
      String words = from + ">" + to + ":" + amount;
      told.begin(entry, Optional.of(words));
      dynamo.transactWriteItems(
          r ->
              r.transactItems(
                  add("a" + from, -amount),
                  TransactWriteItem.builder()
                      .put(
                          p ->
                              p.tableName(BOOK)
                                  .item(Map.of("id", text(entry), "words", text(words)))
                                  .conditionExpression("attribute_not_exists(id)"))
                      .build(),
                  add("a" + to, amount)));
      told.acknowledge(entry);
    }
  }

  private static TransactWriteItem add(String account, int amount) {
    return TransactWriteItem.builder()
        .update(
            u ->
                u.tableName(ACCOUNTS)
                    .key(Map.of("id", text(account)))
                    .updateExpression("ADD amount :a")
                    .expressionAttributeValues(Map.of(":a", number(amount))))
        .build();
  }

  @Override
  public List<String> verify(ChildCloud cloud) {
    DynamoDbClient dynamo = cloud.client(DynamoDbClient.builder());
    Map<String, String> book = new HashMap<>();
    dynamo
        .scanPaginator(r -> r.tableName(BOOK))
        .items()
        .forEach(item -> book.put(item.get("id").s(), item.get("words").s()));
    List<String> wrong = new ArrayList<>(told.compare("transaction", book));
    int[] expected = new int[COUNT];
    Arrays.fill(expected, BEGIN);
    for (String words : book.values()) {
      String[] parts = words.split("[>:]", -1);
      expected[Integer.parseInt(parts[0])] -= Integer.parseInt(parts[2]);
      expected[Integer.parseInt(parts[1])] += Integer.parseInt(parts[2]);
    }
    for (int i = 0; i < COUNT; i++) {
      Map<String, AttributeValue> key = Map.of("id", text("a" + i));
      String amount = dynamo.getItem(r -> r.tableName(ACCOUNTS).key(key)).item().get("amount").n();
      if (!amount.equals(Integer.toString(expected[i]))) {
        wrong.add("account a%d has %s, the book says %d".formatted(i, amount, expected[i]));
      }
    }
    return wrong;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(int value) {
    return AttributeValue.fromN(Integer.toString(value));
  }

  @Override
  public long acknowledged() {
    return told.acknowledged();
  }
}
