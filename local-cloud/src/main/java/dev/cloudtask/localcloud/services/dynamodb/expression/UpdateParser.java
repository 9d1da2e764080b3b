package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads update expressions: sections SET, REMOVE, ADD, DELETE, each once, in any order.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     Update expressions</a>
 */
public final class UpdateParser {
  /** The parameter's name. */
  public static final String KIND = "UpdateExpression";

  private static final Map<String, Integer> FUNCTIONS =
      Map.of("if_not_exists", 2, "list_append", 2);
  private static final List<String> SECTIONS = List.of("SET", "REMOVE", "ADD", "DELETE");
  private static final Map<String, String> TYPE_NAMES =
      Map.of(
          "S", "STRING", "N", "NUMBER", "B", "BINARY", "NULL", "NULL", "BOOL", "BOOLEAN", "L",
          "LIST", "M", "MAP");

  private final TokenReader in;
  private final Findings findings;
  private final PathOverlap overlap;
  private final List<Update.Assignment> sets = new ArrayList<>();
  private final List<DocumentPath> removes = new ArrayList<>();
  private final List<Update.Change> adds = new ArrayList<>();
  private final List<Update.Change> deletes = new ArrayList<>();

  private UpdateParser(TokenReader in) {
    this.in = in;
    this.findings = in.findings();
    this.overlap = new PathOverlap(findings);
  }

  /**
   * Reads an expression.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static Update parse(String text, Placeholders placeholders) {
    TokenReader in = new TokenReader(KIND, text, placeholders);
    UpdateParser parser = new UpdateParser(in);
    parser.sections();
    in.findings()
        .report(
            Kind.RESERVED_WORD,
            Kind.UNKNOWN_FUNCTION,
            Kind.SECTION,
            Kind.NAME,
            Kind.VALUE,
            Kind.OVERLAP,
            Kind.CONFLICT,
            Kind.OPERATOR_OPERAND,
            Kind.FUNCTION_OPERAND);
    in.checkOperators();
    return new Update(parser.sets, parser.removes, parser.adds, parser.deletes);
  }

  private void sections() {
    Set<String> seen = new HashSet<>();
    do {
      Token token = in.peek();
      String section = token.text().toUpperCase(Locale.ROOT);
      if (token.kind() != Token.Kind.WORD || !SECTIONS.contains(section)) {
        throw in.syntaxError();
      }
      in.next();
      do {
        action(section);
      } while (in.accept(","));
      if (!seen.add(section)) {
        findings.add(
            Kind.SECTION,
            "The \"" + section + "\" section can only be used once in an update expression;");
      }
    } while (in.peek().kind() != Token.Kind.END);
  }

  private void action(String section) {
    DocumentPath path = target();
    switch (section) {
      case "SET" -> {
        in.expect("=");
        Operand value = assigned();
        overlap.add(path);
        sets.add(new Update.Assignment(path, value));
      }
      case "REMOVE" -> {
        overlap.add(path);
        removes.add(path);
      }
      case "ADD" -> change(path, "ADD", adds);
      default -> change(path, "DELETE", deletes);
    }
  }

  private DocumentPath target() {
    if (SECTIONS.stream().anyMatch(in.peek()::isKeyword)) {
      throw in.syntaxError();
    }
    return in.path();
  }

  private void change(DocumentPath path, String operator, List<Update.Change> changes) {
    Operand operand = in.value();
    in.countOperator();
    overlap.add(path);
    if (operand instanceof Operand.Given given) {
      AttributeValue value = given.value();
      String typeName = TYPE_NAMES.get(value.type());
      boolean numberToAdd = operator.equals("ADD") && value.type().equals("N");
      if (typeName != null && !numberToAdd) {
        findings.add(
            Kind.OPERATOR_OPERAND,
            "Incorrect operand type for operator or function; operator: "
                + operator
                + ", operand type: "
                + typeName);
      }
      changes.add(new Update.Change(path, value));
    }
  }

  /** Reads what SET assigns: an operand, or a sum or difference of two. */
  private Operand assigned() {
    Operand left = operand();
    Token token = in.peek();
    if (token.isSymbol("+") || token.isSymbol("-")) {
      in.next();
      in.countOperator();
      Operand right = operand();
      number(token.text(), left);
      number(token.text(), right);
      return new Operand.Arithmetic(token.text(), left, right);
    }
    return left;
  }

  private Operand operand() {
    Token token = in.peek();
    if (in.accept("(")) {
      Operand inner = assigned();
      in.expect(")");
      return inner;
    }
    if (token.kind() == Token.Kind.VALUE) {
      return in.value();
    }
    if (token.kind() == Token.Kind.WORD && in.peekSecond().isSymbol("(")) {
      in.next();
      in.next();
      in.countOperator();
      List<Operand> arguments = new ArrayList<>();
      do {
        arguments.add(operand());
      } while (in.accept(","));
      in.expect(")");
      Operand.Call call = new Operand.Call(token.text(), arguments);
      function(call);
      return call;
    }
    return new Operand.At(target());
  }

  private void function(Operand.Call call) {
    Integer wanted = FUNCTIONS.get(call.function());
    if (wanted == null) {
      findings.add(Kind.UNKNOWN_FUNCTION, "Invalid function name; function: " + call.function());
    } else if (wanted != call.arguments().size()) {
      findings.add(
          Kind.FUNCTION_OPERAND,
          "Incorrect number of operands for operator or function; operator or function: "
              + call.function()
              + ", number of operands: "
              + call.arguments().size());
    } else if (call.function().equals("if_not_exists")) {
      if (!(call.arguments().get(0) instanceof Operand.At)) {
        findings.add(
            Kind.FUNCTION_OPERAND,
            "Operator or function requires a document path; operator or function: if_not_exists");
      }
    } else {
      for (Operand argument : call.arguments()) {
        given(argument, "L", call.function());
      }
    }
  }

  private void number(String operator, Operand operand) {
    given(operand, "N", operator);
  }

  private void given(Operand operand, String wanted, String function) {
    if (operand instanceof Operand.Given given && !given.value().type().equals(wanted)) {
      findings.add(
          Kind.FUNCTION_OPERAND,
          "Incorrect operand type for operator or function; operator or function: "
              + function
              + ", operand type: "
              + given.value().type());
    }
  }
}
