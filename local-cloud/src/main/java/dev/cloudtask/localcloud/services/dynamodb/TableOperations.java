package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CreateTable, DescribeTable, ListTables, UpdateTable, DeleteTable. What AWS does in the background
 * is done when the answer is given; the answer still says CREATING, UPDATING or DELETING.
 */
final class TableOperations {
  private static final DateTimeFormatter STREAM_LABEL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final List<String> TABLE_CLASSES =
      List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");
  private static final List<String> STREAM_VIEWS =
      List.of("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY");
  private static final String[] NOT_EMULATED = {
    "OnDemandThroughput",
    "WarmThroughput",
    "ResourcePolicy",
    "GlobalTableSourceArn",
    "GlobalTableSettingsReplicationMode",
    "ReplicaUpdates",
    "MultiRegionConsistency",
    "GlobalTableWitnessUpdates"
  };
  private static final int MOST_LISTED = 100;

  private final CloudEnvironment environment;
  private final TableStore tables;
  private final Access access;
  private final TableDescription description;

  TableOperations(CloudEnvironment environment, TableStore tables, Access access) {
    this.environment = environment;
    this.tables = tables;
    this.access = access;
    this.description = new TableDescription(tables, access);
  }

  TableDescription description() {
    return description;
  }

  private static String checkedName(JsonInput in) {
    Optional<String> given = in.text("TableName");
    if (given.isEmpty()) {
      throw DynamoDbErrors.validation(
          "The parameter 'TableName' is required but was not present in the request");
    }
    String name = Parameters.tableName(given.get());
    if (name.length() < 3 || name.length() > Parameters.LONGEST_NAME) {
      throw DynamoDbErrors.validation(
          "TableName must be at least 3 characters long and at most 255 characters long");
    }
    return name;
  }

  JsonObject create(JsonInput in, DynamoDbCall call) {
    String name = checkedName(in);
    in.refuse(
        "dynamodb",
        "CreateTable",
        "Leave it out: this cloud has one region, and capacity on demand has no bounds here.",
        NOT_EMULATED);
    String arn = access.tableArn(name);
    TableDefinition table =
        access.reading(call, "CreateTable", arn, () -> definition(name, in, call.at()));
    access.check(call, "CreateTable", arn);
    environment
        .store()
        .write(
            () -> {
              if (tables.find(name).isPresent()) {
                throw DynamoDbErrors.inUse("Table already exists: " + name);
              }
              tables.save(table);
            });
    JsonObject answer = new JsonObject();
    answer.add("TableDescription", description.of(table, "CREATING"));
    return answer;
  }

  private TableDefinition definition(String name, JsonInput in, Instant now) {
    TableRequest request = new TableRequest();
    Constraints constraints = request.constraints();
    Map<String, String> types = request.types(in, true);
    constraints
        .pattern("tableName", Optional.of(name), Parameters.NAME_PATTERN)
        .oneOf("billingMode", in.text("BillingMode"), TableRequest.BILLING_MODES)
        .oneOf("tableClass", in.text("TableClass"), TABLE_CLASSES);
    Optional<Throughput> throughput = request.throughput(in, "");
    List<TableRequest.KeyElement> keys = request.keys(in, "keySchema");
    Optional<List<TableRequest.Index>> local = request.indexes(in, false);
    Optional<List<TableRequest.Index>> global = request.indexes(in, true);
    constraints.check();
    boolean onDemand = in.text("BillingMode").orElse("PROVISIONED").equals("PAY_PER_REQUEST");
    TableRules.checkBilling(onDemand, throughput);
    KeySchema key = TableRules.checkKey(keys, types);
    List<IndexDefinition> indexes = TableRules.checkIndexes(key, types, onDemand, local, global);
    TableDefinition.Settings settings =
        new TableDefinition.Settings(null, null, null, null, false, null, null, 0);
    return new TableDefinition(
        name,
        environment.ids().uuid(),
        now,
        types,
        key,
        onDemand,
        onDemand ? now : null,
        throughput.orElse(Throughput.NONE),
        indexes,
        settings(settings, in, now),
        TableSettings.tags(in));
  }

  /** Applies the settings that CreateTable and UpdateTable share. */
  private TableDefinition.Settings settings(
      TableDefinition.Settings before, JsonInput in, Instant now) {
    TableDefinition.Settings settings = before;
    Optional<JsonInput> stream = in.structure("StreamSpecification");
    if (stream.isPresent()) {
      settings = stream(settings, stream.get(), now);
    }
    Optional<JsonInput> encryption = in.structure("SSESpecification");
    if (encryption.isPresent()) {
      settings = settings.withKmsKey(kmsKey(encryption.get()));
    }
    if (in.has("TableClass")) {
      settings = settings.withTableClass(in.text("TableClass").orElseThrow());
    }
    return settings.withDeletionProtection(
        in.flag("DeletionProtectionEnabled").orElse(settings.deletionProtection()));
  }

