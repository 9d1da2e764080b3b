package dev.cloudtask.localcloud.services.apigateway.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads templates by recursive descent. */
final class Parser {
  private static final Set<String> REFUSED =
      Set.of("foreach", "macro", "parse", "include", "define", "evaluate", "break", "stop");

  private final String text;
  private int at;

  Parser(String text) {
    this.text = text;
  }

  List<Node> template() throws TemplateException {
    List<Node> nodes = block();
    if (at < text.length()) {
      throw failure("#" + directiveName(at + 1) + " without #if");
    }
    return nodes;
  }

  /** Reads up to the end or to an #elseif, #else or #end. */
  private List<Node> block() throws TemplateException {
    List<Node> nodes = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("##", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("#*", at)) {
        int end = text.indexOf("*#", at);
        at = end < 0 ? text.length() : end + 2;
      } else if (c == '#' && !directiveName(at + 1).isEmpty()) {
        String name = directiveName(at + 1);
        if (Set.of("elseif", "else", "end").contains(name)) {
          break;
        }
        if (!name.equals("set") && !name.equals("if")) {
          checkRefused(name);
          plain.append(c);
          at++;
          continue;
        }
        flush(plain, nodes);
        at = afterDirective(name);
        nodes.add(name.equals("set") ? assignment() : choice());
      } else if (c == '$' && startsReference(at)) {
        flush(plain, nodes);
        nodes.add(output());
      } else if (c == '\\' && at + 1 < text.length() && "$#".indexOf(text.charAt(at + 1)) >= 0) {
        plain.append(text.charAt(at + 1));
        at += 2;
      } else {
        plain.append(c);
        at++;
      }
    }
    flush(plain, nodes);
    return nodes;
  }

  private void checkRefused(String name) throws TemplateException {
    if (REFUSED.contains(name)) {
      throw failure(
          "#" + name + " is not emulated. Emulated are #set, #if, #elseif, #else and #end");
    }
  }

  private Node assignment() throws TemplateException {
    expect("(");
    expect("$");
    boolean braced = accept("{");
    String name = identifier();
    if (braced) {
      expect("}");
    }
    if (peek('.') || peek('[')) {
      throw failure("#set of a property ($" + name + "...) is not emulated: set a variable");
    }
    expect("=");
    Expression value = expression();
    expect(")");
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return new Node.Assignment(name, value);
  }

  private Node choice() throws TemplateException {
    List<Node.Branch> branches = new ArrayList<>();
    expect("(");
    Expression condition = expression();
    expect(")");
    branches.add(new Node.Branch(condition, block()));
    while (true) {
      String name = at < text.length() ? directiveName(at + 1) : "";
      if (name.isEmpty()) {
        throw failure("#if without #end");
      }
      at = afterDirective(name);
      if (name.equals("end")) {
        return new Node.Choice(branches);
      }
      Expression next = null;
      if (name.equals("elseif")) {
        expect("(");
        next = expression();
        expect(")");
      }
      branches.add(new Node.Branch(next, block()));
    }
  }

  private Node output() throws TemplateException {
    int start = at;
    at++;
    boolean quiet = text.charAt(at) == '!';
    if (quiet) {
      at++;
    }
    Expression value = reference();
    return new Node.Output(value, text.substring(start, at), quiet);
  }

  /** Reads what follows a dollar sign. */
  private Expression reference() throws TemplateException {
    boolean braced = text.charAt(at) == '{';
    if (braced) {
      at++;
    }
    Expression value = new Expression.Variable(identifier());
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.' && at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
        at++;
        String name = identifier();
        value =
            at < text.length() && text.charAt(at) == '('
                ? new Expression.Invocation(value, name, arguments())
                : new Expression.Property(value, name);
      } else if (c == '[') {
        at++;
        Expression index = expression();
        expect("]");
        value = new Expression.Element(value, index);
      } else {
        break;
      }
    }
    if (braced) {
      expect("}");
    }
    return value;
  }

  private List<Expression> arguments() throws TemplateException {
    expect("(");
    List<Expression> arguments = new ArrayList<>();
    if (!accept(")")) {
      do {
        arguments.add(expression());
      } while (accept(","));
      expect(")");
    }
    return arguments;
  }

  private Expression expression() throws TemplateException {
    return binary(0);
  }

  private static final List<List<String>> PRECEDENCE =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("+", "-"),
          List.of("*"));

  private Expression binary(int level) throws TemplateException {
    if (level == PRECEDENCE.size()) {
      return unary();
    }
    Expression left = binary(level + 1);
    while (true) {
      String operator = null;
      for (String candidate : PRECEDENCE.get(level)) {
        if (operator == null && accept(candidate)) {
          operator = candidate;
        }
      }
      if (operator == null) {
        return left;
      }
      left = new Expression.Binary(operator, left, binary(level + 1));
    }
  }

  private Expression unary() throws TemplateException {
    skipSpace();
    if (text.startsWith("!", at) && !text.startsWith("!=", at)) {
      at++;
      return new Expression.Not(unary());
    }
    if (accept("(")) {
      Expression inner = expression();
      expect(")");
      return inner;
    }
    if (at >= text.length()) {
      throw failure("an expression ends too early");
    }
    char c = text.charAt(at);
    if (c == '$') {
      at++;
      if (at < text.length() && text.charAt(at) == '!') {
        at++;
      }
      return reference();
    }
    if (c == '"' || c == '\'') {
      return quoted(c);
    }
    if (Character.isDigit(c) || c == '-') {
      int start = at++;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      return new Expression.Literal(new BigDecimal(text.substring(start, at)));
    }
    String word = isNameStart(c) ? identifier() : "";
    if (word.equals("true") || word.equals("false")) {
      return new Expression.Literal(Boolean.parseBoolean(word));
    }
    throw failure(
        "'"
            + (word.isEmpty() ? c : word)
            + "' is not emulated here: lists, maps and ranges are not");
  }

  private Expression quoted(char quote) throws TemplateException {
    int start = ++at;
    int end = text.indexOf(quote, start);
    if (end < 0) {
      throw failure("a text in quotes has no end");
    }
    at = end + 1;
    String content = text.substring(start, end);
    return quote == '\''
        ? new Expression.Literal(content)
        : new Expression.Interpolated(new Parser(content).template());
  }

  private String identifier() throws TemplateException {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (start == at || !isNameStart(text.charAt(start))) {
      throw failure("a name is missing");
    }
    return text.substring(start, at);
  }

  private boolean startsReference(int position) {
    int next = position + 1;
    if (next < text.length() && text.charAt(next) == '!') {
      next++;
    }
    if (next < text.length() && text.charAt(next) == '{') {
      next++;
    }
    return next < text.length() && isNameStart(text.charAt(next));
  }

  private String directiveName(int position) {
    int start = position < text.length() && text.charAt(position) == '{' ? position + 1 : position;
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(Math.min(start, text.length()), end);
  }

  private int afterDirective(String name) {
    boolean braced = text.charAt(at + 1) == '{';
    return at + 1 + name.length() + (braced ? 2 : 0);
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '-';
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean peek(char c) {
    skipSpace();
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean accept(String token) {
    int before = at;
    skipSpace();
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    at = before;
    return false;
  }

  private void expect(String token) throws TemplateException {
    if (!accept(token)) {
      throw failure("'" + token + "' is missing");
    }
  }

  private static void flush(StringBuilder plain, List<Node> nodes) {
    if (!plain.isEmpty()) {
      nodes.add(new Node.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private TemplateException failure(String what) {
    long line = text.substring(0, Math.min(at, text.length())).lines().count();
    return new TemplateException("Line " + Math.max(1, line) + ": " + what + ".");
  }
}
