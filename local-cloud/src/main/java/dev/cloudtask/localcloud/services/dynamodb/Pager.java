package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.Condition;
import dev.cloudtask.localcloud.services.dynamodb.expression.ConditionEvaluator;
import dev.cloudtask.localcloud.services.dynamodb.expression.Projection;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one page of a Query or Scan: reads until the limit or 1 MB, filters what was read, projects
 * what is left. Limit and size count what was read, not what is returned.
 */
final class Pager {
  /** A page ends with the item that brings what was read to this many bytes. */
  private static final int PAGE_BYTES = 1024 * 1024;

  /**
   * What is wanted of a page.
   *
   * @param index the index that is read, if not the table
   * @param whole whether a local index must fetch the whole items from the table
   * @param counts whether only the count is wanted
   */
  record Wanted(
      TableDefinition table,
      Optional<IndexDefinition> index,
      int limit,
      boolean consistent,
      Optional<Condition> filter,
      Optional<Projection> projection,
      boolean whole,
      boolean counts) {}

  private Pager() {}

  /** Returns the answer to a Query or Scan. */
  static JsonObject page(
      TableStore tables,
      Wanted wanted,
      Iterator<Map<String, AttributeValue>> entries,
      JsonInput in) {
    TableDefinition table = wanted.table();
    Capacity capacity = new Capacity(Parameters.capacityMode(in), false);
    JsonArray items = new JsonArray();
    int scanned = 0;
    int count = 0;
    long bytes = 0;
    Map<String, AttributeValue> last = null;
    while (entries.hasNext() && scanned < wanted.limit() && bytes < PAGE_BYTES) {
      Map<String, AttributeValue> entry = entries.next();
      last = entry;
      scanned++;
      bytes += ItemSize.of(entry);
      Map<String, AttributeValue> item = entry;
      if (wanted.whole()) {
        item = tables.get(table, entry).orElse(entry);
        capacity.read(table.name(), Capacity.readUnits(ItemSize.of(item), wanted.consistent()));
      }
      if (wanted.filter().isEmpty() || ConditionEvaluator.holds(wanted.filter().get(), item)) {
        count++;
        if (!wanted.counts()) {
          items.add(ItemWriter.item(projected(wanted.projection(), item)));
        }
      }
    }
    JsonObject answer = new JsonObject();
    if (!wanted.counts()) {
      answer.add("Items", items);
    }
    answer.addProperty("Count", count);
    answer.addProperty("ScannedCount", scanned);
    boolean more = scanned == wanted.limit() || (bytes >= PAGE_BYTES && entries.hasNext());
    if (last != null && more) {
      answer.add("LastEvaluatedKey", ItemWriter.item(ItemKeys.only(startKeyNames(wanted), last)));
    }
    double units = Capacity.readUnits(bytes, wanted.consistent());
    if (wanted.index().isPresent()) {
      capacity.read(table.name(), 0);
      capacity.index(table.name(), wanted.index().get(), units);
    } else {
      capacity.read(table.name(), units);
    }
    capacity.reportOne(answer);
    return answer;
  }

  private static Map<String, AttributeValue> projected(
      Optional<Projection> projection, Map<String, AttributeValue> item) {
    return projection.map(some -> some.of(item)).orElse(item);
  }

  private static List<String> startKeyNames(Wanted wanted) {
    return startKeyNames(wanted.table(), wanted.index());
  }

  /** Returns the names of a start key: the table's key, and the index's if one is read. */
  static List<String> startKeyNames(TableDefinition table, Optional<IndexDefinition> index) {
    LinkedHashSet<String> names = new LinkedHashSet<>(table.key().names());
    index.ifPresent(read -> names.addAll(read.key().names()));
    return new ArrayList<>(names);
  }
}
