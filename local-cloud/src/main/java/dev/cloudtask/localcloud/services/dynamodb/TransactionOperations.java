package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.Binary;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * TransactGetItems and TransactWriteItems: all or nothing, alone. Every change of the store is made
 * alone, so transactions never conflict here.
 */
final class TransactionOperations {
  private static final int MOST = 100;
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final int FACTOR = 2;
  private static final List<String> ACTIONS = List.of("Put", "Update", "Delete", "ConditionCheck");

  private final StateStore state;
  private final TableStore tables;
  private final Access access;
  private final ItemOperations items;
  private final RequestTokens tokens;

  TransactionOperations(StateStore state, TableStore tables, Access access, ItemOperations items) {
    this.state = state;
    this.tables = tables;
    this.access = access;
    this.items = items;
    this.tokens = new RequestTokens(state);
  }

  JsonObject get(JsonInput in, DynamoDbCall call) {
    Parameters.of("TransactGetItems", in).capacity().required("TransactItems").check();
    List<ItemOperations.Read> reads = new ArrayList<>();
    for (JsonInput item : transactItems(in)) {
      JsonInput get =
          item.structure("Get")
              .orElseThrow(
                  () ->
                      DynamoDbErrors.validation(
                          "1 validation error detected: Value null at"
                              + " 'transactItems.1.member.get' failed to satisfy constraint: Member"
                              + " must not be null"));
      checkAction("get", get, "Key", reads.size() + 1);
      String name = Parameters.tableName(get);
      String arn = access.tableArn(name);
      ItemOperations.Read read =
          access.reading(call, "GetItem", arn, () -> ItemOperations.Read.of(get));
      access.check(
          call,
          "GetItem",
          arn,
          read.keys(tables.find(name)).with("EnclosingOperation", List.of("TransactGetItems")));
      reads.add(read);
    }
    Capacity capacity = new Capacity(Parameters.capacityMode(in), true);
    // Alone in the store, so that no write falls between two of the reads.
    JsonArray responses = state.write(() -> read(reads, capacity));
    JsonObject answer = new JsonObject();
    answer.add("Responses", responses);
    capacity.reportAll(answer);
    return answer;
  }

  private JsonArray read(List<ItemOperations.Read> reads, Capacity capacity) {
    Set<List<Object>> seen = new HashSet<>();
    for (ItemOperations.Read read : reads) {
      TableDefinition table = tables.require(read.table());
      ItemKeys.checkKey(table, read.key());
      distinct(seen, table, read.key());
    }
    JsonArray responses = new JsonArray();
    for (ItemOperations.Read read : reads) {
      TableDefinition table = tables.require(read.table());
      Optional<Map<String, AttributeValue>> item = tables.get(table, read.key());
      JsonObject response = new JsonObject();
      item.ifPresent(
          found ->
              response.add(
                  "Item",
                  ItemWriter.item(read.projection().map(some -> some.of(found)).orElse(found))));
      responses.add(response);
      capacity.read(
          table.name(), FACTOR * Capacity.readUnits(item.map(ItemSize::of).orElse(0), true));
    }
    return responses;
  }

  private static void distinct(
      Set<List<Object>> seen, TableDefinition table, Map<String, AttributeValue> key) {
    if (!seen.add(List.of(table.name(), Binary.of(ItemKeys.bytes(table, key))))) {
      throw DynamoDbErrors.validation(
          "Transaction request cannot include multiple operations on one item");
    }
  }

  JsonObject write(JsonInput in, DynamoDbCall call) {
    Parameters.of("TransactWriteItems", in).capacity().metrics().required("TransactItems").check();
    new Constraints("ValidationException")
        .length("clientRequestToken", in.text("ClientRequestToken"), 1, 36)
        .check();
    List<Write> writes = new ArrayList<>();
    for (JsonInput item : transactItems(in)) {
      writes.add(write(item, writes.size() + 1, call));
    }
    JsonObject payload = in.json().deepCopy();
    payload.remove("ReturnConsumedCapacity");
    payload.remove("ReturnItemCollectionMetrics");
    Capacity capacity = new Capacity(Parameters.capacityMode(in), true);
    boolean repeated =
        state.write(
            () -> {
              Optional<String> token = in.text("ClientRequestToken");
              if (token.isPresent() && tokens.repeats(token.get(), payload, call.at())) {
                return true;
              }
              perform(writes, capacity);
              return false;
            });
    if (repeated) {
      // The second time nothing is written: it costs what reading the items costs.
      for (Write write : writes) {
        capacity.read(write.table(), FACTOR * Capacity.readUnits(ItemSize.of(write.item()), true));
      }
    }
    JsonObject answer = new JsonObject();
    capacity.reportAll(answer);
    if (ItemOperations.wantsMetrics(in)) {
      answer.add("ItemCollectionMetrics", metrics(writes));
    }
    return answer;
  }

  private static List<JsonInput> transactItems(JsonInput in) {
    Optional<List<JsonInput>> list = in.structures("TransactItems");
    int size = list.map(List::size).orElse(0);
    Constraints constraints = new Constraints("ValidationException");
    if (size < 1) {
      constraints.violation(
          "[]", "transactItems", "Member must have length greater than or equal to 1");
    } else if (size > MOST) {
      constraints.violation(
          in.element("TransactItems").map(JsonElement::toString).orElse(""),
          "transactItems",
          "Member must have length less than or equal to " + MOST);
    }
    constraints.check();
    return list.orElse(List.of());
  }

