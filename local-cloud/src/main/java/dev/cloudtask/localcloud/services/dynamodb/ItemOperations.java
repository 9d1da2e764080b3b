package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.Placeholders;
import dev.cloudtask.localcloud.services.dynamodb.expression.Projection;
import dev.cloudtask.localcloud.services.dynamodb.expression.ProjectionParser;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import dev.cloudtask.localcloud.services.dynamodb.item.KeyBytes;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GetItem, PutItem, UpdateItem, DeleteItem. */
final class ItemOperations {
  static final List<String> CHECK_FAILURE_VALUES = List.of("ALL_OLD", "NONE");

  private static final List<String> RETURN_VALUES =
      List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");

  private final StateStore state;
  private final TableStore tables;
  private final Access access;

  ItemOperations(StateStore state, TableStore tables, Access access) {
    this.state = state;
    this.tables = tables;
    this.access = access;
  }

  /**
   * A read of one item.
   *
   * @param projection what of it is wanted, if not all
   */
  record Read(
      String table,
      Map<String, AttributeValue> key,
      Optional<Projection> projection,
      boolean consistent) {

    static Read of(JsonInput in) {
      Map<String, AttributeValue> key = Parameters.item(in, "Key");
      List<String> expressions = List.of(ProjectionParser.KIND);
      Placeholders placeholders = Placeholders.read(in, expressions, List.of());
      Optional<Projection> projection =
          in.text(ProjectionParser.KIND).map(text -> ProjectionParser.parse(text, placeholders));
      placeholders.checkAllUsed();
      return new Read(
          Parameters.tableName(in), key, projection, in.flag("ConsistentRead").orElse(false));
    }

    /** Returns the condition keys of this read. */
    Access.Keys keys(Optional<TableDefinition> definition) {
      Access.Keys keys = new Access.Keys();
      definition.ifPresent(table -> keys.leading(table, List.of(key)));
      projection.ifPresent(wanted -> keys.with("Attributes", heads(wanted)));
      return keys.with(
          "Select", List.of(projection.isPresent() ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES"));
    }

    private static List<String> heads(Projection projection) {
      return projection.paths().stream().map(path -> path.head()).distinct().toList();
    }
  }

  JsonObject get(JsonInput in, DynamoDbCall call) {
    Parameters.of("GetItem", in)
        .noLegacy("AttributesToGet")
        .required("Key")
        .capacity()
        .table()
        .check();
    String name = Parameters.tableName(in);
    String arn = access.tableArn(name);
    Read read = access.reading(call, "GetItem", arn, () -> Read.of(in));
    access.check(call, "GetItem", arn, read.keys(tables.find(name)));
    TableDefinition table = tables.require(name);
    ItemKeys.checkKey(table, read.key());
    Optional<Map<String, AttributeValue>> item = tables.get(table, read.key());
    JsonObject answer = new JsonObject();
    item.ifPresent(
        found ->
            answer.add(
                "Item",
                ItemWriter.item(read.projection().map(some -> some.of(found)).orElse(found))));
    Capacity capacity = new Capacity(Parameters.capacityMode(in), false);
    capacity.read(name, Capacity.readUnits(item.map(ItemSize::of).orElse(0), read.consistent()));
    capacity.reportOne(answer);
    return answer;
  }

  JsonObject put(JsonInput in, DynamoDbCall call) {
    return write("Put", in, call);
  }

  JsonObject update(JsonInput in, DynamoDbCall call) {
    return write("Update", in, call);
  }

  JsonObject delete(JsonInput in, DynamoDbCall call) {
    return write("Delete", in, call);
  }

  private JsonObject write(String action, JsonInput in, DynamoDbCall call) {
    Parameters.of(action + "Item", in)
        .noLegacy("Expected", "ConditionalOperator", "AttributeUpdates")
        .capacity()
        .table()
        .required(action.equals("Put") ? "Item" : "Key")
        .oneOf("ReturnValues", RETURN_VALUES)
        .metrics()
        .oneOf("ReturnValuesOnConditionCheckFailure", CHECK_FAILURE_VALUES)
        .check();
    String name = Parameters.tableName(in);
    call.span().note("table", name);
    in.text("ConditionExpression").ifPresent(text -> call.span().note("condition", text));
    String arn = access.tableArn(name);
    String returned = in.text("ReturnValues").orElse("NONE");
    Write write =
        access.reading(
            call,
            action + "Item",
            arn,
            () -> {
              if (!action.equals("Update")
                  && !returned.equals("ALL_OLD")
                  && !returned.equals("NONE")) {
                throw DynamoDbErrors.validation("ReturnValues can only be ALL_OLD or NONE");
              }
              return Write.read(action, in);
            });
    access.check(call, write.iamAction(), arn, keys(write, returned));
    Write.Outcome outcome =
        state.write(() -> write.plan(tables, tables.require(name)).apply(tables));
    JsonObject answer = new JsonObject();
    Map<String, AttributeValue> shown = shown(returned, write, outcome);
    if (shown != null && !shown.isEmpty()) {
      answer.add("Attributes", ItemWriter.item(shown));
    }
    Capacity capacity = new Capacity(Parameters.capacityMode(in), false);
    outcome.addTo(capacity, 1);
    capacity.reportOne(answer);
    if (wantsMetrics(in) && !outcome.table().localIndexes().isEmpty()) {
      answer.add("ItemCollectionMetrics", metrics(outcome.table(), write.item()));
    }
    return answer;
  }

  private Access.Keys keys(Write write, String returned) {
    Access.Keys keys = new Access.Keys();
    tables.find(write.table()).ifPresent(table -> keys.leading(table, List.of(write.item())));
    java.util.LinkedHashSet<String> attributes =
        new java.util.LinkedHashSet<>(write.item().keySet());
    write.update().paths().forEach(path -> attributes.add(path.head()));
    return keys.with("Attributes", List.copyOf(attributes)).with("ReturnValues", List.of(returned));
  }

  private static @Nullable Map<String, AttributeValue> shown(
      String returned, Write write, Write.Outcome outcome) {
    Map<String, AttributeValue> before = outcome.before();
    Map<String, AttributeValue> after = outcome.after();
    Projection updated = new Projection(write.update().paths());
    return switch (returned) {
      case "ALL_OLD" -> before;
      case "ALL_NEW" -> after;
      case "UPDATED_OLD" -> before == null ? null : updated.of(before);
      case "UPDATED_NEW" -> after == null ? null : updated.of(after);
      default -> null;
    };
  }

  static boolean wantsMetrics(JsonInput in) {
    return in.text("ReturnItemCollectionMetrics").orElse("NONE").equals("SIZE");
  }

  /** Returns how much all items of one partition key weigh, rounded to gigabytes both ways. */
  JsonObject metrics(TableDefinition table, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = ItemKeys.only(List.of(table.key().hash()), item);
    AttributeValue hash = key.values().iterator().next();
    byte[] from = KeyBytes.partition(hash).toBytes();
    RangeReader.Range range = new RangeReader.Range(from, KeyBytes.afterPrefix(from));
    long bytes = 0;
    RangeReader items = new RangeReader(tables.items(table), range, true);
    while (items.hasNext()) {
      bytes += ItemSize.of(items.next());
    }
    for (IndexDefinition index : table.localIndexes()) {
      RangeReader entries = new RangeReader(tables.items(table, index), range, true);
      while (entries.hasNext()) {
        bytes += ItemSize.of(entries.next());
      }
    }
    double gigabytes = Math.floor(bytes / (1024.0 * 1024 * 1024));
    JsonArray estimate = new JsonArray();
    estimate.add(gigabytes);
    estimate.add(gigabytes + 1);
    JsonObject metrics = new JsonObject();
    metrics.add("ItemCollectionKey", ItemWriter.item(key));
    metrics.add("SizeEstimateRangeGB", estimate);
    return metrics;
  }
}
