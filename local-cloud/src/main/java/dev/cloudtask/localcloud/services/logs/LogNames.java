package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CloudWatch Logs demands of names, tags and numbers. */
final class LogNames {
  /** The days for which a group can keep its events. */
  static final List<Integer> RETENTION_DAYS =
      List.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private static final String CODE = "InvalidParameterException";
  private static final String GROUP = "[\\.\\-_/#A-Za-z0-9]+";
  private static final String STREAM = "[^:*]*";

  private LogNames() {}

  /** Returns the group's name, which must be there and well-formed. */
  static String group(JsonInput input) {
    Optional<String> name = input.text("logGroupName");
    new Constraints(CODE).required("logGroupName", name).check();
    checkGroup(name.orElseThrow());
    return name.get();
  }

  static void checkGroup(String name) {
    if (name.length() > 512) {
      throw LogErrors.nameTooLong();
    }
    new Constraints(CODE)
        .length("logGroupName", Optional.of(name), 1, 512)
        .pattern("logGroupName", Optional.of(name), GROUP)
        .check();
  }

  /** Returns the stream's name, which must be there and well-formed. */
  static String stream(JsonInput input) {
    Optional<String> name = input.text("logStreamName");
    new Constraints(CODE).required("logStreamName", name).check();
    if (name.orElseThrow().length() > 512) {
      throw LogErrors.nameTooLong();
    }
    new Constraints(CODE)
        .length("logStreamName", name, 1, 512)
        .pattern("logStreamName", name, STREAM)
        .check();
    return name.get();
  }

  /** Returns the group that is named by its name or, in newer requests, by name or ARN. */
  static String groupOrArn(JsonInput input) {
    Optional<String> name = input.text("logGroupName");
    Optional<String> identifier = input.text("logGroupIdentifier");
    if (name.isPresent() && identifier.isPresent()) {
      throw LogErrors.nameAndArn();
    }
    if (identifier.isPresent()) {
      return fromArn(identifier.get());
    }
    if (name.isEmpty()) {
      throw LogErrors.noNameOrArn();
    }
    return group(input);
  }

  /**
   * Returns the group's name from an ARN ({@code arn:aws:logs:…:log-group:NAME[:*]}), or the name
   * itself.
   */
  static String fromArn(String identifier) {
    String mark = ":log-group:";
    int at = identifier.indexOf(mark);
    if (!identifier.startsWith("arn:") || at < 0) {
      return identifier;
    }
    String name = identifier.substring(at + mark.length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  static int limit(JsonInput input, int usual, int most) {
    Optional<Integer> limit = input.integer("limit");
    new Constraints(CODE).range("limit", limit, 1, most).check();
    return limit.orElse(usual);
  }

  static int retention(Optional<Integer> days) {
    new Constraints(CODE)
        .required("retentionInDays", days)
        .oneOf(
            "retentionInDays",
            days.map(String::valueOf),
            RETENTION_DAYS.stream().map(String::valueOf).toList())
        .check();
    return days.orElseThrow();
  }

  static Map<String, String> tags(Map<String, String> tags) {
    if (tags.size() > 50) {
      throw LogErrors.invalid("A log group can have at most 50 tags.");
    }
    tags.forEach(
        (key, value) ->
            new Constraints(CODE)
                .length("tags." + key, Optional.of(key), 1, 128)
                .length("tags." + key + ".member", Optional.of(value), 0, 256)
                .check());
    return tags;
  }
}
