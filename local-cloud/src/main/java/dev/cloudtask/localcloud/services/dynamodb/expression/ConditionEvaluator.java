package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemSize;
import dev.cloudtask.localcloud.services.dynamodb.item.ValueOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells whether an item fulfils a condition. Values of different types are never equal and have no
 * order; what is not there fulfils nothing but {@code attribute_not_exists} and {@code <>}.
 */
public final class ConditionEvaluator {
  private ConditionEvaluator() {}

  /** Tells whether an item fulfils a condition; an item that is not there is an empty map. */
  public static boolean holds(Condition condition, Map<String, AttributeValue> item) {
    if (condition instanceof Condition.And and) {
      return holds(and.left(), item) && holds(and.right(), item);
    }
    if (condition instanceof Condition.Or or) {
      return holds(or.left(), item) || holds(or.right(), item);
    }
    if (condition instanceof Condition.Not not) {
      return !holds(not.inner(), item);
    }
    if (condition instanceof Condition.Comparison comparison) {
      return compares(
          comparison.operator(), value(comparison.left(), item), value(comparison.right(), item));
    }
    if (condition instanceof Condition.Between between) {
      Optional<AttributeValue> value = value(between.value(), item);
      return compares(">=", value, value(between.lower(), item))
          && compares("<=", value, value(between.upper(), item));
    }
    if (condition instanceof Condition.In in) {
      Optional<AttributeValue> value = value(in.value(), item);
      return in.candidates().stream()
          .anyMatch(candidate -> compares("=", value, value(candidate, item)));
    }
    if (condition instanceof Condition.Test test) {
      return tests(test.call(), item);
    }
    throw new IllegalStateException("unknown condition " + condition);
  }

  private static boolean compares(
      String operator, Optional<AttributeValue> left, Optional<AttributeValue> right) {
    boolean both = left.isPresent() && right.isPresent();
    boolean equal = both && left.get().equals(right.get());
    if (operator.equals("=")) {
      return equal;
    }
    if (operator.equals("<>")) {
      return !equal;
    }
    OptionalInt order = both ? ValueOrder.compare(left.get(), right.get()) : OptionalInt.empty();
    if (order.isEmpty()) {
      return false;
    }
    return switch (operator) {
      case "<" -> order.getAsInt() < 0;
      case "<=" -> order.getAsInt() <= 0;
      case ">" -> order.getAsInt() > 0;
      default -> order.getAsInt() >= 0;
    };
  }

  private static boolean tests(Operand.Call call, Map<String, AttributeValue> item) {
    Optional<AttributeValue> first = value(call.arguments().get(0), item);
    return switch (call.function()) {
      case "attribute_exists" -> first.isPresent();
      case "attribute_not_exists" -> first.isEmpty();
      case "attribute_type" ->
          value(call.arguments().get(1), item).orElse(null) instanceof AttributeValue.Text type
              && first.isPresent()
              && first.get().type().equals(type.value());
      case "begins_with" -> beginsWith(first, value(call.arguments().get(1), item));
      case "contains" -> contains(first, value(call.arguments().get(1), item));
      default -> throw new IllegalStateException("no condition: " + call.function());
    };
  }

  private static boolean beginsWith(
      Optional<AttributeValue> value, Optional<AttributeValue> prefix) {
    AttributeValue whole = value.orElse(null);
    AttributeValue beginning = prefix.orElse(null);
    if (whole instanceof AttributeValue.Text a && beginning instanceof AttributeValue.Text b) {
      return a.value().startsWith(b.value());
    }
    return whole instanceof AttributeValue.Blob a
        && beginning instanceof AttributeValue.Blob b
        && a.value().startsWith(b.value());
  }

  private static boolean contains(Optional<AttributeValue> value, Optional<AttributeValue> part) {
    AttributeValue whole = value.orElse(null);
    AttributeValue wanted = part.orElse(null);
    if (whole == null || wanted == null) {
      return false;
    }
    if (whole instanceof AttributeValue.Text a && wanted instanceof AttributeValue.Text b) {
      return a.value().contains(b.value());
    }
    if (whole instanceof AttributeValue.Blob a && wanted instanceof AttributeValue.Blob b) {
      return a.value().contains(b.value());
    }
    if (whole instanceof AttributeValue.TextSet a && wanted instanceof AttributeValue.Text b) {
      return a.values().contains(b.value());
    }
    if (whole instanceof AttributeValue.DecimalSet a
        && wanted instanceof AttributeValue.Decimal b) {
      return a.values().contains(b.value());
    }
    if (whole instanceof AttributeValue.BlobSet a && wanted instanceof AttributeValue.Blob b) {
      return a.values().contains(b.value());
    }
    return whole instanceof AttributeValue.ListOf list && list.values().contains(wanted);
  }

  private static Optional<AttributeValue> value(Operand operand, Map<String, AttributeValue> item) {
    if (operand instanceof Operand.At at) {
      return at.path().in(item);
    }
    if (operand instanceof Operand.Given given) {
      return Optional.of(given.value());
    }
    if (operand instanceof Operand.Call call && call.function().equals("size")) {
      return value(call.arguments().get(0), item).flatMap(ConditionEvaluator::size);
    }
    throw new IllegalStateException("no value: " + operand);
  }

  private static Optional<AttributeValue> size(AttributeValue value) {
    int size;
    if (value instanceof AttributeValue.Text text) {
      size = ItemSize.utf8Length(text.value());
    } else if (value instanceof AttributeValue.Blob blob) {
      size = blob.value().length();
    } else if (value instanceof AttributeValue.TextSet set) {
      size = set.values().size();
    } else if (value instanceof AttributeValue.DecimalSet set) {
      size = set.values().size();
    } else if (value instanceof AttributeValue.BlobSet set) {
      size = set.values().size();
    } else if (value instanceof AttributeValue.ListOf list) {
      size = list.values().size();
    } else if (value instanceof AttributeValue.MapOf map) {
      size = map.values().size();
    } else {
      return Optional.empty();
    }
    BigDecimal number = BigDecimal.valueOf(size);
    return Optional.of(
        new AttributeValue.Decimal(
            number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros()));
  }

  /** Returns the top-level attributes that a condition looks at. */
  public static List<String> heads(Condition condition) {
    java.util.ArrayList<String> heads = new java.util.ArrayList<>();
    collectHeads(condition, heads);
    return heads;
  }

  private static void collectHeads(Condition condition, List<String> heads) {
    if (condition instanceof Condition.And and) {
      collectHeads(and.left(), heads);
      collectHeads(and.right(), heads);
    } else if (condition instanceof Condition.Or or) {
      collectHeads(or.left(), heads);
      collectHeads(or.right(), heads);
    } else if (condition instanceof Condition.Not not) {
      collectHeads(not.inner(), heads);
    } else if (condition instanceof Condition.Comparison comparison) {
      collectHeads(List.of(comparison.left(), comparison.right()), heads);
    } else if (condition instanceof Condition.Between between) {
      collectHeads(List.of(between.value(), between.lower(), between.upper()), heads);
    } else if (condition instanceof Condition.In in) {
      collectHeads(List.of(in.value()), heads);
      collectHeads(in.candidates(), heads);
    } else if (condition instanceof Condition.Test test) {
      collectHeads(test.call().arguments(), heads);
    }
  }

  private static void collectHeads(List<Operand> operands, List<String> heads) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.At at) {
        heads.add(at.path().head());
      } else if (operand instanceof Operand.Call call) {
        collectHeads(call.arguments(), heads);
      }
    }
  }
}
