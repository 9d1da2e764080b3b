package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A secondary index.
 *
 * @param name unique within its table
 * @param global whether it has a partition key of its own
 * @param key its key
 * @param projection ALL, KEYS_ONLY or INCLUDE
 * @param included the attributes of INCLUDE
 * @param throughput of a global index
 */
record IndexDefinition(
    String name,
    boolean global,
    KeySchema key,
    String projection,
    List<String> included,
    Throughput throughput) {

  IndexDefinition withThroughput(Throughput changed) {
    return new IndexDefinition(name, global, key, projection, included, changed);
  }

  /** Tells whether an item is in the index: it has all its key attributes. */
  boolean holds(Map<String, AttributeValue> item) {
    return item.containsKey(key.hash()) && (key.range() == null || item.containsKey(key.range()));
  }

  /** Tells whether the index has a top-level attribute of the items. */
  boolean projects(KeySchema table, String attribute) {
    return projection.equals("ALL")
        || key.contains(attribute)
        || table.contains(attribute)
        || included.contains(attribute);
  }

  /** Returns what the index keeps of an item. */
  Map<String, AttributeValue> project(KeySchema table, Map<String, AttributeValue> item) {
    if (projection.equals("ALL")) {
      return item;
    }
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    item.forEach(
        (name, value) -> {
          if (projects(table, name)) {
            kept.put(name, value);
          }
        });
    return kept;
  }
}
