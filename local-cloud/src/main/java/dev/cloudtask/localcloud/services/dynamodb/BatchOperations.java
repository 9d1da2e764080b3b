package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.expression.Placeholders;
import dev.cloudtask.localcloud.services.dynamodb.expression.Projection;
import dev.cloudtask.localcloud.services.dynamodb.expression.ProjectionParser;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.Binary;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemReader;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** BatchGetItem and BatchWriteItem: many single operations in one request, none with conditions. */
final class BatchOperations {
  private static final int MOST_READS = 100;
  private static final int MOST_WRITES = 25;
  private static final long ANSWER_BYTES = 16L * 1024 * 1024;
  private static final String DUPLICATES = "Provided list of item keys contains duplicates";

  private final StateStore state;
  private final TableStore tables;
  private final Access access;
  private final ItemOperations items;

  BatchOperations(StateStore state, TableStore tables, Access access, ItemOperations items) {
    this.state = state;
    this.tables = tables;
    this.access = access;
    this.items = items;
  }

  /** The keys wanted of one table. */
  private record Reads(
      JsonInput in,
      List<Map<String, AttributeValue>> keys,
      Optional<Projection> projection,
      boolean consistent) {

    static Reads of(JsonInput in) {
      List<Map<String, AttributeValue>> keys =
          in.element("Keys").map(json -> JsonInput.list(json, ItemReader::item)).orElse(List.of());
      Placeholders placeholders = Placeholders.read(in, List.of(ProjectionParser.KIND), List.of());
      Optional<Projection> projection =
          in.text(ProjectionParser.KIND).map(text -> ProjectionParser.parse(text, placeholders));
      placeholders.checkAllUsed();
      return new Reads(in, keys, projection, in.flag("ConsistentRead").orElse(false));
    }
  }

  JsonObject get(JsonInput in, DynamoDbCall call) {
    Parameters.of("BatchGetItem", in).capacity().required("RequestItems").check();
    Map<String, JsonInput> requests = in.structureMap("RequestItems").orElse(Map.of());
    checkRequests(requests);
    Constraints constraints = new Constraints("ValidationException");
    int wanted = 0;
    for (Map.Entry<String, JsonInput> request : requests.entrySet()) {
      request
          .getValue()
          .refuse(
              "dynamodb", "BatchGetItem", "Use ProjectionExpression instead.", "AttributesToGet");
      Optional<JsonElement> keys = request.getValue().element("Keys");
      String member = "requestItems." + request.getKey() + ".member.keys";
      constraints.required(member, keys);
      int count = keys.map(json -> JsonInput.list(json, key -> key).size()).orElse(1);
      wanted += count;
      if (count < 1) {
        constraints.violation("[]", member, "Member must have length greater than or equal to 1");
      }
    }
    constraints.check();
    if (wanted > MOST_READS) {
      throw DynamoDbErrors.validation("Too many items requested for the BatchGetItem call");
    }
    Map<String, Reads> reads = new LinkedHashMap<>();
    requests.forEach(
        (table, request) -> {
          String name = Parameters.tableName(table);
          String arn = access.tableArn(name);
          Reads read = access.reading(call, "BatchGetItem", arn, () -> Reads.of(request));
          Access.Keys keys = new Access.Keys();
          tables.find(name).ifPresent(known -> keys.leading(known, read.keys()));
          access.check(call, "BatchGetItem", arn, keys);
          reads.put(table, read);
        });
    return answer(reads, new Capacity(Parameters.capacityMode(in), false));
  }

  private JsonObject answer(Map<String, Reads> reads, Capacity capacity) {
    reads.forEach(
        (name, read) -> {
          TableDefinition table = tables.require(Parameters.tableName(name));
          Set<Binary> seen = new HashSet<>();
          for (Map<String, AttributeValue> key : read.keys()) {
            ItemKeys.checkKey(table, key);
            if (!seen.add(Binary.of(ItemKeys.bytes(table, key)))) {
              throw DynamoDbErrors.validation(DUPLICATES);
            }
          }
        });
    JsonObject responses = new JsonObject();
    JsonObject unprocessed = new JsonObject();
    long bytes = 0;
    for (Map.Entry<String, Reads> entry : reads.entrySet()) {
      Reads read = entry.getValue();
      TableDefinition table = tables.require(Parameters.tableName(entry.getKey()));
      JsonArray found = new JsonArray();
      JsonArray left = new JsonArray();
      for (Map<String, AttributeValue> key : read.keys()) {
        Optional<Map<String, AttributeValue>> item = tables.get(table, key);
        int size = item.map(ItemSize::of).orElse(0);
        if (bytes + size > ANSWER_BYTES) {
          left.add(ItemWriter.item(key));
          continue;
        }
        bytes += size;
        capacity.read(table.name(), Capacity.readUnits(size, read.consistent()));
        item.ifPresent(
            some ->
                found.add(
                    ItemWriter.item(read.projection().map(part -> part.of(some)).orElse(some))));
      }
      responses.add(entry.getKey(), found);
      if (left.size() > 0) {
        JsonObject again = read.in().json().deepCopy();
        again.add("Keys", left);
        unprocessed.add(entry.getKey(), again);
      }
    }
    JsonObject answer = new JsonObject();
    answer.add("Responses", responses);
    answer.add("UnprocessedKeys", unprocessed);
    capacity.reportAll(answer);
    return answer;
  }

