package dev.cloudtask.localcloud.services.dynamodb.expression;

import java.util.List;

/** Something that an item fulfils or not. */
public sealed interface Condition {
  /** Both. */
  record And(Condition left, Condition right) implements Condition {}

  /** One of both, or both. */
  record Or(Condition left, Condition right) implements Condition {}

  /** Not. */
  record Not(Condition inner) implements Condition {}

  /** A comparison: {@code = <> < <= > >=}. */
  record Comparison(String operator, Operand left, Operand right) implements Condition {}

  /** Within bounds, both included. */
  record Between(Operand value, Operand lower, Operand upper) implements Condition {}

  /** Equal to one of a list. */
  record In(Operand value, List<Operand> candidates) implements Condition {}

  /** A function that answers yes or no. */
  record Test(Operand.Call call) implements Condition {}
}
