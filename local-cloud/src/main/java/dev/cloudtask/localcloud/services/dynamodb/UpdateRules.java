package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.DocumentPath;
import dev.cloudtask.localcloud.services.dynamodb.expression.Operand;
import dev.cloudtask.localcloud.services.dynamodb.expression.Update;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import java.util.Map;
import java.util.Optional;

/** What an update may not do to key attributes of its table and the indexes. */
final class UpdateRules {
  private UpdateRules() {}

  /**
   * Checks an update before any item is looked at.
   *
   * @throws AwsException ValidationException
   */
  static void check(TableDefinition table, Update update) {
    for (DocumentPath path : update.paths()) {
      if (table.key().contains(path.head())) {
        throw DynamoDbErrors.invalid(
            "Cannot update attribute " + path.head() + ". This attribute is part of the key");
      }
    }
    for (IndexDefinition index : table.indexes()) {
      for (Update.Assignment set : update.sets()) {
        checkType(table, index, set.path(), set.value().type());
        checkPath(index, set.path());
        checkOperand(index, set.value());
      }
      for (Update.Change add : update.adds()) {
        checkType(table, index, add.path(), Optional.of(add.value().type()));
        checkPath(index, add.path());
      }
      update.removes().forEach(path -> checkPath(index, path));
      update.deletes().forEach(delete -> checkPath(index, delete.path()));
    }
  }

  private static void checkOperand(IndexDefinition index, Operand operand) {
    if (operand instanceof Operand.At at) {
      checkPath(index, at.path());
    } else if (operand instanceof Operand.Call call) {
      call.arguments().forEach(argument -> checkOperand(index, argument));
    } else if (operand instanceof Operand.Arithmetic arithmetic) {
      checkOperand(index, arithmetic.left());
      checkOperand(index, arithmetic.right());
    }
  }

  private static void checkPath(IndexDefinition index, DocumentPath path) {
    if (path.isNested() && index.key().contains(path.head())) {
      throw DynamoDbErrors.validation(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
              + " allowed: IndexKey: "
              + path.head());
    }
  }

  private static void checkType(
      TableDefinition table, IndexDefinition index, DocumentPath path, Optional<String> type) {
    String wanted = table.types().get(path.head());
    if (type.isPresent()
        && !path.isNested()
        && index.key().contains(path.head())
        && !type.get().equals(wanted)) {
      throw DynamoDbErrors.invalid(
          "Type mismatch for Index Key "
              + path.head()
              + " Expected: "
              + wanted
              + " Actual: "
              + type.get()
              + " IndexName: "
              + index.name());
    }
  }

  /**
   * Checks what came out of an update.
   *
   * @throws AwsException ValidationException
   */
  static void checkResult(TableDefinition table, Update update, Map<String, AttributeValue> after) {
    if (ItemSize.of(after) > ItemSize.LARGEST_ITEM) {
      throw DynamoDbErrors.validation("Item size to update has exceeded the maximum allowed size");
    }
    for (DocumentPath path : update.paths()) {
      AttributeValue value = after.get(path.head());
      boolean key = table.indexes().stream().anyMatch(index -> index.key().contains(path.head()));
      if (!key || value == null) {
        continue;
      }
      if (!value.type().equals(table.types().get(path.head()))) {
        throw DynamoDbErrors.validation(
            "The update expression attempted to update the secondary index key to unsupported"
                + " type");
      }
      if (ItemSize.of(value) == 0) {
        throw DynamoDbErrors.validation(
            "One or more parameter values are not valid. The update expression attempted to update"
                + " a secondary index key to a value that is not supported. The AttributeValue for"
                + " a key attribute cannot contain an empty "
                + (value.type().equals("S") ? "string" : "binary")
                + " value.");
      }
    }
  }
}
