package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.Condition;
import dev.cloudtask.localcloud.services.dynamodb.expression.ConditionParser;
import dev.cloudtask.localcloud.services.dynamodb.expression.KeyCondition;
import dev.cloudtask.localcloud.services.dynamodb.expression.Placeholders;
import dev.cloudtask.localcloud.services.dynamodb.expression.Projection;
import dev.cloudtask.localcloud.services.dynamodb.expression.ProjectionParser;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Query or Scan asks for, as far as that can be read without its table.
 *
 * @param select the Select parameter, if given
 * @param keys the key condition of a Query
 * @param startKey where to go on
 */
record Selection(
    Optional<String> select,
    Optional<Projection> projection,
    Optional<Condition> filter,
    Optional<KeyCondition> keys,
    Optional<Map<String, AttributeValue>> startKey,
    Optional<String> index,
    boolean consistent,
    int limit) {

  private static final String FILTER = "FilterExpression";

  /**
   * Reads it.
   *
   * @throws AwsException ValidationException
   */
  static Selection read(boolean query, JsonInput in) {
    List<String> users = query ? List.of(FILTER, KeyCondition.KIND) : List.of(FILTER);
    List<String> expressions =
        query
            ? List.of(ProjectionParser.KIND, FILTER, KeyCondition.KIND)
            : List.of(ProjectionParser.KIND, FILTER);
    Optional<Map<String, AttributeValue>> startKey =
        in.element("ExclusiveStartKey").map(Selection::startKey);
    Placeholders placeholders = Placeholders.read(in, expressions, users);
    Optional<Condition> filter =
        in.text(FILTER).map(text -> ConditionParser.parse(FILTER, text, placeholders));
    Optional<Projection> projection =
        in.text(ProjectionParser.KIND).map(text -> ProjectionParser.parse(text, placeholders));
    Optional<KeyCondition> keys =
        query
            ? in.text(KeyCondition.KIND)
                .map(text -> ConditionParser.parse(KeyCondition.KIND, text, placeholders))
                .map(KeyCondition::of)
            : Optional.empty();
    placeholders.checkAllUsed();
    if (query && keys.isEmpty()) {
      throw DynamoDbErrors.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    Selection selection =
        new Selection(
            in.text("Select"),
            projection,
            filter,
            keys,
            startKey,
            in.text("IndexName"),
            in.flag("ConsistentRead").orElse(false),
            in.integer("Limit").orElse(Integer.MAX_VALUE));
    selection.checkSelect(query);
    return selection;
  }

  private static Map<String, AttributeValue> startKey(com.google.gson.JsonElement json) {
    try {
      return ItemReader.item(json);
    } catch (AwsException e) {
      if (!e.code().equals("ValidationException")) {
        throw e;
      }
      throw DynamoDbErrors.validation("The provided starting key is invalid: " + e.message());
    }
  }

  private void checkSelect(boolean query) {
    String chosen = select.orElse("");
    if (chosen.equals("SPECIFIC_ATTRIBUTES") && projection.isEmpty()) {
      throw DynamoDbErrors.validation(
          (query ? "1 validation error detected: " : "")
              + "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
    if (projection.isPresent() && !chosen.isEmpty() && !chosen.equals("SPECIFIC_ATTRIBUTES")) {
      throw DynamoDbErrors.validation(
          "Cannot specify the ProjectionExpression when choosing to get "
              + (chosen.equals("COUNT") ? "only the Count" : chosen));
    }
    if (chosen.equals("ALL_PROJECTED_ATTRIBUTES") && index.isEmpty()) {
      throw DynamoDbErrors.validation(
          "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
  }

  /** Returns what Select comes to. */
  String effectiveSelect() {
    return select.orElse(
        projection.isPresent()
            ? "SPECIFIC_ATTRIBUTES"
            : index.isPresent() ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES");
  }

  /**
   * Finds the index that is read, and checks that it can give what is asked for.
   *
   * @throws AwsException ValidationException
   */
  Optional<IndexDefinition> indexOf(TableDefinition table) {
    if (index.isEmpty()) {
      return Optional.empty();
    }
    IndexDefinition read =
        table
            .index(index.get())
            .orElseThrow(
                () ->
                    DynamoDbErrors.validation(
                        "The table does not have the specified index: " + index.get()));
    if (read.global() && consistent) {
      throw DynamoDbErrors.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    if (read.global()
        && effectiveSelect().equals("ALL_ATTRIBUTES")
        && !read.projection().equals("ALL")) {
      throw DynamoDbErrors.invalid(
          "Select type ALL_ATTRIBUTES is not supported for global secondary index "
              + read.name()
              + " because its projection type is not ALL");
    }
    if (read.global() && projection.isPresent()) {
      List<String> missing =
          projection.get().paths().stream()
              .map(path -> path.head())
              .filter(name -> !read.projects(table.key(), name))
              .distinct()
              .toList();
      if (!missing.isEmpty()) {
        throw DynamoDbErrors.invalid(
            "Global secondary index " + read.name() + " does not project " + missing);
      }
    }
    return Optional.of(read);
  }

  /** Tells whether a local index must fetch whole items from the table. */
  boolean fetchesFromTable(TableDefinition table, Optional<IndexDefinition> read) {
    return read.isPresent()
        && !read.get().global()
        && !read.get().projection().equals("ALL")
        && (effectiveSelect().equals("ALL_ATTRIBUTES")
            || projection
                .map(
                    wanted ->
                        wanted.paths().stream()
                            .anyMatch(path -> !read.get().projects(table.key(), path.head())))
                .orElse(false));
  }

  /** Returns what a page needs to know. */
  Pager.Wanted wanted(TableDefinition table, Optional<IndexDefinition> read) {
    return new Pager.Wanted(
        table,
        read,
        limit,
        consistent,
        filter,
        projection,
        fetchesFromTable(table, read),
        effectiveSelect().equals("COUNT"));
  }
}
