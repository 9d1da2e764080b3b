package dev.cloudtask.localcloud.services.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Conditions on the fields of space-delimited events; text in double quotes or brackets is one
 * field. Without an ellipsis the event must have exactly as many fields as the pattern.
 *
 * @param fields a test for each field
 * @param ellipsis at which field {@code ...} stands for any number of fields; -1 for none
 */
record FieldPattern(List<Predicate<String>> fields, int ellipsis) implements FilterPattern {
  static FieldPattern parse(String text) {
    PatternScanner scanner = new PatternScanner(text);
    List<Predicate<String>> fields = new ArrayList<>();
    int ellipsis = -1;
    do {
      if (scanner.take("...")) {
        if (ellipsis >= 0) {
          throw scanner.bad();
        }
        ellipsis = fields.size();
      } else {
        fields.add(BooleanGrammar.take(scanner, FieldPattern::condition));
      }
    } while (scanner.take(","));
    if (!scanner.atEnd()) {
      throw scanner.bad();
    }
    return new FieldPattern(fields, ellipsis);
  }

  private static Predicate<String> condition(PatternScanner scanner) {
    scanner.skipSpace();
    String name = scanner.takeWhile(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
    if (name.isEmpty()) {
      throw scanner.bad();
    }
    scanner.skipSpace();
    return "=!<>".indexOf(scanner.peek()) >= 0 && scanner.peek() != 0
        ? ValueTest.take(scanner).test()
        : value -> true;
  }

  @Override
  public boolean matches(String message) {
    List<String> values = split(message);
    int spare = values.size() - fields.size();
    if (spare < 0 || (spare > 0 && ellipsis < 0)) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      int place = ellipsis >= 0 && i >= ellipsis ? i + spare : i;
      if (!fields.get(i).test(values.get(place))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(String message) {
    List<String> values = new ArrayList<>();
    int at = 0;
    String text = message.strip();
    while (at < text.length()) {
      char first = text.charAt(at);
      int end;
      if (first == '"' || first == '[') {
        end = text.indexOf(first == '"' ? '"' : ']', at + 1);
        end = end < 0 ? text.length() : end;
        values.add(text.substring(at + 1, end));
        end++;
      } else {
        end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        values.add(text.substring(at, end));
      }
      at = Math.min(end, text.length());
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
    return values;
  }
}
