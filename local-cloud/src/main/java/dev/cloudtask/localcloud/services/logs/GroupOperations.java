package dev.cloudtask.localcloud.services.logs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on log groups. */
final class GroupOperations {
  private static final String NOT_ENCRYPTED =
      "Log groups here are of class STANDARD, without a key and without deletion protection.";

  private final LogStore store;
  private final LogAccess access;

  GroupOperations(LogStore store, LogAccess access) {
    this.store = store;
    this.access = access;
  }

  void register(AwsJson.Builder<ServiceCall> table) {
    table
        .operation("CreateLogGroup", this::create)
        .operation("DeleteLogGroup", this::delete)
        .operation("DescribeLogGroups", this::describe)
        .operation("ListLogGroups", this::list)
        .operation("PutRetentionPolicy", this::putRetention)
        .operation("DeleteRetentionPolicy", this::deleteRetention)
        .operation("TagResource", this::tag)
        .operation("UntagResource", this::untag)
        .operation("ListTagsForResource", this::listTags)
        .operation("TagLogGroup", this::tagGroup)
        .operation("UntagLogGroup", this::untagGroup)
        .operation("ListTagsLogGroup", this::listGroupTags)
        .operation("DescribeMetricFilters", this::metricFilters)
        .operation("DescribeSubscriptionFilters", this::subscriptionFilters);
  }

  private JsonObject create(JsonInput input, ServiceCall call) {
    String name = LogNames.group(input);
    refuseExtras(input, "CreateLogGroup");
    access.check(call, "CreateLogGroup", name, "");
    store.createGroup(name, LogNames.tags(input.textMap("tags").orElse(Map.of())));
    return new JsonObject();
  }

  /** Refuses what would change how a group keeps its events and has no counterpart here. */
  private static void refuseExtras(JsonInput input, String operation) {
    input.refuse("logs", operation, NOT_ENCRYPTED, "kmsKeyId");
    Optional<String> type = input.text("logGroupClass");
    new Constraints("InvalidParameterException")
        .oneOf("logGroupClass", type, List.of("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"))
        .check();
    if (type.filter(each -> !each.equals("STANDARD")).isPresent()) {
      throw NotEmulated.parameter("logs", operation, "logGroupClass " + type.get(), NOT_ENCRYPTED);
    }
    if (input.flag("deletionProtectionEnabled").orElse(false)) {
      throw NotEmulated.parameter("logs", operation, "deletionProtectionEnabled", NOT_ENCRYPTED);
    }
  }

  private JsonObject delete(JsonInput input, ServiceCall call) {
    String name = LogNames.group(input);
    access.check(call, "DeleteLogGroup", name, "");
    store.deleteGroup(name);
    return new JsonObject();
  }

  private JsonObject describe(JsonInput input, ServiceCall call) {
    access.check(call, "DescribeLogGroups", "", "");
    Optional<String> prefix = input.text("logGroupNamePrefix");
    Optional<String> pattern = input.text("logGroupNamePattern");
    if (prefix.isPresent() && pattern.isPresent()) {
      throw LogErrors.prefixAndPattern();
    }
    prefix.ifPresent(LogNames::checkGroup);
    input.refuse("logs", "DescribeLogGroups", "There is one account here.", "accountIdentifiers");
    List<String> identifiers =
        input.texts("logGroupIdentifiers").orElse(List.of()).stream()
            .map(LogNames::fromArn)
            .toList();
    List<Group> found =
        store.groupsFrom(prefix.orElse("")).stream()
            .filter(group -> pattern.map(each -> contains(group, each)).orElse(true))
            .filter(group -> identifiers.isEmpty() || identifiers.contains(group.name()))
            .filter(group -> isOfClass(input))
            .toList();
    return page(input, found, true);
  }

  private JsonObject list(JsonInput input, ServiceCall call) {
    access.check(call, "ListLogGroups", "", "");
    input.refuse(
        "logs",
        "ListLogGroups",
        "Use logGroupNamePattern.",
        "dataSources",
        "fieldIndexNames",
        "logGroupTags",
        "accountIdentifiers");
    Optional<String> pattern = input.text("logGroupNamePattern");
    List<Group> found =
        store.groupsFrom("").stream()
            .filter(group -> pattern.map(each -> containsAny(group, each)).orElse(true))
            .filter(group -> isOfClass(input))
            .toList();
    return page(input, found, false);
  }

