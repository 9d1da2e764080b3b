package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemWriter;
import dev.cloudtask.localcloud.services.dynamodb.item.ValueOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What DynamoDB checks of a condition beyond its syntax, in its words. */
final class ConditionChecks {
  private static final Map<String, Integer> FUNCTIONS =
      Map.of(
          "attribute_exists", 1,
          "attribute_not_exists", 1,
          "attribute_type", 2,
          "begins_with", 2,
          "contains", 2,
          "size", 1);
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "SS", "NS", "BS", "L", "M", "NULL", "BOOL");
  private static final Set<String> ORDERED = Set.of("S", "N", "B");
  private static final Set<String> WITHOUT_SIZE = Set.of("N", "BOOL", "NULL");

  private final Findings findings;

  ConditionChecks(Findings findings) {
    this.findings = findings;
  }

  /** A function stands where a condition is wanted. */
  void alone(Operand.Call call) {
    if (call.function().equals("size")) {
      misused(call);
    }
    endCondition();
  }

  void comparison(String operator, Operand left, Operand right) {
    noConditionWithin(List.of(left, right));
    distinct(operator, left, right);
    if (!operator.equals("=") && !operator.equals("<>")) {
      ordered(operator, left);
      ordered(operator, right);
    }
    endCondition();
  }

  void between(Operand value, Operand lower, Operand upper) {
    noConditionWithin(List.of(value, lower, upper));
    if (lower instanceof Operand.Given low && upper instanceof Operand.Given high) {
      boolean sameType = low.value().type().equals(high.value().type());
      OptionalInt order = ValueOrder.compare(low.value(), high.value());
      if (!sameType) {
        bounds("same data type for lower and upper bounds", low, high);
      } else if (order.isPresent() && order.getAsInt() > 0) {
        bounds("upper bound to be greater than or equal to lower bound", low, high);
      }
    }
    for (Operand operand : List.of(value, lower, upper)) {
      ordered("BETWEEN", operand);
    }
    endCondition();
  }

  void in(Operand value, List<Operand> candidates, int most) {
    noConditionWithin(List.of(value));
    noConditionWithin(candidates);
    if (candidates.size() > most) {
      findings.add(
          Kind.OPERAND_COUNT,
          "The IN operator is provided with too many operands; number of operands: "
              + candidates.size());
    }
    endCondition();
  }

  /** A function call, wherever it stands. */
  void function(Operand.Call call) {
    List<Operand> arguments = call.arguments();
    noConditionWithin(arguments);
    Integer wanted = FUNCTIONS.get(call.function());
    if (wanted == null) {
      findings.add(Kind.UNKNOWN_FUNCTION, "Invalid function name; function: " + call.function());
      return;
    }
    if (wanted != arguments.size()) {
      findings.add(
          Kind.OPERAND_COUNT,
          "Incorrect number of operands for operator or function; operator or function: "
              + call.function()
              + ", number of operands: "
              + arguments.size());
      return;
    }
    if (arguments.size() == 2) {
      distinct(call.function(), arguments.get(0), arguments.get(1));
    }
    switch (call.function()) {
      case "attribute_exists", "attribute_not_exists" -> {
        if (!(arguments.get(0) instanceof Operand.At)) {
          findings.add(
              Kind.FUNCTION_OPERAND,
              "Operator or function requires a document path; operator or function: "
                  + call.function());
        }
      }
      case "begins_with" -> {
        for (Operand argument : arguments) {
          argument
              .type()
              .filter(type -> !type.equals("S") && !type.equals("B"))
              .ifPresent(type -> wrongType(call.function(), type));
        }
      }
      case "attribute_type" -> attributeType(arguments.get(1));
      case "size" ->
          arguments
              .get(0)
              .type()
              .filter(WITHOUT_SIZE::contains)
              .ifPresent(type -> wrongType("size", type));
      default -> {
        // contains takes anything.
      }
    }
  }

  private void attributeType(Operand wanted) {
    if (wanted instanceof Operand.Given given
        && given.value() instanceof AttributeValue.Text text) {
      if (!TYPES.contains(text.value())) {
        findings.add(
            Kind.FUNCTION_OPERAND,
            "Invalid attribute type name found; type: "
                + text.value()
                + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
      }
    } else if (!(wanted instanceof Operand.Undefined)) {
      wrongType("attribute_type", wanted.type().orElse("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    }
  }

  private void wrongType(String function, String type) {
    findings.add(
        Kind.FUNCTION_OPERAND,
        "Incorrect operand type for operator or function; operator or function: "
            + function
            + ", operand type: "
            + type);
  }

  private void ordered(String operator, Operand operand) {
    Optional<String> type = operand.type();
    if (type.isPresent() && !ORDERED.contains(type.get())) {
      wrongType(operator, type.get());
    }
  }

  private void bounds(String demand, Operand.Given lower, Operand.Given upper) {
    findings.add(
        Kind.FUNCTION_OPERAND,
        "The BETWEEN operator requires "
            + demand
            + "; lower bound operand: AttributeValue: "
            + shown(lower.value())
            + ", upper bound operand: AttributeValue: "
            + shown(upper.value()));
  }

  private static String shown(AttributeValue value) {
    var json = ItemWriter.value(value).get(value.type());
    return "{"
        + value.type()
        + ":"
        + (json.isJsonPrimitive() ? json.getAsString() : json.toString())
        + "}";
  }

  private void distinct(String operator, Operand first, Operand second) {
    if (first instanceof Operand.At at && at.equals(second)) {
      findings.add(
          Kind.DISTINCT,
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + at.path());
    }
  }

  private void noConditionWithin(List<Operand> operands) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.Call call && !call.function().equals("size")) {
        misused(call);
      }
    }
  }

  private void misused(Operand.Call call) {
    findings.add(
        Kind.MISUSED_FUNCTION,
        "The function is not allowed to be used this way in an expression; function: "
            + call.function());
  }

  private void endCondition() {
    if (!findings.has(Kind.CONDITION)) {
      findings.endCondition(
          Kind.NAME, Kind.VALUE, Kind.OPERAND_COUNT, Kind.DISTINCT, Kind.FUNCTION_OPERAND);
    }
  }
}
