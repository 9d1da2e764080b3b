package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.TableRequest.Index;
import dev.cloudtask.localcloud.services.dynamodb.TableRequest.KeyElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the keys, indexes and throughput of a table must fit together, in DynamoDB's words and order.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">
 *     CreateTable</a>
 */
final class TableRules {
  private static final long MOST_UNITS = 1_000_000_000_000L;
  private static final int MOST_LOCAL = 5;
  private static final int MOST_GLOBAL = 20;

  private TableRules() {}

  /**
   * Checks billing mode and throughput of a new table.
   *
   * @throws AwsException ValidationException
   */
  static void checkBilling(boolean onDemand, Optional<Throughput> throughput) {
    if (onDemand) {
      if (throughput.isPresent()) {
        throw DynamoDbErrors.invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                + " PAY_PER_REQUEST");
      }
      return;
    }
    if (throughput.isEmpty()) {
      throw DynamoDbErrors.invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
    checkBounds(throughput.get(), "");
  }

  private static void checkBounds(Throughput throughput, String where) {
    if (throughput.read() > MOST_UNITS) {
      throw DynamoDbErrors.validation(
          "Given value " + throughput.read() + " for ReadCapacityUnits is out of bounds" + where);
    }
    if (throughput.write() > MOST_UNITS) {
      throw DynamoDbErrors.validation(
          "Given value " + throughput.write() + " for WriteCapacityUnits is out of bounds" + where);
    }
  }

