package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.KeyBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of items: checked against their table, and turned into the bytes they are kept under. */
final class ItemKeys {
  private static final int LONGEST_HASH = 2048;
  private static final int LONGEST_RANGE = 1024;

  private ItemKeys() {}

  /**
   * Checks the Key parameter of an operation.
   *
   * @throws AwsException ValidationException if it is not exactly the table's key
   */
  static void checkKey(TableDefinition table, Map<String, AttributeValue> key) {
    if (key.size() != table.key().names().size()) {
      throw DynamoDbErrors.keyMismatch();
    }
    for (String name : table.key().names()) {
      AttributeValue value = key.get(name);
      if (value == null || !value.type().equals(table.types().get(name))) {
        throw DynamoDbErrors.keyMismatch();
      }
      checkValue(name, value, name.equals(table.key().hash()));
    }
  }

  /**
   * Checks the key attributes of an item to be put.
   *
   * @param inBatch whether it is in a batch, whose messages say less
   * @throws AwsException ValidationException if one is missing or not of its type
   */
  static void checkItem(TableDefinition table, Map<String, AttributeValue> item, boolean inBatch) {
    for (String name : table.key().names()) {
      AttributeValue value = item.get(name);
      String type = table.types().get(name);
      if (inBatch && (value == null || !value.type().equals(type))) {
        throw DynamoDbErrors.keyMismatch();
      }
      if (value == null) {
        throw DynamoDbErrors.invalid("Missing the key " + name + " in the item");
      }
      if (!value.type().equals(type)) {
        throw DynamoDbErrors.invalid(
            "Type mismatch for key " + name + " expected: " + type + " actual: " + value.type());
      }
      checkValue(name, value, name.equals(table.key().hash()));
    }
    for (IndexDefinition index : table.indexes()) {
      for (String name : index.key().names()) {
        AttributeValue value = item.get(name);
        if (value != null && !table.key().contains(name)) {
          checkIndexValue(table, index, name, value);
        }
      }
    }
  }

  private static void checkIndexValue(
      TableDefinition table, IndexDefinition index, String name, AttributeValue value) {
    String type = table.types().get(name);
    if (!value.type().equals(type)) {
      throw DynamoDbErrors.invalid(
          "Type mismatch for Index Key "
              + name
              + " Expected: "
              + type
              + " Actual: "
              + value.type()
              + " IndexName: "
              + index.name());
    }
    int size = ItemSize.of(value);
    if (size == 0) {
      throw DynamoDbErrors.validation(
          "One or more parameter values are not valid. A value specified for a secondary index key"
              + " is not supported. The AttributeValue for a key attribute cannot contain an empty "
              + (value.type().equals("S") ? "string" : "binary")
              + " value. IndexName: "
              + index.name()
              + ", IndexKey: "
              + name);
    }
    if (!value.type().equals("N")) {
      checkSize(size, name.equals(index.key().hash()));
    }
  }

  private static void checkValue(String name, AttributeValue value, boolean hash) {
    if (value.type().equals("N")) {
      return;
    }
    int size = ItemSize.of(value);
    if (size == 0) {
      throw DynamoDbErrors.emptyKey(value.type(), name);
    }
    checkSize(size, hash);
  }

  private static void checkSize(int size, boolean hash) {
    if (hash && size > LONGEST_HASH) {
      throw DynamoDbErrors.invalid(
          "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    if (!hash && size > LONGEST_RANGE) {
      throw DynamoDbErrors.invalid(
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  /** Returns the bytes an item is kept under. */
  static byte[] bytes(TableDefinition table, Map<String, AttributeValue> item) {
    return encode(table.key().names(), item);
  }

  /** Returns the bytes an index keeps an item under. */
  static byte[] bytes(
      TableDefinition table, IndexDefinition index, Map<String, AttributeValue> item) {
    java.util.ArrayList<String> names = new java.util.ArrayList<>(index.key().names());
    names.addAll(table.key().names());
    return encode(names, item);
  }

  private static byte[] encode(List<String> names, Map<String, AttributeValue> item) {
    KeyBytes bytes = KeyBytes.partition(value(item, names.get(0)));
    for (String name : names.subList(1, names.size())) {
      bytes.then(value(item, name));
    }
    return bytes.toBytes();
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalArgumentException("key attribute " + name + " is missing");
    }
    return value;
  }

  /** Returns the named attributes of an item, in the order of the names, each once. */
  static Map<String, AttributeValue> only(List<String> names, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (String name : names) {
      key.put(name, value(item, name));
    }
    return key;
  }
}
