package dev.cloudtask.localcloud.services.apigateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something in a template that has a value. */
sealed interface Expression {
  @Nullable Object evaluate(Map<String, @Nullable Object> scope);

  /** A constant. */
  record Literal(Object value) implements Expression {
    @Override
    public Object evaluate(Map<String, @Nullable Object> scope) {
      return value;
    }
  }

  /** Text in double quotes, references and all. */
  record Interpolated(List<Node> parts) implements Expression {
    @Override
    public Object evaluate(Map<String, @Nullable Object> scope) {
      StringBuilder out = new StringBuilder();
      parts.forEach(part -> part.render(scope, out));
      return out.toString();
    }
  }

  /** A variable. */
  record Variable(String name) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> scope) {
      return scope.get(name);
    }
  }

  /** A property of something. */
  record Property(Expression target, String name) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> scope) {
      return Values.property(target.evaluate(scope), name);
    }
  }

  /** A call of something's function. */
  record Invocation(Expression target, String name, List<Expression> arguments)
      implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> scope) {
      List<@Nullable Object> values = new ArrayList<>();
      arguments.forEach(argument -> values.add(argument.evaluate(scope)));
      return Values.call(target.evaluate(scope), name, values);
    }
  }

  /** An element of a list or map. */
  record Element(Expression target, Expression index) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> scope) {
      Object at = index.evaluate(scope);
      return at == null ? null : Values.property(target.evaluate(scope), Values.text(at));
    }
  }

  /** A negation. */
  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Map<String, @Nullable Object> scope) {
      return !Values.isTrue(operand.evaluate(scope));
    }
  }

  /** Two operands and what is between them. */
  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> scope) {
      if (operator.equals("&&")) {
        return Values.isTrue(left.evaluate(scope)) && Values.isTrue(right.evaluate(scope));
      }
      if (operator.equals("||")) {
        return Values.isTrue(left.evaluate(scope)) || Values.isTrue(right.evaluate(scope));
      }
      return Values.compare(operator, left.evaluate(scope), right.evaluate(scope));
    }
  }
}
