package dev.cloudtask.localcloud.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. Never fails: what it does not know becomes an unknown token. */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens of a text, an end token last. */
  static List<Token> tokens(String text) {
    return new Lexer(text).all();
  }

  private List<Token> all() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
      } else if (isLetter(c)) {
        take(Token.Kind.WORD, endOfWord(at + 1));
      } else if (c == '#') {
        take(Token.Kind.NAME, endOfWord(at + 1));
      } else if (c == ':') {
        take(Token.Kind.VALUE, endOfWord(at + 1));
      } else if (isDigit(c)) {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
          end++;
        }
        take(Token.Kind.NUMBER, end);
      } else if (text.startsWith("<>", at)
          || text.startsWith("<=", at)
          || text.startsWith(">=", at)) {
        take(Token.Kind.SYMBOL, at + 2);
      } else if ("()[].,=<>+-".indexOf(c) >= 0) {
        take(Token.Kind.SYMBOL, at + 1);
      } else {
        take(Token.Kind.UNKNOWN, at + Character.charCount(text.codePointAt(at)));
      }
    }
    tokens.add(new Token(Token.Kind.END, "", at, at));
    return tokens;
  }

  private void take(Token.Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at, end));
    at = end;
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length()
        && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
