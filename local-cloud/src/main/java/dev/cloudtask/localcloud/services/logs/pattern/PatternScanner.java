package dev.cloudtask.localcloud.services.logs.pattern;

import dev.cloudtask.localcloud.services.logs.pattern.FilterPattern.InvalidException;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a pattern from left to right. */
final class PatternScanner {
  /** What AWS allows in a regular expression: no groups, so none that could run away. */
  private static final Pattern REGEX =
      Pattern.compile("[A-Za-z0-9 :_#=@/;,\\-^$?\\[\\]{}|\\\\*+.]*");

  private final String text;
  private int at;

  PatternScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    skipSpace();
    return at == text.length();
  }

  /** Returns the next character without taking it, or 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Takes this text, after any space, if it is next. */
  boolean take(String wanted) {
    skipSpace();
    if (text.startsWith(wanted, at)) {
      at += wanted.length();
      return true;
    }
    return false;
  }

  /** Takes this word, in any letter case, if it is next and ends there. */
  boolean takeWord(String wanted) {
    skipSpace();
    int end = at + wanted.length();
    if (text.regionMatches(true, at, wanted, 0, wanted.length())
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
      at = end;
      return true;
    }
    return false;
  }

  void demand(String wanted) {
    if (!take(wanted)) {
      throw bad();
    }
  }

  /** Takes characters as long as they fit. */
  String takeWhile(IntPredicate fits) {
    int start = at;
    while (at < text.length() && fits.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Takes a text in double quotes; a backslash takes the next character as it is. */
  String takeQuoted() {
    demand("\"");
    StringBuilder quoted = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      quoted.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw new InvalidException("Invalid filter pattern");
    }
    at++;
    return quoted.toString();
  }

  /** Takes a regular expression between percent signs. */
  Pattern takeRegex() {
    demand("%");
    int end = text.indexOf('%', at);
    String regex = end < 0 ? "" : text.substring(at, end);
    if (end < 0 || !REGEX.matcher(regex).matches()) {
      throw new InvalidException("Invalid filter pattern");
    }
    at = end + 1;
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InvalidException("Invalid filter pattern");
    }
  }

  /** Returns the complaint about the character that is next. */
  InvalidException bad() {
    return at < text.length()
        ? new InvalidException("Invalid character(s) in term '" + text.charAt(at) + "'")
        : new InvalidException("Invalid filter pattern");
  }
}
