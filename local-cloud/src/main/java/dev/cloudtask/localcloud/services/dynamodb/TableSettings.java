package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Time to live, point-in-time recovery, tags, limits and endpoints. Settings are kept and shown;
 * nothing expires and nothing can be restored here.
 */
final class TableSettings {
  private static final int MOST_TAGS = 50;
  private static final int MOST_RECOVERY_DAYS = 35;

  private final CloudEnvironment environment;
  private final TableStore tables;
  private final Access access;

  TableSettings(CloudEnvironment environment, TableStore tables, Access access) {
    this.environment = environment;
    this.tables = tables;
    this.access = access;
  }

  private static String name(String operation, JsonInput in) {
    Parameters.of(operation, in).table().check();
    return Parameters.tableName(in);
  }

  JsonObject describeTimeToLive(JsonInput in, DynamoDbCall call) {
    String name = name("DescribeTimeToLive", in);
    access.check(call, "DescribeTimeToLive", access.tableArn(name));
    TableDefinition table = tables.find(name).orElseThrow(() -> DynamoDbErrors.tableNotFound(name));
    JsonObject description = new JsonObject();
    String attribute = table.settings().expiryAttribute();
    description.addProperty("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
    if (attribute != null) {
      description.addProperty("AttributeName", attribute);
    }
    JsonObject answer = new JsonObject();
    answer.add("TimeToLiveDescription", description);
    return answer;
  }

  JsonObject updateTimeToLive(JsonInput in, DynamoDbCall call) {
    String name = name("UpdateTimeToLive", in);
    access.check(call, "UpdateTimeToLive", access.tableArn(name));
    Optional<JsonInput> specification = in.structure("TimeToLiveSpecification");
    Optional<String> attribute = specification.flatMap(given -> given.text("AttributeName"));
    Optional<Boolean> enabled = specification.flatMap(given -> given.flag("Enabled"));
    Constraints constraints =
        new Constraints("ValidationException").required("timeToLiveSpecification", specification);
    if (specification.isPresent()) {
      constraints
          .required("timeToLiveSpecification.attributeName", attribute)
          .length("timeToLiveSpecification.attributeName", attribute, 1, Parameters.LONGEST_NAME)
          .required("timeToLiveSpecification.enabled", enabled);
    }
    constraints.check();
    change(
        name,
        DynamoDbErrors.tableNotFound(name),
        settings -> {
          String now = settings.expiryAttribute();
          if (enabled.orElseThrow()) {
            if (now != null) {
              throw DynamoDbErrors.validation(
                  now.equals(attribute.orElseThrow())
                      ? "TimeToLive is already enabled"
                      : "TimeToLive is active on a different AttributeName: current AttributeName"
                          + " is "
                          + now);
            }
            return settings.withExpiryAttribute(attribute.orElseThrow());
          }
          if (now == null) {
            throw DynamoDbErrors.validation("TimeToLive is already disabled");
          }
          if (!now.equals(attribute.orElseThrow())) {
            throw DynamoDbErrors.validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                    + now);
          }
          return settings.withExpiryAttribute(null);
        });
    JsonObject answer = new JsonObject();
    answer.add("TimeToLiveSpecification", specification.orElseThrow().json());
    return answer;
  }

  private TableDefinition change(
      String name,
      AwsException missing,
      java.util.function.UnaryOperator<TableDefinition.Settings> change) {
    return environment
        .store()
        .write(
            () -> {
              TableDefinition table = tables.find(name).orElseThrow(() -> missing);
              TableDefinition changed = table.withSettings(change.apply(table.settings()));
              tables.save(changed);
              return changed;
            });
  }

  JsonObject describeContinuousBackups(JsonInput in, DynamoDbCall call) {
    String name = name("DescribeContinuousBackups", in);
    access.check(call, "DescribeContinuousBackups", access.tableArn(name));
    return backups(
        tables.find(name).orElseThrow(() -> DynamoDbErrors.settingsTableNotFound(name)), call.at());
  }

  JsonObject updateContinuousBackups(JsonInput in, DynamoDbCall call) {
    String name = name("UpdateContinuousBackups", in);
    access.check(call, "UpdateContinuousBackups", access.tableArn(name));
    Optional<JsonInput> specification = in.structure("PointInTimeRecoverySpecification");
    Optional<Boolean> enabled =
        specification.flatMap(given -> given.flag("PointInTimeRecoveryEnabled"));
    Optional<Integer> days = specification.flatMap(given -> given.integer("RecoveryPeriodInDays"));
    new Constraints("ValidationException")
        .required("pointInTimeRecoverySpecification", specification)
        .required("pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled", enabled)
        .range("pointInTimeRecoverySpecification.recoveryPeriodInDays", days, 1, MOST_RECOVERY_DAYS)
        .check();
    TableDefinition changed =
        change(
            name,
            DynamoDbErrors.settingsTableNotFound(name),
            settings -> {
              if (!enabled.orElseThrow()) {
                return settings.withRecovery(null, 0);
              }
              Instant since =
                  settings.recoverableSince() == null ? call.at() : settings.recoverableSince();
              return settings.withRecovery(since, days.orElse(MOST_RECOVERY_DAYS));
            });
    return backups(changed, call.at());
  }

