package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.KeyCondition;
import dev.cloudtask.localcloud.services.dynamodb.expression.KeyCondition.Demand;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.KeyBytes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key condition as a range of the bytes that a table or an index keeps its items under. */
final class KeyRange {
  private final TableDefinition table;
  private final Optional<IndexDefinition> index;
  private final KeySchema key;
  private final Demand hash;
  private final @Nullable Demand range;

  private KeyRange(
      TableDefinition table, Optional<IndexDefinition> index, Demand hash, @Nullable Demand range) {
    this.table = table;
    this.index = index;
    this.key = index.map(IndexDefinition::key).orElse(table.key());
    this.hash = hash;
    this.range = range;
  }

  /**
   * Reads a key condition against the key of what is queried.
   *
   * @throws AwsException ValidationException if it does not fit
   */
  static KeyRange of(
      TableDefinition table, Optional<IndexDefinition> index, KeyCondition condition) {
    KeySchema key = index.map(IndexDefinition::key).orElse(table.key());
    Map<String, Demand> demands = condition.demands();
    if (demands.size() > 1 && key.range() == null) {
      throw notSupported();
    }
    for (String name : demands.size() > 1 ? key.names() : key.names().subList(0, 1)) {
      if (!demands.containsKey(name)) {
        throw DynamoDbErrors.validation("Query condition missed key schema element: " + name);
      }
    }
    demands.forEach((name, demand) -> checkValues(table, name, demand));
    Demand hash = demands.get(key.hash());
    if (hash == null || !hash.operator().equals("=")) {
      throw notSupported();
    }
    Demand range = key.range() == null ? null : demands.get(key.range());
    if (range != null
        && range.operator().equals("begins_with")
        && range.values().get(0).type().equals("N")) {
      throw notSupported();
    }
    return new KeyRange(table, index, hash, range);
  }

  private static void checkValues(TableDefinition table, String name, Demand demand) {
    for (AttributeValue value : demand.values()) {
      if (!value.type().equals(table.types().get(name))) {
        throw DynamoDbErrors.invalid("Condition parameter type does not match schema type");
      }
      if (ItemSize.of(value) == 0) {
        throw DynamoDbErrors.emptyKey(value.type(), name);
      }
    }
  }

  private static AwsException notSupported() {
    return DynamoDbErrors.validation("Query key condition not supported");
  }

  /** Returns the partition that is read. */
  AttributeValue partition() {
    return hash.values().get(0);
  }

  /** Returns the range of bytes. */
  RangeReader.Range bytes() {
    byte[] partition = KeyBytes.partition(partition()).toBytes();
    if (range == null) {
      return new RangeReader.Range(partition, KeyBytes.afterPrefix(partition));
    }
    byte @Nullable [] end = KeyBytes.afterPrefix(partition);
    byte[] first = sort(range.values().get(0));
    return switch (range.operator()) {
      case "=" -> new RangeReader.Range(first, KeyBytes.afterPrefix(first));
      case "<" -> new RangeReader.Range(partition, first);
      case "<=" -> new RangeReader.Range(partition, KeyBytes.afterPrefix(first));
      case ">" -> new RangeReader.Range(KeyBytes.afterPrefix(first), end);
      case ">=" -> new RangeReader.Range(first, end);
      case "BETWEEN" ->
          new RangeReader.Range(first, KeyBytes.afterPrefix(sort(range.values().get(1))));
      default -> {
        byte[] prefix = KeyBytes.partition(partition()).thenPrefix(range.values().get(0)).toBytes();
        yield new RangeReader.Range(prefix, KeyBytes.afterPrefix(prefix));
      }
    };
  }

  private byte[] sort(AttributeValue value) {
    return KeyBytes.partition(partition()).then(value).toBytes();
  }

  /**
   * Returns the rest of the range after a start key.
   *
   * @throws AwsException ValidationException if the start key is not within this range
   */
  RangeReader.Range after(Map<String, AttributeValue> startKey, boolean forward) {
    StartKey.check(table, index, startKey);
    boolean oneRow =
        range != null && range.operator().equals("=") && (index.isEmpty() || !index.get().global());
    if (oneRow) {
      throw DynamoDbErrors.validation(
          "The query can return at most one row and cannot be restarted");
    }
    RangeReader.Range all = bytes();
    byte[] start =
        index.isPresent()
            ? ItemKeys.bytes(table, index.get(), startKey)
            : ItemKeys.bytes(table, startKey);
    boolean inside =
        (all.from() == null || Arrays.compareUnsigned(start, all.from()) >= 0)
            && (all.to() == null || Arrays.compareUnsigned(start, all.to()) < 0);
    if (!inside) {
      boolean samePartition = partition().equals(startKey.get(key.hash()));
      throw DynamoDbErrors.validation(
          samePartition
              ? "The provided starting key does not match the range key predicate"
              : "The provided starting key is outside query boundaries based on provided"
                  + " conditions");
    }
    return forward
        ? new RangeReader.Range(KeyBytes.after(start), all.to())
        : new RangeReader.Range(all.from(), start);
  }
}
