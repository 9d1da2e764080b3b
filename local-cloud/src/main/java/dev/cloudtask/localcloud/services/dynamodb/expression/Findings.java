package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an expression that has no syntax error: the first fault of each kind, reported
 * in DynamoDB's order of kinds.
 */
final class Findings {
  /** The kinds of faults. */
  enum Kind {
    PARENTHESES,
    RESERVED_WORD,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    SECTION,
    CONDITION,
    NAME,
    VALUE,
    OVERLAP,
    CONFLICT,
    OPERATOR_OPERAND,
    OPERAND_COUNT,
    DISTINCT,
    FUNCTION_OPERAND
  }

  private final String expressionKind;
  private final Map<Kind, String> first = new EnumMap<>(Kind.class);

  /**
   * Begins without a fault.
   *
   * @param expressionKind the parameter, for instance {@code FilterExpression}
   */
  Findings(String expressionKind) {
    this.expressionKind = expressionKind;
  }

  void add(Kind kind, String message) {
    first.putIfAbsent(kind, message);
  }

  boolean has(Kind kind) {
    return first.containsKey(kind);
  }

  /** Makes the most urgent of these kinds the expression's condition fault, if it has none yet. */
  void endCondition(Kind... order) {
    for (Kind kind : order) {
      String message = first.get(kind);
      if (message != null) {
        add(Kind.CONDITION, message);
        return;
      }
    }
  }

  /**
   * Reports the most urgent fault.
   *
   * @throws AwsException ValidationException if there is one
   */
  void report(Kind... order) {
    for (Kind kind : order) {
      String message = first.get(kind);
      if (message != null) {
        throw invalid(expressionKind, message);
      }
    }
  }

  /** Returns the failure of an expression. */
  static AwsException invalid(String expressionKind, @Nullable String message) {
    return new AwsException(
        "ValidationException", 400, "Invalid " + expressionKind + ": " + message);
  }
}