  private static JsonObject backups(TableDefinition table, Instant now) {
    JsonObject recovery = new JsonObject();
    Instant since = table.settings().recoverableSince();
    recovery.addProperty("PointInTimeRecoveryStatus", since == null ? "DISABLED" : "ENABLED");
    if (since != null) {
      int days = table.settings().recoveryDays();
      Instant earliest = now.minus(Duration.ofDays(days));
      recovery.addProperty("RecoveryPeriodInDays", days);
      recovery.addProperty(
          "EarliestRestorableDateTime",
          TableDescription.seconds(earliest.isAfter(since) ? earliest : since));
      recovery.addProperty("LatestRestorableDateTime", TableDescription.seconds(now));
    }
    JsonObject description = new JsonObject();
    description.addProperty("ContinuousBackupsStatus", "ENABLED");
    description.add("PointInTimeRecoveryDescription", recovery);
    JsonObject answer = new JsonObject();
    answer.add("ContinuousBackupsDescription", description);
    return answer;
  }

  /** Reads the Tags of a request. */
  static Map<String, String> tags(JsonInput in) {
    Map<String, String> tags = new LinkedHashMap<>();
    int position = 0;
    for (JsonInput tag : in.structures("Tags").orElse(List.of())) {
      position++;
      Optional<String> key = tag.text("Key");
      Optional<String> value = tag.text("Value");
      String at = "tags." + position + ".member.";
      new Constraints("ValidationException")
          .required(at + "key", key)
          .length(at + "key", key, 1, 128)
          .required(at + "value", value)
          .length(at + "value", value, 0, 256)
          .check();
      if (tags.put(key.orElseThrow(), value.orElseThrow()) != null) {
        throw DynamoDbErrors.validation("Duplicate tags found with key: " + key.orElseThrow());
      }
    }
    checkTagCount(tags);
    return tags;
  }

  private static void checkTagCount(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw DynamoDbErrors.validation(
          "One or more parameter values were invalid: Too many tags: "
              + tags.size()
              + ", limit: "
              + MOST_TAGS);
    }
  }

  private String tagged(String operation, JsonInput in, DynamoDbCall call) {
    Optional<String> arn = in.text("ResourceArn");
    if (arn.isEmpty()) {
      throw DynamoDbErrors.validation("Invalid TableArn");
    }
    access.check(call, operation, arn.get());
    String name = Parameters.tableName(arn.get());
    if (!arn.get().equals(access.tableArn(name)) || name.length() < 3) {
      throw DynamoDbErrors.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn.get());
    }
    return name;
  }

  private AwsException noResource(String name) {
    return new AwsException(
        "ResourceNotFoundException",
        400,
        "Requested resource not found: ResourcArn: " + access.tableArn(name) + " not found");
  }

  JsonObject tag(JsonInput in, DynamoDbCall call) {
    String name = tagged("TagResource", in, call);
    new Constraints("ValidationException").required("tags", in.element("Tags")).check();
    Map<String, String> added = tags(in);
    if (added.isEmpty()) {
      throw DynamoDbErrors.validation("Atleast one Tag needs to be provided as Input.");
    }
    retag(
        name,
        tags -> {
          tags.putAll(added);
          checkTagCount(tags);
        });
    return new JsonObject();
  }

  JsonObject untag(JsonInput in, DynamoDbCall call) {
    String name = tagged("UntagResource", in, call);
    Optional<List<String>> keys = in.texts("TagKeys");
    new Constraints("ValidationException").required("tagKeys", keys).check();
    if (keys.orElseThrow().isEmpty()) {
      throw DynamoDbErrors.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    retag(name, tags -> tags.keySet().removeAll(keys.orElseThrow()));
    return new JsonObject();
  }

  private void retag(String name, java.util.function.Consumer<Map<String, String>> change) {
    environment
        .store()
        .write(
            () -> {
              TableDefinition table = tables.find(name).orElseThrow(() -> noResource(name));
              Map<String, String> tags = new TreeMap<>(table.tags());
              change.accept(tags);
              tables.save(table.withTags(tags));
            });
  }

  /** Returns tags as the API lists them. */
  static JsonArray list(Map<String, String> tags) {
    JsonArray list = new JsonArray();
    tags.forEach(
        (key, value) -> {
          JsonObject tag = new JsonObject();
          tag.addProperty("Key", key);
          tag.addProperty("Value", value);
          list.add(tag);
        });
    return list;
  }

  JsonObject listTags(JsonInput in, DynamoDbCall call) {
    String name = tagged("ListTagsOfResource", in, call);
    TableDefinition table = tables.find(name).orElseThrow(() -> noResource(name));
    JsonObject answer = new JsonObject();
    answer.add("Tags", list(new TreeMap<>(table.tags())));
    return answer;
  }

  /** The quotas of a new account. */
  JsonObject describeLimits(JsonInput in, DynamoDbCall call) {
    access.check(call, "DescribeLimits", "*");
    JsonObject answer = new JsonObject();
    answer.addProperty("AccountMaxReadCapacityUnits", 80_000);
    answer.addProperty("AccountMaxWriteCapacityUnits", 80_000);
    answer.addProperty("TableMaxReadCapacityUnits", 40_000);
    answer.addProperty("TableMaxWriteCapacityUnits", 40_000);
    return answer;
  }

  JsonObject describeEndpoints(JsonInput in, DynamoDbCall call) {
    JsonObject endpoint = new JsonObject();
    endpoint.addProperty("Address", "dynamodb." + environment.region() + ".amazonaws.com");
    endpoint.addProperty("CachePeriodInMinutes", 1440);
    JsonArray endpoints = new JsonArray();
    endpoints.add(endpoint);
    JsonObject answer = new JsonObject();
    answer.add("Endpoints", endpoints);
    return answer;
  }
}