  private static void checkRequests(Map<String, ?> requests) {
    Constraints constraints = new Constraints("ValidationException");
    if (requests.isEmpty()) {
      constraints.violation(
          "{}", "requestItems", "Member must have length greater than or equal to 1");
    }
    for (String table : requests.keySet()) {
      String name = Parameters.tableName(table);
      if (!Parameters.isName(name) || name.length() > Parameters.LONGEST_NAME) {
        constraints.violation(
            requests.keySet().toString(),
            "requestItems",
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
                + " Member must have length greater than or equal to 1, Member must satisfy regular"
                + " expression pattern: [a-zA-Z0-9_.-]+]");
      }
    }
    constraints.check();
  }

  /** One put or delete of a batch. */
  private record Change(String table, boolean put, Map<String, AttributeValue> item) {}

  JsonObject write(JsonInput in, DynamoDbCall call) {
    Parameters.of("BatchWriteItem", in).capacity().metrics().required("RequestItems").check();
    Map<String, List<JsonInput>> requests =
        in.map("RequestItems", (name, json) -> JsonInput.list(json, JsonInput::asStructure))
            .orElse(Map.of());
    checkRequests(requests);
    int wanted = requests.values().stream().mapToInt(List::size).sum();
    if (requests.values().stream().anyMatch(List::isEmpty)) {
      throw DynamoDbErrors.validation(
          "1 validation error detected: Value '"
              + requests.keySet()
              + "' at 'requestItems' failed to satisfy constraint: Map value must satisfy"
              + " constraint: [Member must have length less than or equal to 25, Member must have"
              + " length greater than or equal to 1]");
    }
    if (wanted > MOST_WRITES) {
      throw DynamoDbErrors.validation("Too many items requested for the BatchWriteItem call");
    }
    List<Change> changes = new ArrayList<>();
    requests.forEach(
        (table, list) -> {
          String name = Parameters.tableName(table);
          String arn = access.tableArn(name);
          List<Change> ofTable =
              access.reading(
                  call,
                  "BatchWriteItem",
                  arn,
                  () -> list.stream().map(request -> change(name, request)).toList());
          Access.Keys keys = new Access.Keys();
          tables
              .find(name)
              .ifPresent(known -> keys.leading(known, ofTable.stream().map(Change::item).toList()));
          access.check(call, "BatchWriteItem", arn, keys);
          changes.addAll(ofTable);
        });
    Capacity capacity = new Capacity(Parameters.capacityMode(in), false);
    state.write(() -> perform(changes, capacity));
    JsonObject answer = new JsonObject();
    answer.add("UnprocessedItems", new JsonObject());
    capacity.reportAll(answer);
    if (ItemOperations.wantsMetrics(in)) {
      answer.add("ItemCollectionMetrics", metrics(changes));
    }
    return answer;
  }

  private static Change change(String table, JsonInput request) {
    Optional<JsonInput> put = request.structure("PutRequest");
    Optional<JsonInput> delete = request.structure("DeleteRequest");
    if (put.isPresent() == delete.isPresent()) {
      throw DynamoDbErrors.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
              + " the supported datatypes");
    }
    String member = put.isPresent() ? "Item" : "Key";
    JsonInput inner = put.or(() -> delete).orElseThrow();
    new Constraints("ValidationException")
        .required(
            "requestItems."
                + table
                + ".member."
                + (put.isPresent() ? "putRequest.item" : "deleteRequest.key"),
            inner.element(member))
        .check();
    Map<String, AttributeValue> item = Parameters.item(inner, member);
    if (ItemSize.of(item) > ItemSize.LARGEST_ITEM) {
      throw DynamoDbErrors.validation("Item size has exceeded the maximum allowed size");
    }
    return new Change(table, put.isPresent(), item);
  }

  private void perform(List<Change> changes, Capacity capacity) {
    Set<List<Object>> seen = new HashSet<>();
    for (Change change : changes) {
      TableDefinition table = tables.require(change.table());
      if (change.put()) {
        ItemKeys.checkItem(table, change.item(), true);
      } else {
        ItemKeys.checkKey(table, change.item());
      }
      if (!seen.add(List.of(change.table(), Binary.of(ItemKeys.bytes(table, change.item()))))) {
        throw DynamoDbErrors.validation(DUPLICATES);
      }
    }
    for (Change change : changes) {
      TableDefinition table = tables.require(change.table());
      Map<String, AttributeValue> before = tables.get(table, change.item()).orElse(null);
      Map<String, AttributeValue> after = change.put() ? change.item() : null;
      new Write.Outcome(table, before, after, tables.replace(table, before, after))
          .addTo(capacity, 1);
    }
  }

  private JsonObject metrics(List<Change> changes) {
    Map<String, Map<JsonElement, JsonObject>> collected = new LinkedHashMap<>();
    for (Change change : changes) {
      TableDefinition table = tables.require(change.table());
      if (!table.localIndexes().isEmpty()) {
        JsonObject metrics = items.metrics(table, change.item());
        collected
            .computeIfAbsent(change.table(), name -> new LinkedHashMap<>())
            .put(metrics.get("ItemCollectionKey"), metrics);
      }
    }
    JsonObject all = new JsonObject();
    collected.forEach(
        (name, list) -> {
          JsonArray ofTable = new JsonArray();
          list.values().forEach(ofTable::add);
          all.add(name, ofTable);
        });
    return all;
  }
}
