package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.ConditionEvaluator;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.KeyBytes;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Query and Scan. */
final class QueryOperations {
  private static final List<String> SELECTS =
      List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
  private static final long HASHES = 1L << 32;

  private final TableStore tables;
  private final Access access;

  QueryOperations(TableStore tables, Access access) {
    this.tables = tables;
    this.access = access;
  }

  JsonObject query(JsonInput in, DynamoDbCall call) {
    Parameters.of("Query", in)
        .noLegacy("KeyConditions", "QueryFilter", "ConditionalOperator", "AttributesToGet")
        .range("Limit", 1, Integer.MAX_VALUE)
        .capacity()
        .table()
        .oneOf("Select", SELECTS)
        .index()
        .check();
    String name = Parameters.tableName(in);
    String arn = arn(in, name);
    Selection selection = access.reading(call, "Query", arn, () -> Selection.read(true, in));
    Optional<TableDefinition> known = tables.find(name);
    access.check(call, "Query", arn, keys(selection, known));
    TableDefinition table = tables.require(name);
    Optional<IndexDefinition> index = selection.indexOf(table);
    KeyRange range = KeyRange.of(table, index, selection.keys().orElseThrow());
    checkFilter(selection, index.map(IndexDefinition::key).orElse(table.key()));
    boolean forward = in.flag("ScanIndexForward").orElse(true);
    RangeReader.Range bytes =
        selection
            .startKey()
            .map(startKey -> range.after(startKey, forward))
            .orElseGet(range::bytes);
    call.span().note("partition", Access.text(range.partition()));
    return noted(
        call,
        name,
        Pager.page(
            tables,
            selection.wanted(table, index),
            new RangeReader(entries(table, index), bytes, forward),
            in));
  }

  private static void checkFilter(Selection selection, KeySchema key) {
    if (selection.filter().isPresent()) {
      for (String head : ConditionEvaluator.heads(selection.filter().get())) {
        if (key.contains(head)) {
          throw DynamoDbErrors.validation(
              "Filter Expression can only contain non-primary key attributes: Primary key"
                  + " attribute: "
                  + head);
        }
      }
    }
  }

  private Access.Keys keys(Selection selection, Optional<TableDefinition> known) {
    Access.Keys keys = new Access.Keys();
    LinkedHashSet<String> attributes = new LinkedHashSet<>();
    selection
        .keys()
        .ifPresent(
            condition -> {
              attributes.addAll(condition.demands().keySet());
              known
                  .map(
                      table ->
                          selection
                              .index()
                              .flatMap(table::index)
                              .map(IndexDefinition::key)
                              .orElse(table.key()))
                  .map(key -> condition.demands().get(key.hash()))
                  .ifPresent(
                      demand ->
                          keys.with(
                              "LeadingKeys", demand.values().stream().map(Access::text).toList()));
            });
    selection.filter().ifPresent(filter -> attributes.addAll(ConditionEvaluator.heads(filter)));
    selection
        .projection()
        .ifPresent(wanted -> wanted.paths().forEach(path -> attributes.add(path.head())));
    return keys.with("Attributes", List.copyOf(attributes))
        .with("Select", List.of(selection.effectiveSelect()));
  }

  private String arn(JsonInput in, String table) {
    return in.text("IndexName")
        .map(index -> access.indexArn(table, index))
        .orElseGet(() -> access.tableArn(table));
  }

  private StateMap<byte[], Map<String, AttributeValue>> entries(
      TableDefinition table, Optional<IndexDefinition> index) {
    return index.isPresent() ? tables.items(table, index.get()) : tables.items(table);
  }

  JsonObject scan(JsonInput in, DynamoDbCall call) {
    Parameters.of("Scan", in)
        .noLegacy("ScanFilter", "ConditionalOperator", "AttributesToGet")
        .oneOf("Select", SELECTS)
        .index()
        .range("TotalSegments", 1, 1_000_000)
        .capacity()
        .table()
        .range("Segment", 0, 999_999)
        .range("Limit", 1, Integer.MAX_VALUE)
        .check();
    String name = Parameters.tableName(in);
    String arn = arn(in, name);
    Selection selection = access.reading(call, "Scan", arn, () -> Selection.read(false, in));
    access.check(call, "Scan", arn, keys(selection, Optional.empty()));
    checkSegments(in);
    TableDefinition table = tables.require(name);
    Optional<IndexDefinition> index = selection.indexOf(table);
    RangeReader.Range segment = segment(in);
    RangeReader.Range range =
        selection
            .startKey()
            .map(startKey -> after(table, index, startKey, segment, in))
            .orElse(segment);
    return noted(
        call,
        name,
        Pager.page(
            tables,
            selection.wanted(table, index),
            new RangeReader(entries(table, index), range, true),
            in));
  }

  /** Notes what was read for what was returned: the difference is what a filter costs. */
  private static JsonObject noted(DynamoDbCall call, String table, JsonObject page) {
    call.span()
        .note("table", table)
        .note("scanned", page.get("ScannedCount").getAsInt())
        .note("returned", page.get("Count").getAsInt());
    return page;
  }

  private static void checkSegments(JsonInput in) {
    Optional<Integer> segment = in.integer("Segment");
    Optional<Integer> total = in.integer("TotalSegments");
    if (segment.isPresent() && total.isEmpty()) {
      throw DynamoDbErrors.validation(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (total.isPresent() && segment.isEmpty()) {
      throw DynamoDbErrors.validation(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment.isPresent() && segment.get() >= total.orElse(1)) {
      throw DynamoDbErrors.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: "
              + segment.get()
              + " is not less than TotalSegments: "
              + total.orElse(1));
    }
  }

  /** Returns the part of all hashes that a segment is: all segments together are the table. */
  private static RangeReader.Range segment(JsonInput in) {
    long total = in.integer("TotalSegments").orElse(1);
    long segment = in.integer("Segment").orElse(0);
    return new RangeReader.Range(bound(segment, total), bound(segment + 1, total));
  }

  private static byte @Nullable [] bound(long segment, long total) {
    return segment == 0 || segment == total ? null : KeyBytes.hashStart(segment * HASHES / total);
  }

  private static RangeReader.Range after(
      TableDefinition table,
      Optional<IndexDefinition> index,
      Map<String, AttributeValue> startKey,
      RangeReader.Range segment,
      JsonInput in) {
    StartKey.check(table, index, startKey);
    byte[] start =
        index.isPresent()
            ? ItemKeys.bytes(table, index.get(), startKey)
            : ItemKeys.bytes(table, startKey);
    boolean inside =
        (segment.from() == null || Arrays.compareUnsigned(start, segment.from()) >= 0)
            && (segment.to() == null || Arrays.compareUnsigned(start, segment.to()) < 0);
    if (!inside) {
      throw DynamoDbErrors.validation(
          "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
              + " ExclusiveStartKey with correct Segment. TotalSegments: "
              + in.integer("TotalSegments").orElse(1)
              + " Segment: "
              + in.integer("Segment").orElse(0));
    }
    return new RangeReader.Range(KeyBytes.after(start), segment.to());
  }
}
