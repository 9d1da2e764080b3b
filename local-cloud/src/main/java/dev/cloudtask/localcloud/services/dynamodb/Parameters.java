package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonElement;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters that many operations share, and their constraints. */
final class Parameters {
  static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";
  static final int LONGEST_NAME = 255;

  private static final List<String> CAPACITY_MODES = List.of("INDEXES", "TOTAL", "NONE");
  private static final List<String> METRICS_MODES = List.of("SIZE", "NONE");
  private static final String USE_EXPRESSIONS =
      "It is a legacy parameter: use KeyConditionExpression, FilterExpression,"
          + " ConditionExpression, UpdateExpression or ProjectionExpression instead.";
  private static final String ARN_PREFIX = "arn:aws:dynamodb:";

  private final String operation;
  private final JsonInput in;
  private final Constraints constraints = new Constraints("ValidationException");

  private Parameters(String operation, JsonInput in) {
    this.operation = operation;
    this.in = in;
  }

  /** Begins the check of an operation on items. */
  static Parameters of(String operation, JsonInput in) {
    return new Parameters(operation, in);
  }

  /** Refuses the parameters that expressions have replaced. */
  Parameters noLegacy(String... names) {
    in.refuse("dynamodb", operation, USE_EXPRESSIONS, names);
    return this;
  }

  /** Demands the name or the ARN of a table. */
  Parameters table() {
    Optional<String> name = in.text("TableName");
    constraints.required("tableName", name);
    name.filter(text -> !text.startsWith(ARN_PREFIX))
        .ifPresent(
            text -> {
              constraints.length("tableName", name, 1, LONGEST_NAME);
              if (!text.isEmpty() && !isName(text)) {
                constraints.pattern("tableName", name, NAME_PATTERN);
              }
            });
    return this;
  }

  /** Demands that a parameter is there. */
  Parameters required(String name) {
    constraints.required(lowerFirst(name), in.element(name));
    return this;
  }

  /** Demands one of some values of a parameter. */
  Parameters oneOf(String name, List<String> values) {
    constraints.oneOf(lowerFirst(name), in.text(name), values);
    return this;
  }

  /** Checks ReturnConsumedCapacity. */
  Parameters capacity() {
    return oneOf("ReturnConsumedCapacity", CAPACITY_MODES);
  }

  /** Checks ReturnItemCollectionMetrics. */
  Parameters metrics() {
    return oneOf("ReturnItemCollectionMetrics", METRICS_MODES);
  }

  /** Checks a number. */
  Parameters range(String name, long least, long most) {
    constraints.range(lowerFirst(name), in.integer(name), least, most);
    return this;
  }

  /** Checks IndexName. */
  Parameters index() {
    in.text("IndexName")
        .ifPresent(
            name -> {
              if (!isName(name)) {
                constraints.pattern("indexName", Optional.of(name), NAME_PATTERN);
              }
              constraints.length("indexName", Optional.of(name), 3, LONGEST_NAME);
            });
    return this;
  }

  /**
   * Ends the check.
   *
   * @throws AwsException ValidationException
   */
  void check() {
    constraints.check();
  }

  /** Returns the name of the table that a request names, by name or by ARN. */
  static String tableName(JsonInput in) {
    return tableName(in.text("TableName").orElse(""));
  }

  /** Returns the table's name in a name or an ARN. */
  static String tableName(String nameOrArn) {
    if (nameOrArn.startsWith(ARN_PREFIX)) {
      int slash = nameOrArn.indexOf(":table/");
      if (slash > 0) {
        return nameOrArn.substring(slash + ":table/".length());
      }
    }
    return nameOrArn;
  }

  /** Returns how consumed capacity is to be reported. */
  static String capacityMode(JsonInput in) {
    return in.text("ReturnConsumedCapacity").orElse("NONE");
  }

  /** Returns a required item or key. */
  static Map<String, AttributeValue> item(JsonInput in, String name) {
    JsonElement json = in.element(name).orElseThrow();
    return ItemReader.item(json);
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '.'
                        || c == '-');
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
