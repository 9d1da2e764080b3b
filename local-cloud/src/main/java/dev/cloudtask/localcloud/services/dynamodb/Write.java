package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.Condition;
import dev.cloudtask.localcloud.services.dynamodb.expression.ConditionEvaluator;
import dev.cloudtask.localcloud.services.dynamodb.expression.ConditionParser;
import dev.cloudtask.localcloud.services.dynamodb.expression.Placeholders;
import dev.cloudtask.localcloud.services.dynamodb.expression.Update;
import dev.cloudtask.localcloud.services.dynamodb.expression.UpdateEvaluator;
import dev.cloudtask.localcloud.services.dynamodb.expression.UpdateParser;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One write to one item: what is demanded of the item that is there, and what is to become of it.
 * Alone it is PutItem, UpdateItem or DeleteItem; several make a transaction.
 *
 * @param action Put, Update, Delete or ConditionCheck
 * @param table the table's name
 * @param item the whole item of a put, the key of everything else
 * @param condition what the item that is there must fulfil
 * @param update what changes; only of an update
 * @param showsItem whether a failed condition shows the item that is there
 */
record Write(
    String action,
    String table,
    Map<String, AttributeValue> item,
    Optional<Condition> condition,
    Update update,
    boolean showsItem) {

  private static final String CONDITION = "ConditionExpression";

  /**
   * What a write did.
   *
   * @param before the item before; null if there was none
   * @param after the item after; null if there is none
   * @param indexUnits the write units the indexes consumed
   */
  record Outcome(
      TableDefinition table,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after,
      Map<IndexDefinition, Double> indexUnits) {

    /** Returns the bytes that the table's write units are counted by: the larger item. */
    int bytes() {
      return Math.max(
          before == null ? 0 : ItemSize.of(before), after == null ? 0 : ItemSize.of(after));
    }

    /** Notes what was consumed; transactions pay twice. */
    void addTo(Capacity capacity, int factor) {
      capacity.write(table.name(), factor * Capacity.writeUnits(bytes()));
      indexUnits.forEach((index, units) -> capacity.index(table.name(), index, factor * units));
    }
  }

  /**
   * Reads a write from a request, without looking at its table.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  static Write read(String action, JsonInput in) {
    Map<String, AttributeValue> item = Parameters.item(in, action.equals("Put") ? "Item" : "Key");
    if (action.equals("Put") && ItemSize.of(item) > ItemSize.LARGEST_ITEM) {
      throw DynamoDbErrors.validation("Item size has exceeded the maximum allowed size");
    }
    List<String> expressions =
        action.equals("Update") ? List.of(UpdateParser.KIND, CONDITION) : List.of(CONDITION);
    Placeholders placeholders = Placeholders.read(in, expressions, expressions);
    Optional<String> updateText =
        action.equals("Update") ? in.text(UpdateParser.KIND) : Optional.empty();
    Update update =
        updateText.map(text -> UpdateParser.parse(text, placeholders)).orElse(Update.NOTHING);
    Optional<Condition> condition =
        in.text(CONDITION).map(text -> ConditionParser.parse(CONDITION, text, placeholders));
    placeholders.checkAllUsed();
    return new Write(
        action,
        Parameters.tableName(in),
        item,
        condition,
        update,
        in.text("ReturnValuesOnConditionCheckFailure").orElse("NONE").equals("ALL_OLD"));
  }

  /** Returns the name of its IAM action: {@code PutItem}, {@code ConditionCheckItem}. */
  String iamAction() {
    return action + "Item";
  }

  /** Checks the key against the table. */
  void checkKey(TableDefinition definition) {
    if (action.equals("Put")) {
      ItemKeys.checkItem(definition, item, false);
    } else {
      ItemKeys.checkKey(definition, item);
    }
  }

  /**
   * What a write will do: its condition holds, its result is valid, nothing has changed yet. So a
   * transaction whose last write fails has never shown its first to anybody.
   */
  record Plan(
      TableDefinition table,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after,
      boolean changes) {

    /** Does it. */
    Outcome apply(TableStore store) {
      return new Outcome(
          table, before, after, changes ? store.replace(table, before, after) : Map.of());
    }

    /** Returns the bytes of the larger item. */
    int bytes() {
      return new Outcome(table, before, after, Map.of()).bytes();
    }
  }

  /**
   * Finds out what it will do, inside a change of the store.
   *
   * @throws AwsException ConditionalCheckFailedException, ValidationException
   */
  Plan plan(TableStore store, TableDefinition definition) {
    checkKey(definition);
    if (action.equals("Update")) {
      UpdateRules.check(definition, update);
    }
    Map<String, AttributeValue> before = store.get(definition, item).orElse(null);
    if (condition.isPresent()
        && !ConditionEvaluator.holds(condition.get(), before == null ? Map.of() : before)) {
      AwsException failure = DynamoDbErrors.conditionFailed();
      throw showsItem && before != null
          ? failure.with("Item", ItemWriter.item(before).toString())
          : failure;
    }
    if (action.equals("ConditionCheck")) {
      return new Plan(definition, before, before, false);
    }
    return new Plan(definition, before, after(definition, before), true);
  }

  private @Nullable Map<String, AttributeValue> after(
      TableDefinition definition, @Nullable Map<String, AttributeValue> before) {
    return switch (action) {
      case "Put" -> item;
      case "Delete" -> null;
      default -> {
        Map<String, AttributeValue> after =
            UpdateEvaluator.apply(update, before == null ? item : before);
        UpdateRules.checkResult(definition, update, after);
        yield after;
      }
    };
  }
}
