package dev.cloudtask.localcloud.services.logs.pattern;

import java.util.function.Function;
import java.util.function.Predicate;

/** Conditions joined by {@code &&} and {@code ||} (which binds less), and parentheses. */
final class BooleanGrammar {
  private BooleanGrammar() {}

  /** Takes an expression; {@code condition} takes one condition. */
  static <T> Predicate<T> take(
      PatternScanner scanner, Function<PatternScanner, Predicate<T>> condition) {
    Predicate<T> either = conjunction(scanner, condition);
    while (scanner.take("||")) {
      either = either.or(conjunction(scanner, condition));
    }
    return either;
  }

  private static <T> Predicate<T> conjunction(
      PatternScanner scanner, Function<PatternScanner, Predicate<T>> condition) {
    Predicate<T> all = single(scanner, condition);
    while (scanner.take("&&")) {
      all = all.and(single(scanner, condition));
    }
    return all;
  }

  private static <T> Predicate<T> single(
      PatternScanner scanner, Function<PatternScanner, Predicate<T>> condition) {
    if (scanner.take("(")) {
      Predicate<T> inner = take(scanner, condition);
      scanner.demand(")");
      return inner;
    }
    return condition.apply(scanner);
  }
}
