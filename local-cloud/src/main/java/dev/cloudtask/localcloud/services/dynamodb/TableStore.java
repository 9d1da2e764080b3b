package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables and their items in the cloud's store: a map of tables, for each table a map of items by
 * key, for each index a map of what it projects. Changes happen inside {@link StateStore#write}.
 */
final class TableStore {
  private final StateStore store;
  private final StateMap<String, TableDefinition> tables;

  TableStore(StateStore store) {
    this.store = store;
    this.tables = store.map("dynamodb/tables", Codec.json(TableDefinition.class));
  }

  Optional<TableDefinition> find(String name) {
    return tables.get(name);
  }

  /**
   * Returns a table for an operation on items.
   *
   * @throws AwsException ResourceNotFoundException
   */
  TableDefinition require(String name) {
    return tables.get(name).orElseThrow(DynamoDbErrors::notFound);
  }

  List<String> names() {
    return tables.keys();
  }

  void save(TableDefinition table) {
    tables.put(table.name(), table);
  }

  void drop(TableDefinition table) {
    tables.remove(table.name());
    items(table).clear();
    table.indexes().forEach(index -> dropIndex(table, index));
  }

  void dropIndex(TableDefinition table, IndexDefinition index) {
    items(table, index).clear();
  }

  /** Fills a new index from the items that are there and fit. */
  void fill(TableDefinition table, IndexDefinition index) {
    for (Map<String, AttributeValue> item : items(table).values()) {
      if (fits(table, index, item)) {
        items(table, index)
            .put(ItemKeys.bytes(table, index, item), index.project(table.key(), item));
      }
    }
  }

  /** An item written before the index was there may have a key attribute of another type. */
  private static boolean fits(
      TableDefinition table, IndexDefinition index, Map<String, AttributeValue> item) {
    for (String name : index.key().names()) {
      AttributeValue value = item.get(name);
      if (value == null
          || !value.type().equals(table.types().get(name))
          || (ItemSize.of(value) == 0)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the map of a table's items. */
  StateMap<byte[], Map<String, AttributeValue>> items(TableDefinition table) {
    return store.byteMap("dynamodb/items/" + table.name(), ItemWriter.CODEC);
  }

  /** Returns the map of an index's entries. */
  StateMap<byte[], Map<String, AttributeValue>> items(
      TableDefinition table, IndexDefinition index) {
    return store.byteMap("dynamodb/index/" + table.name() + "/" + index.name(), ItemWriter.CODEC);
  }

  /** Returns the item of this key. */
  Optional<Map<String, AttributeValue>> get(
      TableDefinition table, Map<String, AttributeValue> key) {
    return items(table).get(ItemKeys.bytes(table, key));
  }

  /**
   * Puts an item in the place of another, and into the indexes.
   *
   * @param before what is there, if anything
   * @param after what is to be there; null to delete
   * @return the write units each index consumed, without those whose view did not change
   */
  Map<IndexDefinition, Double> replace(
      TableDefinition table,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    if (after != null) {
      items(table).put(ItemKeys.bytes(table, after), after);
    } else if (before != null) {
      items(table).remove(ItemKeys.bytes(table, before));
    }
    Map<IndexDefinition, Double> units = new LinkedHashMap<>();
    for (IndexDefinition index : table.indexes()) {
      double consumed = replace(table, index, before, after);
      if (consumed > 0) {
        units.put(index, consumed);
      }
    }
    return units;
  }

  /**
   * An index costs what changes in it: nothing if its view stays, the larger of both views if it
   * changes in place, both if the entry moves.
   */
  private double replace(
      TableDefinition table,
      IndexDefinition index,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    StateMap<byte[], Map<String, AttributeValue>> entries = items(table, index);
    boolean was = before != null && fits(table, index, before);
    boolean is = after != null && fits(table, index, after);
    byte[] oldKey = was && before != null ? ItemKeys.bytes(table, index, before) : null;
    byte[] newKey = is && after != null ? ItemKeys.bytes(table, index, after) : null;
    Map<String, AttributeValue> oldView =
        oldKey == null || before == null ? Map.of() : index.project(table.key(), before);
    Map<String, AttributeValue> newView =
        newKey == null || after == null ? Map.of() : index.project(table.key(), after);
    boolean moved = oldKey != null && newKey != null && !Arrays.equals(oldKey, newKey);
    if (oldKey != null && (newKey == null || moved)) {
      entries.remove(oldKey);
    }
    if (newKey != null && (moved || !newView.equals(oldView))) {
      entries.put(newKey, newView);
    }
    double oldUnits = oldKey == null ? 0 : Capacity.writeUnits(ItemSize.of(oldView));
    double newUnits = newKey == null ? 0 : Capacity.writeUnits(ItemSize.of(newView));
    if (moved) {
      return oldUnits + newUnits;
    }
    return newView.equals(oldView) ? 0 : Math.max(oldUnits, newUnits);
  }
}