  /**
   * Checks a table's own key.
   *
   * @throws AwsException ValidationException
   */
  static KeySchema checkKey(List<KeyElement> keys, Map<String, String> types) {
    if (keys.size() > types.size()) {
      throw DynamoDbErrors.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return checkSchema(keys, types);
  }

  private static KeySchema checkSchema(List<KeyElement> keys, Map<String, String> types) {
    List<String> names = keys.stream().map(KeyElement::name).toList();
    if (!types.keySet().containsAll(names)) {
      throw DynamoDbErrors.invalid(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + types.keySet());
    }
    if (names.size() == 2 && names.get(0).equals(names.get(1))) {
      throw DynamoDbErrors.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (!keys.get(0).type().equals("HASH")) {
      throw DynamoDbErrors.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (keys.size() == 2 && !keys.get(1).type().equals("RANGE")) {
      throw DynamoDbErrors.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    return new KeySchema(names.get(0), names.size() == 2 ? names.get(1) : null);
  }

  /**
   * Checks all indexes of a new table and that no attribute is declared for nothing.
   *
   * @throws AwsException ValidationException
   */
  static List<IndexDefinition> checkIndexes(
      KeySchema table,
      Map<String, String> types,
      boolean onDemand,
      Optional<List<Index>> local,
      Optional<List<Index>> global) {
    if (local.isEmpty() && global.isEmpty() && table.names().size() != types.size()) {
      throw DynamoDbErrors.invalid(
          "Number of attributes in KeySchema does not exactly match number of attributes defined in"
              + " AttributeDefinitions");
    }
    Set<String> names = new HashSet<>();
    List<IndexDefinition> indexes = new ArrayList<>();
    if (local.isPresent()) {
      if (local.get().isEmpty()) {
        throw DynamoDbErrors.invalid("List of LocalSecondaryIndexes is empty");
      }
      if (table.range() == null) {
        throw DynamoDbErrors.invalid(
            "Table KeySchema does not have a range key, which is required when specifying a"
                + " LocalSecondaryIndex");
      }
      for (Index index : local.get()) {
        indexes.add(checkLocal(index, table, types));
        checkName(index, names);
      }
      if (local.get().size() > MOST_LOCAL) {
        throw DynamoDbErrors.invalid(
            "Number of LocalSecondaryIndexes exceeds per-table limit of " + MOST_LOCAL);
      }
    }
    if (global.isPresent()) {
      if (global.get().isEmpty()) {
        throw DynamoDbErrors.invalid("List of GlobalSecondaryIndexes is empty");
      }
      for (Index index : global.get()) {
        indexes.add(checkGlobal(index, types, onDemand));
        checkName(index, names);
      }
      if (global.get().size() > MOST_GLOBAL) {
        throw tooManyGlobal();
      }
    }
    checkAllUsed(table, types, indexes);
    return indexes;
  }

  static AwsException tooManyGlobal() {
    return DynamoDbErrors.invalid(
        "GlobalSecondaryIndex count exceeds the per-table limit of " + MOST_GLOBAL);
  }

  private static void checkName(Index index, Set<String> names) {
    if (!names.add(index.name())) {
      throw DynamoDbErrors.invalid("Duplicate index name: " + index.name());
    }
  }

  /** Every attribute that is declared must be in some key. */
  static void checkAllUsed(
      KeySchema table, Map<String, String> types, List<IndexDefinition> indexes) {
    Set<String> used = new LinkedHashSet<>(table.names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    if (!used.containsAll(types.keySet())) {
      throw DynamoDbErrors.invalid(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + types.keySet()
              + ", keys used: "
              + used);
    }
  }

  private static IndexDefinition checkLocal(
      Index index, KeySchema table, Map<String, String> types) {
    KeySchema key = checkSchema(index.keys(), types);
    if (key.range() == null) {
      throw DynamoDbErrors.invalid(
          "Index KeySchema does not have a range key for index: " + index.name());
    }
    if (!key.hash().equals(table.hash())) {
      throw DynamoDbErrors.invalid(
          "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
              + index.name()
              + ". index hash key: "
              + key.hash()
              + ", table hash key: "
              + table.hash());
    }
    return definition(index, key, Throughput.NONE);
  }

  /**
   * Checks a global index, of a new table or added to one.
   *
   * @throws AwsException ValidationException
   */
  static IndexDefinition checkGlobal(Index index, Map<String, String> types, boolean onDemand) {
    KeySchema key = checkSchema(index.keys(), types);
    IndexDefinition definition = definition(index, key, index.throughput().orElse(Throughput.NONE));
    if (onDemand && index.throughput().isPresent()) {
      throw DynamoDbErrors.invalid(
          "ProvisionedThroughput should not be specified for index: "
              + index.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!onDemand && index.throughput().isEmpty()) {
      throw DynamoDbErrors.invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified for index: "
              + index.name());
    }
    index.throughput().ifPresent(units -> checkBounds(units, " for index " + index.name()));
    return definition;
  }

  private static IndexDefinition definition(Index index, KeySchema key, Throughput throughput) {
    if (index.projection().isEmpty()) {
      throw DynamoDbErrors.invalid("Unknown ProjectionType: null");
    }
    String projection = index.projection().get();
    if (index.included().isPresent() != projection.equals("INCLUDE")) {
      throw DynamoDbErrors.invalid(
          "ProjectionType is "
              + projection
              + ", but NonKeyAttributes is "
              + (index.included().isPresent() ? "specified" : "not specified"));
    }
    return new IndexDefinition(
        index.name(),
        index.global(),
        key,
        projection,
        index.included().orElse(List.of()),
        throughput);
  }

  /**
   * Checks a change of throughput: it must change something.
   *
   * @throws AwsException ValidationException
   */
  static void checkChange(Throughput now, Throughput wanted, String of) {
    checkBounds(wanted, "");
    if (now.equals(wanted)) {
      throw DynamoDbErrors.validation(
          "The provisioned throughput for the "
              + of
              + " will not change. The requested value equals the current value. Current"
              + " ReadCapacityUnits provisioned for the "
              + of
              + ": "
              + now.read()
              + ". Requested ReadCapacityUnits: "
              + wanted.read()
              + ". Current WriteCapacityUnits provisioned for the "
              + of
              + ": "
              + now.write()
              + ". Requested WriteCapacityUnits: "
              + wanted.write()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }
}
