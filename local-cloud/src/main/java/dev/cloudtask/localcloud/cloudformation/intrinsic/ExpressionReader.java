package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Entry;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Literal;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.MapOf;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Operator;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns nodes into expressions and refuses functions that are unknown or used wrongly. */
public final class ExpressionReader {
  private static final Map<String, String> NOT_EMULATED =
      Map.of(
          "Fn::Transform", "macros",
          "Fn::ForEach", "it needs the transform AWS::LanguageExtensions",
          "Fn::Length", "it needs the transform AWS::LanguageExtensions",
          "Fn::ToJsonString", "it needs the transform AWS::LanguageExtensions",
          "Fn::GetStackOutput", "cross-account references");

  private ExpressionReader() {}

  /**
   * Reads a value.
   *
   * @param path where it stands, for messages: {@code /Resources/Bucket/Properties}
   * @throws TemplateException if it holds nulls, unknown functions or functions used wrongly
   */
  public static Expression read(TemplateNode node, String path) {
    if (node instanceof Scalar scalar) {
      return literal(scalar, path);
    }
    if (node instanceof Sequence sequence) {
      return new Expression.ListOf(readAll(sequence, path), sequence.position());
    }
    Mapping mapping = (Mapping) node;
    for (Member member : mapping.members()) {
      if (isFunction(member.name())) {
        if (mapping.members().size() > 1) {
          throw FunctionErrors.notAFunction(member.name(), member.position());
        }
        return function(member, path + "/" + member.name());
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (Member member : mapping.members()) {
      entries.add(
          new Entry(
              member.name(), member.position(), read(member.value(), path + "/" + member.name())));
    }
    return new MapOf(List.copyOf(entries), mapping.position());
  }

  /** Reads a condition: what the section Conditions holds. */
  public static Expression readCondition(TemplateNode node, String path) {
    if (node instanceof Mapping mapping
        && mapping.members().size() == 1
        && mapping.members().get(0).name().equals("Condition")) {
      return function(mapping.members().get(0), path);
    }
    return read(node, path);
  }

  private static boolean isFunction(String name) {
    return name.equals("Ref") || name.regionMatches(true, 0, "Fn::", 0, 4);
  }

  private static List<Expression> readAll(Sequence sequence, String path) {
    List<Expression> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      items.add(read(sequence.items().get(i), path + "/" + i));
    }
    return List.copyOf(items);
  }

  private static Literal literal(Scalar scalar, String path) {
    JsonPrimitive value =
        switch (scalar.type()) {
          case STRING -> new JsonPrimitive(scalar.text());
          case BOOLEAN -> new JsonPrimitive(scalar.text().equals("true"));
          case INTEGER -> new JsonPrimitive(new BigInteger(scalar.text()));
          case NUMBER -> new JsonPrimitive(new BigDecimal(scalar.text()));
          case NULL -> throw FunctionErrors.nullValue(path, scalar.position());
        };
    if (scalar.text().contains("{{resolve:")) {
      throw new TemplateException(
          "Template error: local-cloud does not emulate dynamic references ("
              + scalar.text()
              + "); pass the value as a parameter",
          scalar.position());
    }
    return new Literal(value, scalar.position());
  }

  private static Expression function(Member member, String path) {
    String name = member.name();
    Position at = member.position();
    if (NOT_EMULATED.containsKey(name) || name.startsWith("Fn::ForEach::")) {
      throw FunctionErrors.notEmulated(name, NOT_EMULATED.getOrDefault(name, "loops"), at);
    }
    Arguments arguments = new Arguments(name, member.value(), at, path);
    return switch (name) {
      case "Ref" -> new Expression.Ref(arguments.word(), at);
      case "Condition" -> new Expression.ConditionOf(arguments.word(), at);
      case "Fn::GetAtt" -> getAtt(arguments);
      case "Fn::Sub" -> new SubReader(arguments).read();
      case "Fn::Join" -> {
        arguments.count(2, 2);
        yield new Expression.Join(arguments.delimiter(), arguments.list(1), at);
      }
      case "Fn::Split" -> {
        arguments.count(2, 2);
        yield new Expression.Split(arguments.delimiter(), arguments.text(1), at);
      }
      case "Fn::Select" -> {
        arguments.count(2, 2);
        yield new Expression.Select(arguments.get(0), arguments.list(1), at);
      }
      case "Fn::If" -> {
        arguments.count(3, 3);
        yield new Expression.If(arguments.literal(0), arguments.get(1), arguments.get(2), at);
      }
      case "Fn::FindInMap" -> {
        arguments.count(3, 3);
        yield new Expression.FindInMap(arguments.text(0), arguments.text(1), arguments.text(2), at);
      }
      case "Fn::Cidr" -> {
        arguments.count(2, 3);
        Expression bits =
            arguments.size() == 3 ? arguments.get(2) : new Literal(new JsonPrimitive("8"), at);
        yield new Expression.Cidr(arguments.get(0), arguments.get(1), bits, at);
      }
      case "Fn::Base64" -> new Expression.Base64(arguments.single(), at);
      case "Fn::ImportValue" -> new Expression.ImportValue(arguments.single(), at);
      case "Fn::GetAZs" -> new Expression.GetAzs(arguments.single(), at);
      case "Fn::Equals" -> {
        arguments.count(2, 2);
        yield new Expression.Equals(arguments.get(0), arguments.get(1), at);
      }
      case "Fn::And" -> new Expression.Logic(Operator.AND, arguments.conditions(2, 10), at);
      case "Fn::Or" -> new Expression.Logic(Operator.OR, arguments.conditions(2, 10), at);
      case "Fn::Not" -> new Expression.Logic(Operator.NOT, arguments.conditions(1, 1), at);
      default -> throw FunctionErrors.unsupported(name, at);
    };
  }

  private static Expression getAtt(Arguments arguments) {
    if (arguments.value() instanceof Scalar scalar) {
      int dot = scalar.text().indexOf('.');
      if (dot <= 0 || dot == scalar.text().length() - 1) {
        throw arguments.wrong();
      }
      return new Expression.GetAtt(
          scalar.text().substring(0, dot),
          new Literal(new JsonPrimitive(scalar.text().substring(dot + 1)), arguments.position()),
          arguments.path(),
          arguments.position());
    }
    arguments.count(2, 2);
    String logicalId = arguments.literal(0);
    Expression attribute = arguments.get(1);
    boolean named = attribute instanceof Literal || attribute instanceof Expression.Ref;
    if (logicalId.isEmpty() || !named) {
      throw arguments.wrong();
    }
    return new Expression.GetAtt(logicalId, attribute, arguments.path(), arguments.position());
  }

  /** The arguments of one function, and the one complaint it has. */
  record Arguments(String function, TemplateNode value, Position position, String path) {
    TemplateException wrong() {
      return FunctionErrors.wrongArguments(function, position);
    }

    int size() {
      return value instanceof Sequence sequence ? sequence.items().size() : -1;
    }

    void count(int least, int most) {
      if (size() < least || size() > most) {
        throw wrong();
      }
    }

    Expression get(int index) {
      return read(((Sequence) value).items().get(index), path + "/" + index);
    }

    /** An argument that is text or a function that gives text. */
    Expression text(int index) {
      Expression expression = get(index);
      if (expression instanceof MapOf || expression instanceof Expression.ListOf) {
        throw wrong();
      }
      return expression;
    }

    /** An argument that is a list or a function that gives one. */
    Expression list(int index) {
      Expression expression = get(index);
      if (expression instanceof MapOf || expression instanceof Literal) {
        throw wrong();
      }
      return expression;
    }

    String literal(int index) {
      if (((Sequence) value).items().get(index) instanceof Scalar scalar
          && scalar.type() != TemplateNode.ScalarType.NULL) {
        return scalar.text();
      }
      throw wrong();
    }

    String delimiter() {
      return literal(0);
    }

    String word() {
      if (value instanceof Scalar scalar && scalar.type() == TemplateNode.ScalarType.STRING) {
        return scalar.text();
      }
      throw wrong();
    }

    Expression single() {
      Expression expression = read(value, path);
      if (expression instanceof MapOf || expression instanceof Expression.ListOf) {
        throw wrong();
      }
      return expression;
    }

    List<Expression> conditions(int least, int most) {
      count(least, most);
      List<Expression> operands = new ArrayList<>();
      for (TemplateNode item : ((Sequence) value).items()) {
        Expression operand = readCondition(item, path);
        boolean isCondition =
            operand instanceof Expression.Equals
                || operand instanceof Expression.Logic
                || operand instanceof Expression.ConditionOf;
        if (!isCondition) {
          throw wrong();
        }
        operands.add(operand);
      }
      return List.copyOf(operands);
    }
  }
}
