package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all parsers share: the tokens and the place among them, document paths, placeholders, and
 * the wording of syntax errors.
 */
final class TokenReader {
  private static final int LONGEST = 4096;
  private static final int MOST_OPERATORS = 300;

  private final String kind;
  private final String text;
  private final List<Token> tokens;
  private final Placeholders placeholders;
  private final Findings findings;
  private int at;
  private int operators;

  /**
   * Begins an expression.
   *
   * @param kind the parameter it came in, for instance {@code FilterExpression}
   * @throws AwsException ValidationException if it is empty or too long
   */
  TokenReader(String kind, String text, Placeholders placeholders) {
    this.kind = kind;
    this.text = text;
    this.placeholders = placeholders;
    this.findings = new Findings(kind);
    if (text.isBlank()) {
      throw Findings.invalid(kind, "The expression can not be empty;");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw Findings.invalid(kind, "Expression size has exceeded the maximum allowed size;");
    }
    this.tokens = Lexer.tokens(text);
  }

  Findings findings() {
    return findings;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean accept(String symbol) {
    if (peek().isSymbol(symbol)) {
      next();
      return true;
    }
    return false;
  }

  boolean acceptKeyword(String keyword) {
    if (peek().isKeyword(keyword)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw syntaxError();
    }
  }

  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw syntaxError();
    }
  }

  /** Counts an operator or a function. */
  void countOperator() {
    operators++;
  }

  /** Fails if there were more operators and functions than DynamoDB takes. */
  void checkOperators() {
    if (operators > MOST_OPERATORS) {
      throw Findings.invalid(
          kind, "The expression contains too many operators; operator count: " + operators);
    }
  }

  /** Returns the failure at the current token, with its neighbours, as DynamoDB words it. */
  AwsException syntaxError() {
    Token token = peek();
    int from = at > 0 ? tokens.get(at - 1).start() : token.start();
    int to = token.kind() == Token.Kind.END ? tokens.get(Math.max(0, at - 1)).end() : token.end();
    if (at + 1 < tokens.size() && tokens.get(at + 1).kind() != Token.Kind.END) {
      to = tokens.get(at + 1).end();
    }
    String shown = token.kind() == Token.Kind.END ? "<EOF>" : token.text();
    return Findings.invalid(
        kind, "Syntax error; token: \"" + shown + "\", near: \"" + text.substring(from, to) + "\"");
  }

  /** Reads a document path. */
  DocumentPath path() {
    return further(DocumentPath.of(name()));
  }

  /** Reads on from a path, as far as steps follow. */
  DocumentPath further(DocumentPath from) {
    List<DocumentPath.Step> steps = new ArrayList<>(from.steps());
    while (true) {
      if (accept(".")) {
        steps.add(new DocumentPath.Name(name()));
      } else if (accept("[")) {
        if (peek().kind() != Token.Kind.NUMBER) {
          throw syntaxError();
        }
        steps.add(new DocumentPath.Index(index(next().text())));
        expect("]");
      } else {
        return new DocumentPath(steps);
      }
    }
  }

  private static int index(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private String name() {
    Token token = peek();
    if (token.kind() == Token.Kind.WORD) {
      next();
      if (ReservedWords.contains(token.text())) {
        findings.add(
            Kind.RESERVED_WORD,
            "Attribute name is a reserved keyword; reserved keyword: " + token.text());
      }
      return token.text();
    }
    if (token.kind() == Token.Kind.NAME) {
      next();
      Optional<String> name = placeholders.name(token.text());
      if (name.isEmpty()) {
        findings.add(
            Kind.NAME,
            "An expression attribute name used in the document path is not defined; attribute"
                + " name: "
                + token.text());
      }
      return name.orElse(token.text());
    }
    throw syntaxError();
  }

  /** Reads a placeholder of a value. */
  Operand value() {
    Token token = peek();
    if (token.kind() != Token.Kind.VALUE) {
      throw syntaxError();
    }
    next();
    return placeholders
        .value(token.text())
        .<Operand>map(Operand.Given::new)
        .orElseGet(
            () -> {
              findings.add(
                  Kind.VALUE,
                  "An expression attribute value used in expression is not defined; attribute"
                      + " value: "
                      + token.text());
              return new Operand.Undefined();
            });
  }

  /** Finds pairs of parentheses around nothing but another pair. */
  void checkRedundantParentheses() {
    int[] partner = new int[tokens.size()];
    java.util.ArrayDeque<Integer> open = new java.util.ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol("(")) {
        open.push(i);
      } else if (tokens.get(i).isSymbol(")") && !open.isEmpty()) {
        partner[open.pop()] = i;
      }
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean grouping = i == 0 || !opensArguments(i);
      if (grouping
          && tokens.get(i).isSymbol("(")
          && tokens.get(i + 1).isSymbol("(")
          && partner[i + 1] == partner[i] - 1) {
        findings.add(Kind.PARENTHESES, "The expression has redundant parentheses;");
      }
    }
  }

  private boolean opensArguments(int parenthesis) {
    Token before = tokens.get(parenthesis - 1);
    return before.kind() == Token.Kind.WORD
        && !before.isKeyword("AND")
        && !before.isKeyword("OR")
        && !before.isKeyword("NOT")
        && !before.isKeyword("BETWEEN");
  }
}
