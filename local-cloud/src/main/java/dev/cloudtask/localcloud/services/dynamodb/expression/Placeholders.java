package dev.cloudtask.localcloud.services.dynamodb.expression;

import com.google.gson.JsonElement;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A request's ExpressionAttributeNames and ExpressionAttributeValues, and which were used. */
public final class Placeholders {
  private static final Pattern NAME = Pattern.compile("#[a-zA-Z0-9_]+");
  private static final Pattern VALUE = Pattern.compile(":[a-zA-Z0-9_]+");

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Reads them from a request.
   *
   * @param valueUsers the expressions of the operation that may use values, given or not, in the
   *     order in which DynamoDB names them
   * @throws AwsException ValidationException if they are there without an expression, empty, badly
   *     named, or if a value is not valid
   */
  public static Placeholders read(
      JsonInput input, List<String> expressions, List<String> valueUsers) {
    boolean anyExpression = expressions.stream().anyMatch(input::has);
    Optional<Map<String, String>> names = input.textMap("ExpressionAttributeNames");
    if (names.isPresent()) {
      if (!anyExpression) {
        throw invalid("ExpressionAttributeNames can only be specified when using expressions");
      }
      checkKeys("ExpressionAttributeNames", names.get().keySet(), NAME);
    }
    Optional<Map<String, JsonElement>> raw =
        input.map("ExpressionAttributeValues", (key, value) -> value);
    if (raw.isEmpty()) {
      return new Placeholders(names.orElse(Map.of()), Map.of());
    }
    if (valueUsers.stream().noneMatch(input::has)) {
      throw invalid(
          "ExpressionAttributeValues can only be specified when using expressions: "
              + String.join(" and ", valueUsers)
              + (valueUsers.size() == 1 ? " is null" : " are null"));
    }
    checkKeys("ExpressionAttributeValues", raw.get().keySet(), VALUE);
    Map<String, AttributeValue> values = new java.util.LinkedHashMap<>();
    raw.get().forEach((key, value) -> values.put(key, readValue(key, value)));
    return new Placeholders(names.orElse(Map.of()), values);
  }

  private static void checkKeys(String parameter, Collection<String> keys, Pattern pattern) {
    if (keys.isEmpty()) {
      throw invalid(parameter + " must not be empty");
    }
    for (String key : keys) {
      if (!pattern.matcher(key).matches()) {
        throw invalid(parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
  }

  private static AttributeValue readValue(String key, JsonElement value) {
    try {
      return ItemReader.value(value);
    } catch (AwsException e) {
      if (!e.code().equals("ValidationException")) {
        throw e;
      }
      throw invalid(
          "ExpressionAttributeValues contains invalid value: " + e.message() + " for key " + key);
    }
  }

  /** Returns the name behind a placeholder, and marks it used. */
  Optional<String> name(String placeholder) {
    used.add(placeholder);
    return Optional.ofNullable(names.get(placeholder));
  }

  /** Returns the value behind a placeholder, and marks it used. */
  Optional<AttributeValue> value(String placeholder) {
    used.add(placeholder);
    return Optional.ofNullable(values.get(placeholder));
  }

  /**
   * Ends the reading of a request's expressions.
   *
   * @throws AwsException ValidationException if a placeholder was not used
   */
  public void checkAllUsed() {
    checkUsed("ExpressionAttributeNames", names.keySet());
    checkUsed("ExpressionAttributeValues", values.keySet());
  }

  private void checkUsed(String parameter, Set<String> keys) {
    List<String> unused = new ArrayList<>(new TreeSet<>(keys));
    unused.removeAll(used);
    if (!unused.isEmpty()) {
      throw invalid(
          "Value provided in "
              + parameter
              + " unused in expressions: keys: {"
              + String.join(", ", unused)
              + "}");
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
