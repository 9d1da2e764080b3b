package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What CreateTable and UpdateTable say of keys, indexes and throughput: read, and checked against
 * the constraints of DynamoDB's model. {@link TableRules} checks how it fits together.
 */
final class TableRequest {
  private static final List<String> ATTRIBUTE_TYPES = List.of("B", "N", "S");
  private static final List<String> KEY_TYPES = List.of("HASH", "RANGE");
  private static final List<String> PROJECTIONS = List.of("ALL", "INCLUDE", "KEYS_ONLY");
  static final List<String> BILLING_MODES = List.of("PROVISIONED", "PAY_PER_REQUEST");
  private static final int MOST_INCLUDED = 20;

  /** One element of a key schema. */
  record KeyElement(String name, String type) {}

  /**
   * An index as asked for.
   *
   * @param included the attributes of INCLUDE, if given at all
   * @param throughput the throughput, if given at all
   */
  record Index(
      String name,
      boolean global,
      List<KeyElement> keys,
      Optional<String> projection,
      Optional<List<String>> included,
      Optional<Throughput> throughput) {}

  private final Constraints constraints = new Constraints("ValidationException");

  Constraints constraints() {
    return constraints;
  }

  /** Reads AttributeDefinitions: types by name, in order. */
  Map<String, String> types(JsonInput in, boolean required) {
    Optional<List<JsonInput>> list = in.structures("AttributeDefinitions");
    if (required) {
      constraints.required("attributeDefinitions", list);
    }
    Map<String, String> types = new LinkedHashMap<>();
    int position = 0;
    for (JsonInput definition : list.orElse(List.of())) {
      position++;
      String at = "attributeDefinitions." + position + ".member.";
      Optional<String> name = definition.text("AttributeName");
      Optional<String> type = definition.text("AttributeType");
      constraints
          .required(at + "attributeName", name)
          .length(at + "attributeName", name, 1, Parameters.LONGEST_NAME)
          .required(at + "attributeType", type)
          .oneOf(at + "attributeType", type, ATTRIBUTE_TYPES);
      types.put(name.orElse(""), type.orElse(""));
    }
    return types;
  }

  /** Reads a KeySchema. */
  List<KeyElement> keys(JsonInput in, String path) {
    Optional<List<JsonInput>> list = in.structures("KeySchema");
    constraints.required(path, list);
    List<KeyElement> keys = new ArrayList<>();
    for (JsonInput element : list.orElse(List.of())) {
      String at = path + "." + (keys.size() + 1) + ".member.";
      Optional<String> name = element.text("AttributeName");
      Optional<String> type = element.text("KeyType");
      constraints
          .required(at + "attributeName", name)
          .length(at + "attributeName", name, 1, Parameters.LONGEST_NAME)
          .required(at + "keyType", type)
          .oneOf(at + "keyType", type, KEY_TYPES);
      keys.add(new KeyElement(name.orElse(""), type.orElse("")));
    }
    if (list.isPresent() && (keys.isEmpty() || keys.size() > 2)) {
      constraints.violation(
          keys.stream()
              .map(
                  key ->
                      "KeySchemaElement(attributeName="
                          + key.name()
                          + ", keyType="
                          + key.type()
                          + ")")
              .toList()
              .toString(),
          path,
          keys.isEmpty()
              ? "Member must have length greater than or equal to 1"
              : "Member must have length less than or equal to 2");
    }
    return keys;
  }

  /** Reads ProvisionedThroughput. */
  Optional<Throughput> throughput(JsonInput in, String prefix) {
    return in.structure("ProvisionedThroughput")
        .map(
            units -> {
              Optional<Long> write = units.number("WriteCapacityUnits");
              Optional<Long> read = units.number("ReadCapacityUnits");
              String at = prefix + "provisionedThroughput.";
              constraints
                  .required(at + "writeCapacityUnits", write)
                  .range(at + "writeCapacityUnits", write, 1, Long.MAX_VALUE)
                  .required(at + "readCapacityUnits", read)
                  .range(at + "readCapacityUnits", read, 1, Long.MAX_VALUE);
              return new Throughput(read.orElse(0L), write.orElse(0L));
            });
  }

  /** Reads LocalSecondaryIndexes or GlobalSecondaryIndexes, if given. */
  Optional<List<Index>> indexes(JsonInput in, boolean global) {
    String member = global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
    return in.structures(member)
        .map(
            list -> {
              List<Index> indexes = new ArrayList<>();
              for (JsonInput index : list) {
                indexes.add(
                    index(
                        index,
                        global,
                        Character.toLowerCase(member.charAt(0))
                            + member.substring(1)
                            + "."
                            + (indexes.size() + 1)
                            + ".member."));
              }
              return indexes;
            });
  }

  /** Reads one index. */
  Index index(JsonInput in, boolean global, String at) {
    in.refuse(
        "dynamodb",
        "CreateTable",
        "Leave it out: capacity on demand has no bounds here.",
        "OnDemandThroughput",
        "WarmThroughput");
    Optional<JsonInput> projection = in.structure("Projection");
    Optional<String> name = in.text("IndexName");
    constraints
        .required(at + "projection", projection)
        .required(at + "indexName", name)
        .pattern(at + "indexName", name, Parameters.NAME_PATTERN)
        .length(at + "indexName", name, 3, Parameters.LONGEST_NAME);
    Optional<String> type = projection.flatMap(of -> of.text("ProjectionType"));
    Optional<List<String>> included = projection.flatMap(of -> of.texts("NonKeyAttributes"));
    constraints
        .oneOf(at + "projection.projectionType", type, PROJECTIONS)
        .length(at + "projection.nonKeyAttributes", included, 1, MOST_INCLUDED);
    List<KeyElement> keys = keys(in, at + "keySchema");
    Optional<Throughput> throughput = global ? throughput(in, at) : Optional.empty();
    return new Index(name.orElse(""), global, keys, type, included, throughput);
  }
}
