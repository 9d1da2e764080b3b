package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads condition, filter and key-condition expressions.
 *
 * <p>{@code OR} binds least, then {@code AND}, {@code NOT}, then comparisons, {@code BETWEEN},
 * {@code IN} and functions; parentheses group conditions or operands.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     Condition and filter expressions, operators, and functions</a>
 */
public final class ConditionParser {
  private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> KEYWORDS = List.of("AND", "OR", "NOT", "IN", "BETWEEN");
  private static final int MOST_CANDIDATES = 100;

  /** What parentheses may hold: a condition, or an operand that a comparator will follow. */
  private sealed interface Node {}

  private record Whole(Condition condition) implements Node {}

  private record Part(Operand operand) implements Node {}

  private final TokenReader in;
  private final ConditionChecks checks;

  private ConditionParser(TokenReader in) {
    this.in = in;
    this.checks = new ConditionChecks(in.findings());
  }

  /**
   * Reads an expression.
   *
   * @param kind the parameter it came in: ConditionExpression, FilterExpression,
   *     KeyConditionExpression
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static Condition parse(String kind, String text, Placeholders placeholders) {
    TokenReader in = new TokenReader(kind, text, placeholders);
    ConditionParser parser = new ConditionParser(in);
    Condition condition = parser.condition(parser.or());
    in.expectEnd();
    in.checkRedundantParentheses();
    in.findings()
        .report(
            Kind.PARENTHESES,
            Kind.UNKNOWN_FUNCTION,
            Kind.MISUSED_FUNCTION,
            Kind.RESERVED_WORD,
            Kind.CONDITION);
    in.checkOperators();
    return condition;
  }

  private Node or() {
    Node left = and();
    while (in.peek().isKeyword("OR")) {
      Condition first = condition(left);
      in.next();
      left = new Whole(new Condition.Or(first, condition(and())));
    }
    return left;
  }

  private Node and() {
    Node left = not();
    while (in.peek().isKeyword("AND")) {
      Condition first = condition(left);
      in.next();
      left = new Whole(new Condition.And(first, condition(not())));
    }
    return left;
  }

  private Node not() {
    if (in.acceptKeyword("NOT")) {
      return new Whole(new Condition.Not(condition(comparison())));
    }
    return comparison();
  }

  /** Takes a node for a condition: a function may be one, another operand may not. */
  private Condition condition(Node node) {
    if (node instanceof Whole whole) {
      return whole.condition();
    }
    if (node instanceof Part part && part.operand() instanceof Operand.Call call) {
      checks.alone(call);
      return new Condition.Test(call);
    }
    throw in.syntaxError();
  }

  private Node comparison() {
    Node left = primary();
    Token token = in.peek();
    if (!(left instanceof Part part)) {
      return left;
    }
    Operand operand = part.operand();
    if (token.kind() == Token.Kind.SYMBOL && COMPARATORS.contains(token.text())) {
      in.next();
      in.countOperator();
      Operand right = operand();
      checks.comparison(token.text(), operand, right);
      return new Whole(new Condition.Comparison(token.text(), operand, right));
    }
    if (in.acceptKeyword("BETWEEN")) {
      in.countOperator();
      Operand lower = operand();
      if (!in.acceptKeyword("AND")) {
        throw in.syntaxError();
      }
      Operand upper = operand();
      checks.between(operand, lower, upper);
      return new Whole(new Condition.Between(operand, lower, upper));
    }
    if (in.acceptKeyword("IN")) {
      in.countOperator();
      in.expect("(");
      List<Operand> candidates = operands();
      checks.in(operand, candidates, MOST_CANDIDATES);
      return new Whole(new Condition.In(operand, candidates));
    }
    return left;
  }

  private Node primary() {
    if (in.accept("(")) {
      Node inner = or();
      in.expect(")");
      return inner instanceof Part part ? new Part(further(part.operand())) : inner;
    }
    return new Part(bareOperand());
  }

  /** Reads an operand, in parentheses or not. */
  private Operand operand() {
    if (in.accept("(")) {
      Operand inner = operand();
      in.expect(")");
      return further(inner);
    }
    return bareOperand();
  }

  /** A path in parentheses may go on behind them. */
  private Operand further(Operand operand) {
    return operand instanceof Operand.At at ? new Operand.At(in.further(at.path())) : operand;
  }

  private Operand bareOperand() {
    Token token = in.peek();
    if (token.kind() == Token.Kind.VALUE) {
      return in.value();
    }
    if (token.kind() == Token.Kind.WORD) {
      if (KEYWORDS.stream().anyMatch(token::isKeyword)) {
        throw in.syntaxError();
      }
      if (in.peekSecond().isSymbol("(")) {
        in.next();
        in.next();
        in.countOperator();
        Operand.Call call = new Operand.Call(token.text(), operands());
        checks.function(call);
        return call;
      }
    }
    return new Operand.At(in.path());
  }

  /** Reads operands up to the closing parenthesis. */
  private List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    do {
      operands.add(operand());
    } while (in.accept(","));
    in.expect(")");
    return operands;
  }
}
