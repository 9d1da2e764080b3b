package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The capacity an operation consumed, counted as DynamoDB counts it, and its report.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">
 *     DynamoDB read and write operations</a>
 */
final class Capacity {
  private static final int READ_UNIT = 4096;
  private static final int WRITE_UNIT = 1024;

  /** What was consumed of one table. */
  private static final class Tab {
    private double read;
    private double write;
    private final Map<IndexDefinition, Double> indexes = new LinkedHashMap<>();

    double total() {
      return read + write + indexes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private final String mode;
  private final boolean transactional;
  private final Map<String, Tab> tabs = new LinkedHashMap<>();

  /**
   * Begins with nothing consumed.
   *
   * @param mode ReturnConsumedCapacity: INDEXES, TOTAL or NONE
   * @param transactional whether reads and writes are reported apart, as transactions do
   */
  Capacity(String mode, boolean transactional) {
    this.mode = mode;
    this.transactional = transactional;
  }

  /** Returns the units to read so many bytes. */
  static double readUnits(long bytes, boolean consistent) {
    double units = Math.max(1, (bytes + READ_UNIT - 1) / READ_UNIT);
    return consistent ? units : units / 2;
  }

  /** Returns the units to write so many bytes. */
  static double writeUnits(long bytes) {
    return Math.max(1, (bytes + WRITE_UNIT - 1) / WRITE_UNIT);
  }

  void read(String table, double units) {
    tab(table).read += units;
  }

  void write(String table, double units) {
    tab(table).write += units;
  }

  void index(String table, IndexDefinition index, double units) {
    tab(table).indexes.merge(index, units, Double::sum);
  }

  private Tab tab(String table) {
    return tabs.computeIfAbsent(table, name -> new Tab());
  }

  /** Adds the report of the one table to an answer, if it was asked for. */
  void reportOne(JsonObject answer) {
    if (!mode.equals("NONE")) {
      tabs.forEach((name, tab) -> answer.add("ConsumedCapacity", json(name, tab)));
    }
  }

  /** Adds the report of all tables to an answer, if it was asked for. */
  void reportAll(JsonObject answer) {
    if (!mode.equals("NONE")) {
      JsonArray all = new JsonArray();
      tabs.forEach((name, tab) -> all.add(json(name, tab)));
      answer.add("ConsumedCapacity", all);
    }
  }

  private JsonObject json(String name, Tab tab) {
    JsonObject json = new JsonObject();
    json.addProperty("TableName", name);
    json.addProperty("CapacityUnits", tab.total());
    if (transactional) {
      apart(json, tab);
    }
    if (mode.equals("INDEXES")) {
      JsonObject table = new JsonObject();
      table.addProperty("CapacityUnits", tab.read + tab.write);
      if (transactional) {
        apart(table, tab);
      }
      json.add("Table", table);
      indexes(json, tab, "LocalSecondaryIndexes", false);
      indexes(json, tab, "GlobalSecondaryIndexes", true);
    }
    return json;
  }

  private static void apart(JsonObject json, Tab tab) {
    if (tab.read > 0) {
      json.addProperty("ReadCapacityUnits", tab.read);
    }
    if (tab.write > 0) {
      json.addProperty("WriteCapacityUnits", tab.write);
    }
  }

  private static void indexes(JsonObject json, Tab tab, String member, boolean global) {
    JsonObject indexes = new JsonObject();
    tab.indexes.forEach(
        (index, units) -> {
          if (index.global() == global) {
            JsonObject capacity = new JsonObject();
            capacity.addProperty("CapacityUnits", units);
            indexes.add(index.name(), capacity);
          }
        });
    if (indexes.size() > 0) {
      json.add(member, indexes);
    }
  }
}
