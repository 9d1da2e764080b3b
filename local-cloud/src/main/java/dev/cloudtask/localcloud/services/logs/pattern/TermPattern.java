package dev.cloudtask.localcloud.services.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Terms in unstructured text: all plain ones must be there, none of those with a minus, and, if
 * there are no others, one of those with a question mark. Beside plain terms, those with a question
 * mark do not count.
 */
record TermPattern(
    List<FilterPattern> included, List<FilterPattern> excluded, List<FilterPattern> optional)
    implements FilterPattern {

  static TermPattern parse(String text) {
    PatternScanner scanner = new PatternScanner(text);
    TermPattern pattern = new TermPattern(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    while (!scanner.atEnd()) {
      if (scanner.take("-")) {
        pattern.excluded().add(term(scanner));
      } else if (scanner.take("?")) {
        pattern.optional().add(term(scanner));
      } else {
        pattern.included().add(term(scanner));
      }
    }
    return pattern;
  }

  private static FilterPattern term(PatternScanner scanner) {
    if (scanner.peek() == '"') {
      String phrase = scanner.takeQuoted();
      return message -> message.contains(phrase);
    }
    if (scanner.peek() == '%') {
      Pattern regex = scanner.takeRegex();
      return message -> regex.matcher(message).find();
    }
    String word = scanner.takeWhile(c -> (c == '_') || Character.isLetterOrDigit(c));
    boolean ends = scanner.peek() == 0 || Character.isWhitespace(scanner.peek());
    if (word.isEmpty() || !ends) {
      throw scanner.bad();
    }
    return message -> message.contains(word);
  }

  @Override
  public boolean matches(String message) {
    boolean wanted =
        (included.isEmpty() && excluded.isEmpty() && !optional.isEmpty())
            ? optional.stream().anyMatch(term -> term.matches(message))
            : included.stream().allMatch(term -> term.matches(message));
    return wanted && excluded.stream().noneMatch(term -> term.matches(message));
  }
}
