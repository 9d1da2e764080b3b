package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ExclusiveStartKey of a Query or Scan, checked against what is read. */
final class StartKey {
  private StartKey() {}

  /**
   * Checks that it is exactly the key of the table, and of the index if one is read.
   *
   * @throws AwsException ValidationException
   */
  static void check(
      TableDefinition table, Optional<IndexDefinition> index, Map<String, AttributeValue> key) {
    List<String> names = Pager.startKeyNames(table, index);
    if (key.size() != names.size()) {
      throw DynamoDbErrors.validation("The provided starting key is invalid");
    }
    for (String name : index.map(read -> read.key().names()).orElse(table.key().names())) {
      AttributeValue value = key.get(name);
      if (value == null || !value.type().equals(table.types().get(name))) {
        throw DynamoDbErrors.keyMismatch();
      }
    }
    for (String name : table.key().names()) {
      AttributeValue value = key.get(name);
      if (value == null || !value.type().equals(table.types().get(name))) {
        throw DynamoDbErrors.validation(
            "The provided starting key is invalid: " + DynamoDbErrors.KEY_MISMATCH);
      }
    }
  }
}
