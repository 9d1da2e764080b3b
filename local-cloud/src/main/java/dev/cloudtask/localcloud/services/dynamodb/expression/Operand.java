package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.List;
import java.util.Optional;

/** Something that has a value: of an item, of the request, or computed. */
public sealed interface Operand {
  /** Returns the type it must have if that can be said without an item. */
  default Optional<String> type() {
    return Optional.empty();
  }

  /** The value at a path. */
  record At(DocumentPath path) implements Operand {}

  /** A value given in ExpressionAttributeValues. */
  record Given(AttributeValue value) implements Operand {
    @Override
    public Optional<String> type() {
      return Optional.of(value.type());
    }
  }

  /** A placeholder that stands for nothing: an error is on its way. */
  record Undefined() implements Operand {}

  /** A function and its arguments. */
  record Call(String function, List<Operand> arguments) implements Operand {
    @Override
    public Optional<String> type() {
      return switch (function) {
        case "size" -> Optional.of("N");
        case "list_append" -> Optional.of("L");
        case "if_not_exists" -> arguments.size() == 2 ? arguments.get(1).type() : Optional.empty();
        case "begins_with", "attribute_type", "contains" -> Optional.of("BOOL");
        default -> Optional.empty();
      };
    }
  }

  /** A sum or a difference: {@code operator} is + or -. */
  record Arithmetic(String operator, Operand left, Operand right) implements Operand {
    @Override
    public Optional<String> type() {
      return Optional.of("N");
    }
  }
}
