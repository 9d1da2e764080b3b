package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Piece;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Works expressions out.
 *
 * <p>{@code AWS::NoValue} is JSON null here and disappears from the list or map that it stands in.
 * What depends on something unknown is {@link Unknown}.
 */
public final class Evaluation {
  private final Scope scope;

  /** Creates an evaluation in which names stand for what the scope says. */
  public Evaluation(Scope scope) {
    this.scope = scope;
  }

  /**
   * Returns the value of an expression.
   *
   * @throws TemplateException if a function cannot be worked out, as CloudFormation words it
   */
  public JsonElement evaluate(Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.ListOf list) {
      return list(list.items());
    }
    if (expression instanceof Expression.MapOf map) {
      JsonObject object = new JsonObject();
      for (Expression.Entry entry : map.entries()) {
        JsonElement value = evaluate(entry.value());
        if (!value.isJsonNull()) {
          object.add(entry.name(), value);
        }
      }
      return object;
    }
    if (expression instanceof Expression.Ref ref) {
      return ref.name().equals("AWS::NoValue") ? JsonNull.INSTANCE : scope.ref(ref);
    }
    if (expression instanceof Expression.GetAtt getAtt) {
      JsonElement attribute = evaluate(getAtt.attribute());
      return Unknown.is(attribute)
          ? Unknown.VALUE
          : scope.attribute(getAtt, text(attribute, getAtt.position(), "Fn::GetAtt"));
    }
    if (expression instanceof Expression.If choice) {
      return evaluate(scope.condition(choice.condition()) ? choice.whenTrue() : choice.whenFalse());
    }
    return function(expression);
  }

  /** Returns the value of a condition. */
  public boolean test(Expression condition) {
    if (condition instanceof Expression.Equals equals) {
      JsonElement left = evaluate(equals.left());
      JsonElement right = evaluate(equals.right());
      return asText(left).equals(asText(right));
    }
    if (condition instanceof Expression.ConditionOf other) {
      return scope.condition(other.name());
    }
    if (condition instanceof Expression.Logic logic) {
      return switch (logic.operator()) {
        case AND -> logic.operands().stream().allMatch(this::test);
        case OR -> logic.operands().stream().anyMatch(this::test);
        case NOT -> !test(logic.operands().get(0));
      };
    }
    throw new TemplateException(
        "Template format error: Every Conditions member must be a function that gives a boolean",
        condition.position());
  }

  private JsonElement function(Expression expression) {
    if (expression instanceof Expression.Sub sub) {
      return sub(sub);
    }
    if (expression instanceof Expression.Join join) {
      JsonElement list = evaluate(join.list());
      if (Unknown.within(list)) {
        return Unknown.VALUE;
      }
      List<String> texts =
          items(list, join.position(), "Fn::Join").asList().stream()
              .map(item -> text(item, join.position(), "Fn::Join"))
              .toList();
      return new JsonPrimitive(String.join(join.delimiter(), texts));
    }
    if (expression instanceof Expression.Select select) {
      return select(select);
    }
    if (expression instanceof Expression.Split split) {
      JsonElement source = evaluate(split.source());
      if (Unknown.is(source)) {
        return Unknown.VALUE;
      }
      JsonArray parts = new JsonArray();
      String text = text(source, split.position(), "Fn::Split");
      Arrays.stream(text.split(java.util.regex.Pattern.quote(split.delimiter()), -1))
          .forEach(parts::add);
      return parts;
    }
    if (expression instanceof Expression.FindInMap find) {
      return find(find);
    }
    if (expression instanceof Expression.Base64 base64) {
      JsonElement value = evaluate(base64.value());
      return Unknown.is(value)
          ? value
          : new JsonPrimitive(
              Base64.getEncoder()
                  .encodeToString(
                      text(value, base64.position(), "Fn::Base64")
                          .getBytes(StandardCharsets.UTF_8)));
    }
    if (expression instanceof Expression.ImportValue importValue) {
      JsonElement name = evaluate(importValue.name());
      return Unknown.is(name)
          ? name
          : scope.importValue(text(name, importValue.position(), "Fn::ImportValue"));
    }
    if (expression instanceof Expression.GetAzs zones) {
      JsonArray names = new JsonArray();
      scope
          .zones(text(evaluate(zones.region()), zones.position(), "Fn::GetAZs"))
          .forEach(names::add);
      return names;
    }
    if (expression instanceof Expression.Cidr cidr) {
      return Subnets.split(
          asText(evaluate(cidr.block())),
          asText(evaluate(cidr.count())),
          asText(evaluate(cidr.bits())),
          cidr.position());
    }
    return new JsonPrimitive(test(expression));
  }

  private JsonArray list(List<Expression> expressions) {
    JsonArray array = new JsonArray();
    for (Expression item : expressions) {
      JsonElement value = evaluate(item);
      if (!value.isJsonNull()) {
        array.add(value);
      }
    }
    return array;
  }

  private JsonElement sub(Expression.Sub sub) {
    StringBuilder text = new StringBuilder();
    boolean unknown = false;
    for (Piece piece : sub.pieces()) {
      if (piece instanceof Piece.Text literal) {
        text.append(literal.text());
      } else if (piece instanceof Piece.Variable variable) {
        JsonElement value = evaluate(variable.value());
        if (Unknown.is(value)) {
          unknown = true;
        } else {
          text.append(text(value, sub.position(), "Fn::Sub"));
        }
      }
    }
    return unknown ? Unknown.VALUE : new JsonPrimitive(text.toString());
  }

  private JsonElement select(Expression.Select select) {
    JsonElement list = evaluate(select.list());
    JsonElement index = evaluate(select.index());
    if (Unknown.is(list) || Unknown.is(index)) {
      return Unknown.VALUE;
    }
    JsonArray items = items(list, select.position(), "Fn::Select");
    String number = asText(index);
    if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) >= items.size()) {
      throw FunctionErrors.nothingSelected(number, select.position());
    }
    return items.get(Integer.parseInt(number));
  }

  private JsonElement find(Expression.FindInMap find) {
    JsonElement map = evaluate(find.map());
    JsonElement top = evaluate(find.topKey());
    JsonElement second = evaluate(find.secondKey());
    if (Unknown.is(map) || Unknown.is(top) || Unknown.is(second)) {
      return Unknown.VALUE;
    }
    return scope
        .mapping(asText(map), asText(top), asText(second))
        .orElseThrow(
            () ->
                FunctionErrors.noMapping(
                    asText(map), asText(top), asText(second), find.position()));
  }

  private static JsonArray items(JsonElement value, Position at, String function) {
    if (value.isJsonArray()) {
      return value.getAsJsonArray();
    }
    throw FunctionErrors.wrongArguments(function, at);
  }

  private static String text(JsonElement value, Position at, String function) {
    if (value.isJsonPrimitive()) {
      return value.getAsString();
    }
    throw FunctionErrors.wrongArguments(function, at);
  }

  private static String asText(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }
}