  private static TableDefinition.Settings stream(
      TableDefinition.Settings settings, JsonInput stream, Instant now) {
    Optional<String> view = stream.text("StreamViewType");
    new Constraints("ValidationException")
        .required("streamSpecification.streamEnabled", stream.flag("StreamEnabled"))
        .oneOf("streamSpecification.streamViewType", view, STREAM_VIEWS)
        .check();
    boolean enabled = stream.flag("StreamEnabled").orElse(false);
    if (!enabled) {
      if (view.isPresent()) {
        throw DynamoDbErrors.invalid("StreamViewType must be null when StreamEnabled is false");
      }
      return settings.withStream(null, settings.streamLabel());
    }
    if (view.isEmpty()) {
      throw DynamoDbErrors.invalid("StreamViewType must be specified when StreamEnabled is true");
    }
    if (settings.streamView() != null) {
      throw DynamoDbErrors.validation("Table already has an enabled stream");
    }
    return settings.withStream(view.get(), STREAM_LABEL.format(now));
  }

  private @Nullable String kmsKey(JsonInput encryption) {
    if (!encryption.flag("Enabled").orElse(false)) {
      return null;
    }
    new Constraints("ValidationException")
        .oneOf("sSESpecification.sSEType", encryption.text("SSEType"), List.of("AES256", "KMS"))
        .check();
    String key = encryption.text("KMSMasterKeyId").orElse("alias/aws/dynamodb");
    return key.startsWith("arn:")
        ? key
        : environment.arn("kms", key.startsWith("alias/") ? key : "key/" + key);
  }

  JsonObject describe(JsonInput in, DynamoDbCall call) {
    String name = checkedName(in);
    access.check(call, "DescribeTable", access.tableArn(name));
    TableDefinition table = tables.find(name).orElseThrow(() -> DynamoDbErrors.tableNotFound(name));
    JsonObject answer = new JsonObject();
    answer.add("Table", description.of(table, "ACTIVE"));
    return answer;
  }

  JsonObject list(JsonInput in, DynamoDbCall call) {
    new Constraints("ValidationException")
        .range("limit", in.integer("Limit"), 1, MOST_LISTED)
        .check();
    access.check(call, "ListTables", access.tableArn("*"));
    int limit = in.integer("Limit").orElse(MOST_LISTED);
    Optional<String> after = in.text("ExclusiveStartTableName");
    List<String> names =
        tables.names().stream()
            .filter(name -> after.isEmpty() || name.compareTo(after.get()) > 0)
            .toList();
    JsonArray listed = new JsonArray();
    names.stream().limit(limit).forEach(listed::add);
    JsonObject answer = new JsonObject();
    answer.add("TableNames", listed);
    if (names.size() > limit) {
      answer.addProperty("LastEvaluatedTableName", names.get(limit - 1));
    }
    return answer;
  }

  JsonObject delete(JsonInput in, DynamoDbCall call) {
    String name = checkedName(in);
    access.check(call, "DeleteTable", access.tableArn(name));
    JsonObject answer = new JsonObject();
    environment
        .store()
        .write(
            () -> {
              TableDefinition table =
                  tables.find(name).orElseThrow(() -> DynamoDbErrors.tableNotFound(name));
              if (table.settings().deletionProtection()) {
                throw DynamoDbErrors.validation(
                    "Resource cannot be deleted as it is currently protected against deletion."
                        + " Disable deletion protection first.");
              }
              answer.add("TableDescription", description.of(table, "DELETING"));
              tables.drop(table);
            });
    return answer;
  }

