package dev.cloudtask.localcloud.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What tests of tables say often. */
final class Tables {
  private Tables() {}

  /** Creates a table on demand with string keys, and waits as every client does. */
  static void create(DynamoDbClient dynamo, String name, String hash, @Nullable String range) {
    List<AttributeDefinition> types = new ArrayList<>(List.of(type(hash, ScalarAttributeType.S)));
    List<KeySchemaElement> keys = new ArrayList<>(List.of(key(hash, KeyType.HASH)));
    if (range != null) {
      types.add(type(range, ScalarAttributeType.S));
      keys.add(key(range, KeyType.RANGE));
    }
    dynamo.createTable(
        r ->
            r.tableName(name)
                .attributeDefinitions(types)
                .keySchema(keys)
                .billingMode(BillingMode.PAY_PER_REQUEST));
    dynamo.waiter().waitUntilTableExists(r -> r.tableName(name));
  }

  static AttributeDefinition type(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(r -> r.item(item)).build();
  }

  static WriteRequest delete(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(r -> r.key(key)).build();
  }
}
