package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a key condition demands of each key attribute.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">
 *     Key condition expressions for the Query operation</a>
 */
public final class KeyCondition {
  /** The parameter's name. */
  public static final String KIND = "KeyConditionExpression";

  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");
  private static final Set<String> NO_KEY_FUNCTIONS =
      Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "contains");

  /**
   * A demand on one attribute.
   *
   * @param operator {@code = < <= > >= BETWEEN begins_with}
   * @param values one value, two for BETWEEN
   */
  public record Demand(String operator, List<AttributeValue> values) {}

  private final Map<String, Demand> demands = new LinkedHashMap<>();

  private KeyCondition() {}

  /**
   * Reads a parsed condition as a key condition.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static KeyCondition of(Condition condition) {
    KeyCondition keys = new KeyCondition();
    keys.collect(condition);
    if (keys.demands.isEmpty() || keys.demands.size() > 2) {
      throw invalid("Conditions can be of length 1 or 2 only");
    }
    return keys;
  }

  /** Returns the demands by attribute, in the order written. */
  public Map<String, Demand> demands() {
    return demands;
  }

  private void collect(Condition condition) {
    if (condition instanceof Condition.And and) {
      collect(and.left());
      collect(and.right());
    } else if (condition instanceof Condition.Or) {
      throw operator("OR");
    } else if (condition instanceof Condition.Not) {
      throw operator("NOT");
    } else if (condition instanceof Condition.In) {
      throw operator("IN");
    } else if (condition instanceof Condition.Comparison comparison) {
      if (comparison.operator().equals("<>")) {
        throw operator("<>");
      }
      demand(comparison.operator(), List.of(comparison.left(), comparison.right()));
    } else if (condition instanceof Condition.Between between) {
      keyFirst("BETWEEN", between.value());
      demand("BETWEEN", List.of(between.value(), between.lower(), between.upper()));
    } else if (condition instanceof Condition.Test test) {
      if (NO_KEY_FUNCTIONS.contains(test.call().function())) {
        throw operator(test.call().function());
      }
      keyFirst(test.call().function(), test.call().arguments().get(0));
      demand(test.call().function(), test.call().arguments());
    }
  }

  private static void keyFirst(String operator, Operand first) {
    if (!(first instanceof Operand.At) && !(first instanceof Operand.Call)) {
      throw invalid(
          "Invalid condition in KeyConditionExpression: "
              + operator
              + " operator must have the key attribute as its first operand");
    }
  }

  private void demand(String operator, List<Operand> operands) {
    String attribute = null;
    boolean mirrored = false;
    List<AttributeValue> values = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      if (operand instanceof Operand.Call) {
        throw invalid("KeyConditionExpressions cannot contain nested operations");
      }
      if (operand instanceof Operand.At at) {
        if (attribute != null) {
          throw invalid(
              "Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
                  + " condition");
        }
        if (at.path().isNested()) {
          throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        attribute = at.path().head();
        mirrored = i > 0;
      } else if (operand instanceof Operand.Given given) {
        values.add(given.value());
      }
    }
    if (attribute == null) {
      throw invalid("Invalid condition in KeyConditionExpression: No key attribute specified");
    }
    String normal = mirrored ? MIRRORED.getOrDefault(operator, operator) : operator;
    if (demands.put(attribute, new Demand(normal, values)) != null) {
      throw invalid("KeyConditionExpressions must only contain one condition per key");
    }
  }

  private static AwsException operator(String operator) {
    return invalid("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
