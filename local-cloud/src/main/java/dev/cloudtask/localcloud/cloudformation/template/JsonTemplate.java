package dev.cloudtask.localcloud.cloudformation.template;

import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.ScalarType;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A strict JSON reader (RFC 8259) that keeps the position of every value. */
final class JsonTemplate {
  private static final int MAX_DEPTH = 500;

  private final String text;
  private final String file;
  private int at;
  private int line = 1;
  private int lineStart;
  private int depth;

  JsonTemplate(String text, String file) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.file = file;
  }

  TemplateNode parse() {
    TemplateNode node = value();
    blank();
    if (at < text.length()) {
      throw malformed("There is more text after the end of the template.");
    }
    return node;
  }

  private TemplateNode value() {
    blank();
    if (at >= text.length()) {
      throw malformed("The template ends too early.");
    }
    Position position = position();
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object(position);
      case '[' -> array(position);
      case '"' -> {
        String string = string();
        yield new Scalar(ScalarType.STRING, string, string, position);
      }
      default -> literal(position);
    };
  }

  private TemplateNode object(Position position) {
    enter();
    List<Member> members = new ArrayList<>();
    TemplateParser.Names names = new TemplateParser.Names("JSON");
    at++;
    blank();
    if (!take('}')) {
      do {
        blank();
        Position namePosition = position();
        if (at >= text.length() || text.charAt(at) != '"') {
          throw malformed("A name in double quotes is expected here.");
        }
        String name = string();
        names.add(name, namePosition);
        blank();
        if (!take(':')) {
          throw malformed("A colon is expected here.");
        }
        members.add(new Member(name, namePosition, value()));
        blank();
      } while (take(','));
      if (!take('}')) {
        throw malformed("A comma or a closing brace is expected here.");
      }
    }
    depth--;
    return new Mapping(members, position);
  }

  private TemplateNode array(Position position) {
    enter();
    List<TemplateNode> items = new ArrayList<>();
    at++;
    blank();
    if (!take(']')) {
      do {
        items.add(value());
        blank();
      } while (take(','));
      if (!take(']')) {
        throw malformed("A comma or a closing bracket is expected here.");
      }
    }
    depth--;
    return new Sequence(items, position);
  }

  private TemplateNode literal(Position position) {
    int start = at;
    while (at < text.length()
        && "+-.0123456789abcdefghijklmnopqrstuvwxyzE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "true", "false" -> {
        return new Scalar(ScalarType.BOOLEAN, word, word, position);
      }
      case "null" -> {
        return new Scalar(ScalarType.NULL, "", word, position);
      }
      default -> {
        if (word.matches("-?(0|[1-9][0-9]*)")) {
          return new Scalar(ScalarType.INTEGER, word, word, position);
        }
        if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
          return new Scalar(
              ScalarType.NUMBER, new BigDecimal(word).toPlainString(), word, position);
        }
        at = start;
        throw malformed("A value is expected here.");
      }
    }
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw malformed("A string is not closed.");
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c < 0x20) {
        throw malformed("A string may not hold a line break or another control character.");
      }
      at++;
      value.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    switch (c) {
      case '"', '\\', '/' -> {
        return c;
      }
      case 'b' -> {
        return '\b';
      }
      case 'f' -> {
        return '\f';
      }
      case 'n' -> {
        return '\n';
      }
      case 'r' -> {
        return '\r';
      }
      case 't' -> {
        return '\t';
      }
      case 'u' -> {
        if (at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
          at += 4;
          return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        throw malformed("\\u wants four hexadecimal digits.");
      }
      default -> throw malformed("JSON has no escape of this kind.");
    }
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      if (text.charAt(at) == '\n') {
        line++;
        lineStart = at + 1;
      }
      at++;
    }
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("The template is nested too deeply.");
    }
  }

  private Position position() {
    return new Position(file, line, at - lineStart + 1);
  }

  private TemplateException malformed(String advice) {
    return TemplateParser.malformed("JSON", position(), advice);
  }
}
