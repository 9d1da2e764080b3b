package dev.cloudtask.localcloud.services.logs.pattern;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A comparison with a value: {@code = 4*}, {@code != "a b"}, {@code >= 1.5}, {@code = %regex%}.
 *
 * @param test what a value that is there must pass
 */
record ValueTest(Predicate<String> test) {
  private static final String STOPS = "&|)],}";

  /** Takes an operator and its value. */
  static ValueTest take(PatternScanner scanner) {
    if (scanner.take("!=")) {
      return new ValueTest(equality(scanner).negate());
    }
    if (scanner.take(">=")) {
      return ordered(scanner, order -> order >= 0);
    }
    if (scanner.take("<=")) {
      return ordered(scanner, order -> order <= 0);
    }
    if (scanner.take(">")) {
      return ordered(scanner, order -> order > 0);
    }
    if (scanner.take("<")) {
      return ordered(scanner, order -> order < 0);
    }
    scanner.demand("=");
    return new ValueTest(equality(scanner));
  }

  private static Predicate<String> equality(PatternScanner scanner) {
    scanner.skipSpace();
    if (scanner.peek() == '%') {
      Pattern regex = scanner.takeRegex();
      return value -> regex.matcher(value).find();
    }
    if (scanner.peek() == '"') {
      return glob(scanner.takeQuoted());
    }
    String word = word(scanner);
    Optional<BigDecimal> wanted = number(word);
    return wanted.isEmpty()
        ? glob(word)
        : value ->
            number(value)
                .map(actual -> actual.compareTo(wanted.get()) == 0)
                .orElse(value.equals(word));
  }

  private static ValueTest ordered(PatternScanner scanner, Predicate<Integer> order) {
    scanner.skipSpace();
    String word = word(scanner);
    BigDecimal wanted =
        number(word)
            .orElseThrow(() -> new FilterPattern.InvalidException("Invalid filter pattern"));
    return new ValueTest(
        value -> number(value).map(actual -> order.test(actual.compareTo(wanted))).orElse(false));
  }

  private static String word(PatternScanner scanner) {
    String word =
        scanner.takeWhile(
            c -> !Character.isWhitespace(c) && STOPS.indexOf(c) < 0 && c != '"' && c != '%');
    if (word.isEmpty()) {
      throw scanner.bad();
    }
    return word;
  }

  private static Predicate<String> glob(String text) {
    if (text.indexOf('*') < 0) {
      return text::equals;
    }
    StringBuilder regex = new StringBuilder();
    for (String piece : text.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(piece));
    }
    Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    return value -> pattern.matcher(value).matches();
  }

  static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
