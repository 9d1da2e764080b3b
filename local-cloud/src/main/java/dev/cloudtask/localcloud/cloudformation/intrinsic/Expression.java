package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import java.util.List;
import java.util.Optional;

/** A value as the template writes it: literal, list, map, or a function of others. */
public sealed interface Expression {
  /** Returns where it stands. */
  Position position();

  /** A scalar, of the type that the template's language gives it. */
  record Literal(JsonPrimitive value, Position position) implements Expression {
    /** Tells whether it is text. */
    public boolean isText() {
      return value.isString();
    }
  }

  /** A list. */
  record ListOf(List<Expression> items, Position position) implements Expression {}

  /** A map, in the order of the file. */
  record MapOf(List<Entry> entries, Position position) implements Expression {
    /** Returns the entry of a name. */
    public Optional<Entry> entry(String name) {
      return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
  }

  /** One entry of a map; the position is that of its name. */
  record Entry(String name, Position position, Expression value) {}

  /** {@code Ref}: a parameter, a pseudo parameter or a resource. */
  record Ref(String name, Position position) implements Expression {}

  /**
   * {@code Fn::GetAtt}; the attribute's name may be worked out of parameters.
   *
   * @param path where it stands, as messages show it: {@code /Outputs/Url/Value/Fn::GetAtt}
   */
  record GetAtt(String logicalId, Expression attribute, String path, Position position)
      implements Expression {}

  /** {@code Fn::Sub}: text with {@code ${…}} in it. */
  record Sub(List<Piece> pieces, Position position) implements Expression {}

  /** A piece of a {@code Fn::Sub}: literal text or an expression. */
  sealed interface Piece {
    /** Text as it is. */
    record Text(String text) implements Piece {}

    /**
     * {@code ${name}}.
     *
     * @param value what it stands for: a {@code Ref}, a {@code GetAtt}, or the variable's
     *     expression
     */
    record Variable(String name, Expression value) implements Piece {}
  }

  /** {@code Fn::Join}. */
  record Join(String delimiter, Expression list, Position position) implements Expression {}

  /** {@code Fn::Select}. */
  record Select(Expression index, Expression list, Position position) implements Expression {}

  /** {@code Fn::Split}. */
  record Split(String delimiter, Expression source, Position position) implements Expression {}

  /** {@code Fn::If}. */
  record If(String condition, Expression whenTrue, Expression whenFalse, Position position)
      implements Expression {}

  /** {@code Fn::FindInMap}. */
  record FindInMap(Expression map, Expression topKey, Expression secondKey, Position position)
      implements Expression {}

  /** {@code Fn::Base64}. */
  record Base64(Expression value, Position position) implements Expression {}

  /** {@code Fn::Cidr}. */
  record Cidr(Expression block, Expression count, Expression bits, Position position)
      implements Expression {}

  /** {@code Fn::ImportValue}. */
  record ImportValue(Expression name, Position position) implements Expression {}

  /** {@code Fn::GetAZs}. */
  record GetAzs(Expression region, Position position) implements Expression {}

  /** {@code Fn::Equals}. */
  record Equals(Expression left, Expression right, Position position) implements Expression {}

  /** {@code Fn::And}, {@code Fn::Or} and {@code Fn::Not}. */
  record Logic(Operator operator, List<Expression> operands, Position position)
      implements Expression {}

  /** What a {@link Logic} does with its operands. */
  enum Operator {
    /** All. */
    AND,
    /** At least one. */
    OR,
    /** The opposite of the only one. */
    NOT
  }

  /** {@code Condition} inside a condition: the value of another one. */
  record ConditionOf(String name, Position position) implements Expression {}
}