  private static boolean contains(Group group, String text) {
    return group.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  /** Several patterns are separated by bars; one that begins with a caret is a prefix. */
  private static boolean containsAny(Group group, String patterns) {
    for (String each : patterns.split("\\|", -1)) {
      if (each.startsWith("^")
          ? group.name().startsWith(each.substring(1))
          : contains(group, each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfClass(JsonInput input) {
    return input.text("logGroupClass").map("STANDARD"::equals).orElse(true);
  }

  private JsonObject page(JsonInput input, List<Group> all, boolean whole) {
    int limit = LogNames.limit(input, 50, whole ? 50 : 1000);
    Optional<String> after = PageToken.position(input.text("nextToken"));
    List<Group> rest =
        all.stream()
            .filter(group -> after.map(last -> group.name().compareTo(last) > 0).orElse(true))
            .toList();
    List<Group> page = rest.subList(0, Math.min(limit, rest.size()));
    JsonArray groups = new JsonArray();
    page.forEach(group -> groups.add(json(group, whole)));
    JsonObject answer = new JsonObject();
    answer.add("logGroups", groups);
    if (page.size() < rest.size()) {
      answer.addProperty("nextToken", PageToken.of(page.get(page.size() - 1).name()));
    }
    return answer;
  }

  private JsonObject json(Group group, boolean whole) {
    JsonObject json = new JsonObject();
    json.addProperty("logGroupName", group.name());
    json.addProperty("logGroupArn", store.groupArn(group.name()));
    json.addProperty("logGroupClass", "STANDARD");
    if (whole) {
      json.addProperty("creationTime", group.createdAt());
      Integer retention = group.retentionDays();
      if (retention != null) {
        json.addProperty("retentionInDays", retention);
      }
      json.addProperty("metricFilterCount", 0);
      json.addProperty("arn", store.groupArn(group.name()) + ":*");
      json.addProperty("storedBytes", store.events().usage(group.name()).bytes());
      json.addProperty("deletionProtectionEnabled", false);
    }
    return json;
  }

  private JsonObject putRetention(JsonInput input, ServiceCall call) {
    String name = LogNames.group(input);
    int days = LogNames.retention(input.integer("retentionInDays"));
    access.check(call, "PutRetentionPolicy", name, "");
    store.change(store.group(name).withRetention(days));
    return new JsonObject();
  }

  private JsonObject deleteRetention(JsonInput input, ServiceCall call) {
    String name = LogNames.group(input);
    access.check(call, "DeleteRetentionPolicy", name, "");
    store.change(store.group(name).withRetention(null));
    return new JsonObject();
  }

  private JsonObject tag(JsonInput input, ServiceCall call) {
    return addTags(call, "TagResource", resource(input), input);
  }

  private JsonObject tagGroup(JsonInput input, ServiceCall call) {
    return addTags(call, "TagLogGroup", LogNames.group(input), input);
  }

  private JsonObject addTags(ServiceCall call, String action, String group, JsonInput input) {
    access.check(call, action, group, "");
    Map<String, String> tags = new TreeMap<>(store.group(group).tags());
    tags.putAll(input.textMap("tags").orElse(Map.of()));
    store.change(store.group(group).withTags(LogNames.tags(tags)));
    return new JsonObject();
  }

  private JsonObject untag(JsonInput input, ServiceCall call) {
    List<String> keys = input.texts("tagKeys").orElse(List.of());
    return removeTags(call, "UntagResource", resource(input), keys);
  }

  private JsonObject untagGroup(JsonInput input, ServiceCall call) {
    List<String> keys = input.texts("tags").orElse(List.of());
    return removeTags(call, "UntagLogGroup", LogNames.group(input), keys);
  }

  private JsonObject removeTags(ServiceCall call, String action, String group, List<String> keys) {
    access.check(call, action, group, "");
    Map<String, String> tags = new TreeMap<>(store.group(group).tags());
    keys.forEach(tags::remove);
    store.change(store.group(group).withTags(tags));
    return new JsonObject();
  }

  private JsonObject listTags(JsonInput input, ServiceCall call) {
    return tags(call, "ListTagsForResource", resource(input));
  }

  private JsonObject listGroupTags(JsonInput input, ServiceCall call) {
    return tags(call, "ListTagsLogGroup", LogNames.group(input));
  }

  private JsonObject tags(ServiceCall call, String action, String group) {
    access.check(call, action, group, "");
    JsonObject tags = new JsonObject();
    new TreeMap<>(store.group(group).tags()).forEach(tags::addProperty);
    JsonObject answer = new JsonObject();
    answer.add("tags", tags);
    return answer;
  }

  private static String resource(JsonInput input) {
    Optional<String> arn = input.text("resourceArn");
    new Constraints("InvalidParameterException").required("resourceArn", arn).check();
    return LogNames.fromArn(arn.orElseThrow());
  }

  /**
   * Metric filters cannot be made here, so there are none: clients ask before they change a group.
   */
  private JsonObject metricFilters(JsonInput input, ServiceCall call) {
    String name = input.text("logGroupName").orElse("");
    access.check(call, "DescribeMetricFilters", name, "");
    return none(name, "metricFilters");
  }

  private JsonObject subscriptionFilters(JsonInput input, ServiceCall call) {
    String name = LogNames.group(input);
    access.check(call, "DescribeSubscriptionFilters", name, "");
    return none(name, "subscriptionFilters");
  }

  private JsonObject none(String group, String member) {
    if (!group.isEmpty()) {
      store.group(group);
    }
    JsonObject answer = new JsonObject();
    answer.add(member, new JsonArray());
    return answer;
  }
}