  private Write write(JsonInput item, int position, DynamoDbCall call) {
    List<String> given = ACTIONS.stream().filter(item::has).toList();
    if (given.size() != 1) {
      throw DynamoDbErrors.validation(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    String action = given.get(0);
    JsonInput inner = item.structure(action).orElseThrow();
    String member = Character.toLowerCase(action.charAt(0)) + action.substring(1);
    checkAction(member, inner, action.equals("Put") ? "Item" : "Key", position);
    if (action.equals("Update") || action.equals("ConditionCheck")) {
      String needed = action.equals("Update") ? "UpdateExpression" : "ConditionExpression";
      new Constraints("ValidationException")
          .required(
              "transactItems."
                  + position
                  + ".member."
                  + member
                  + "."
                  + Character.toLowerCase(needed.charAt(0))
                  + needed.substring(1),
              inner.element(needed))
          .check();
    }
    String name = Parameters.tableName(inner);
    String arn = access.tableArn(name);
    Write write = access.reading(call, action + "Item", arn, () -> Write.read(action, inner));
    Access.Keys keys = new Access.Keys().with("EnclosingOperation", List.of("TransactWriteItems"));
    tables.find(name).ifPresent(table -> keys.leading(table, List.of(write.item())));
    LinkedHashSet<String> attributes = new LinkedHashSet<>(write.item().keySet());
    write.update().paths().forEach(path -> attributes.add(path.head()));
    access.check(call, write.iamAction(), arn, keys.with("Attributes", List.copyOf(attributes)));
    return write;
  }

  private static void checkAction(String action, JsonInput in, String item, int position) {
    String at = "transactItems." + position + ".member." + action + ".";
    new Constraints("ValidationException")
        .required(at + Character.toLowerCase(item.charAt(0)) + item.substring(1), in.element(item))
        .required(at + "tableName", in.text("TableName"))
        .oneOf(
            at + "returnValuesOnConditionCheckFailure",
            in.text("ReturnValuesOnConditionCheckFailure"),
            ItemOperations.CHECK_FAILURE_VALUES)
        .check();
  }

  private void perform(List<Write> writes, Capacity capacity) {
    Set<List<Object>> seen = new HashSet<>();
    long bytes = 0;
    for (Write write : writes) {
      TableDefinition table = tables.require(write.table());
      if (hasKey(table, write)) {
        distinct(seen, table, write.item());
      }
      bytes += ItemSize.of(write.item());
    }
    if (bytes > MOST_BYTES) {
      throw tooLarge();
    }
    JsonArray reasons = new JsonArray();
    List<String> codes = new ArrayList<>();
    List<Write.Plan> plans = new ArrayList<>();
    long written = 0;
    for (Write write : writes) {
      AwsException failure = null;
      try {
        Write.Plan plan = write.plan(tables, tables.require(write.table()));
        plans.add(plan);
        written += plan.bytes();
      } catch (AwsException e) {
        failure = e;
      }
      JsonObject reason = reason(failure);
      reasons.add(reason);
      codes.add(reason.get("Code").getAsString());
    }
    if (codes.stream().anyMatch(code -> !code.equals("None"))) {
      throw new AwsException(
              "TransactionCanceledException",
              400,
              "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                  + String.join(", ", codes)
                  + "]")
          .with("CancellationReasons", reasons.toString());
    }
    if (written > MOST_BYTES) {
      throw tooLarge();
    }
    plans.forEach(plan -> plan.apply(tables).addTo(capacity, FACTOR));
  }

  private static AwsException tooLarge() {
    return DynamoDbErrors.validation(
        "Collection size of items exceeded, which can also be caused by the aggregate size of the"
            + " items in the transaction exceeding the 4MB limit");
  }

  /**
   * A key that does not fit its table has no place to be compared by; it fails later, by itself.
   */
  private static boolean hasKey(TableDefinition table, Write write) {
    return table.key().names().stream()
        .allMatch(
            name -> {
              AttributeValue value = write.item().get(name);
              return value != null && value.type().equals(table.types().get(name));
            });
  }

  private static JsonObject reason(@Nullable AwsException failure) {
    JsonObject reason = new JsonObject();
    if (failure == null) {
      reason.addProperty("Code", "None");
      return reason;
    }
    boolean condition = failure.code().equals("ConditionalCheckFailedException");
    String item = failure.details().get("Item");
    if (item != null) {
      reason.add("Item", JsonParser.parseString(item));
    }
    reason.addProperty("Code", condition ? "ConditionalCheckFailed" : "ValidationError");
    reason.addProperty("Message", failure.message());
    return reason;
  }

  private JsonObject metrics(List<Write> writes) {
    JsonObject all = new JsonObject();
    for (Write write : writes) {
      TableDefinition table = tables.require(write.table());
      if (!table.localIndexes().isEmpty() && !write.action().equals("ConditionCheck")) {
        if (!all.has(table.name())) {
          all.add(table.name(), new JsonArray());
        }
        all.getAsJsonArray(table.name()).add(items.metrics(table, write.item()));
      }
    }
    return all;
  }
}