  JsonObject update(JsonInput in, DynamoDbCall call) {
    String name = checkedName(in);
    in.refuse("dynamodb", "UpdateTable", "This cloud has one region.", NOT_EMULATED);
    access.check(call, "UpdateTable", access.tableArn(name));
    if (!in.has("ProvisionedThroughput")
        && !in.has("BillingMode")
        && !in.has("GlobalSecondaryIndexUpdates")
        && !in.has("StreamSpecification")
        && !in.has("SSESpecification")
        && !in.has("TableClass")
        && !in.has("DeletionProtectionEnabled")) {
      throw DynamoDbErrors.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
    JsonObject answer = new JsonObject();
    environment
        .store()
        .write(
            () -> {
              TableDefinition table =
                  tables.find(name).orElseThrow(() -> DynamoDbErrors.tableNotFound(name));
              TableDefinition changed = updated(table, in, call.at());
              tables.save(changed);
              answer.add("TableDescription", description.of(changed, "UPDATING"));
            });
    return answer;
  }

  private TableDefinition updated(TableDefinition table, JsonInput in, Instant now) {
    TableRequest request = new TableRequest();
    Map<String, String> declared = request.types(in, false);
    Optional<Throughput> throughput = request.throughput(in, "");
    request
        .constraints()
        .oneOf("billingMode", in.text("BillingMode"), TableRequest.BILLING_MODES)
        .oneOf("tableClass", in.text("TableClass"), TABLE_CLASSES);
    request.constraints().check();
    boolean onDemand =
        in.text("BillingMode").map("PAY_PER_REQUEST"::equals).orElse(table.onDemand());
    if (onDemand && throughput.isPresent()) {
      TableRules.checkBilling(true, throughput);
    }
    boolean switched = onDemand != table.onDemand();
    if (!onDemand && switched && throughput.isEmpty()) {
      throw DynamoDbErrors.invalid(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    TableDefinition changed = table;
    if (switched || throughput.isPresent()) {
      if (!switched) {
        TableRules.checkChange(table.throughput(), throughput.orElseThrow(), "table");
      }
      changed =
          table.withBilling(
              onDemand,
              onDemand && switched ? now : table.onDemandSince(),
              throughput.orElse(Throughput.NONE));
    }
    List<JsonInput> updates = in.structures("GlobalSecondaryIndexUpdates").orElse(List.of());
    if (!updates.isEmpty()) {
      changed = withIndexes(changed, updates, declared);
    }
    return changed.withSettings(settings(changed.settings(), in, now));
  }

  private TableDefinition withIndexes(
      TableDefinition table, List<JsonInput> updates, Map<String, String> declared) {
    long made = updates.stream().filter(u -> u.has("Create") || u.has("Delete")).count();
    if (made > 1) {
      throw new AwsException(
          "LimitExceededException",
          400,
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
    TableDefinition changed = table;
    for (JsonInput update : updates) {
      Optional<JsonInput> create = update.structure("Create");
      Optional<JsonInput> delete = update.structure("Delete");
      Optional<JsonInput> change = update.structure("Update");
      if (create.isPresent()) {
        changed = withIndex(changed, create.get(), declared);
      } else if (delete.isPresent()) {
        changed = withoutIndex(changed, existing(changed, delete.get()));
      } else if (change.isPresent()) {
        changed = withThroughput(changed, change.get());
      } else {
        throw DynamoDbErrors.invalid(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
    }
    return changed;
  }

  private static IndexDefinition existing(TableDefinition table, JsonInput in) {
    return in.text("IndexName")
        .flatMap(table::index)
        .filter(IndexDefinition::global)
        .orElseThrow(DynamoDbErrors::notFound);
  }

  private TableDefinition withIndex(
      TableDefinition table, JsonInput create, Map<String, String> declared) {
    TableRequest request = new TableRequest();
    TableRequest.Index wanted =
        request.index(create, true, "globalSecondaryIndexUpdates.1.member.create.");
    request.constraints().check();
    if (table.index(wanted.name()).isPresent()) {
      throw DynamoDbErrors.validation("Attempting to create an index which already exists");
    }
    Map<String, String> types = new LinkedHashMap<>(table.types());
    types.putAll(declared);
    IndexDefinition index =
        TableRules.checkGlobal(
            wanted, declared.isEmpty() ? table.types() : types, table.onDemand());
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.add(index);
    TableDefinition changed = table.withIndexes(types, indexes);
    TableRules.checkAllUsed(table.key(), types, indexes);
    if (changed.globalIndexes().size() > 20) {
      throw TableRules.tooManyGlobal();
    }
    tables.fill(changed, index);
    return changed;
  }

  private TableDefinition withoutIndex(TableDefinition table, IndexDefinition index) {
    tables.dropIndex(table, index);
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.remove(index);
    Map<String, String> types = new LinkedHashMap<>(table.types());
    types
        .keySet()
        .removeIf(
            name ->
                !table.key().contains(name)
                    && indexes.stream().noneMatch(left -> left.key().contains(name)));
    return table.withIndexes(types, indexes);
  }

  private static TableDefinition withThroughput(TableDefinition table, JsonInput update) {
    IndexDefinition index = existing(table, update);
    TableRequest request = new TableRequest();
    Optional<Throughput> throughput =
        request.throughput(update, "globalSecondaryIndexUpdates.1.member.update.");
    request
        .constraints()
        .required("globalSecondaryIndexUpdates.1.member.update.provisionedThroughput", throughput)
        .check();
    if (table.onDemand()) {
      throw DynamoDbErrors.invalid(
          "ProvisionedThroughput should not be specified for index: "
              + index.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
    TableRules.checkChange(index.throughput(), throughput.orElseThrow(), "index " + index.name());
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.replaceAll(
        one -> one.equals(index) ? one.withThroughput(throughput.orElseThrow()) : one);
    return table.withIndexes(table.types(), indexes);
  }
}
