package dev.cloudtask.localcloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a statement's Condition block.
 *
 * @param operator as written: {@code ForAnyValue:StringLikeIfExists}
 * @param key the condition key as written
 * @param values the policy's values; numbers and booleans as text
 */
public record Condition(String operator, String key, List<String> values) {
  private static final String ANY = "foranyvalue:";
  private static final String ALL = "forallvalues:";
  private static final String IF_EXISTS = "ifexists";

  /** Copies the values. */
  public Condition {
    values = List.copyOf(values);
  }

  /**
   * Returns the operator without its set qualifier and {@code IfExists}; nothing if there is none
   * such.
   */
  static Optional<Comparison> comparison(String operator) {
    String name = operator.toLowerCase(Locale.ROOT);
    if (name.startsWith(ANY)) {
      name = name.substring(ANY.length());
    } else if (name.startsWith(ALL)) {
      name = name.substring(ALL.length());
    }
    if (name.endsWith(IF_EXISTS)) {
      name = name.substring(0, name.length() - IF_EXISTS.length());
      if (name.equals("null")) {
        return Optional.empty();
      }
    }
    return Comparison.named(name);
  }

  Comparison comparison() {
    return comparison(operator)
        .orElseThrow(() -> new IllegalStateException("no such condition operator: " + operator));
  }

  boolean isIfExists() {
    return operator.toLowerCase(Locale.ROOT).endsWith(IF_EXISTS);
  }

  boolean isForAllValues() {
    return operator.toLowerCase(Locale.ROOT).startsWith(ALL);
  }

  private boolean isForAnyValue() {
    return operator.toLowerCase(Locale.ROOT).startsWith(ANY);
  }

  /** Tells whether the request fulfils this condition. */
  boolean holds(ConditionKeys request, boolean variables) {
    Comparison comparison = comparison();
    Optional<List<String>> actual = request.get(key);
    if (comparison == Comparison.NULL) {
      String missing = String.valueOf(actual.isEmpty());
      return values.stream().anyMatch(wanted -> wanted.equalsIgnoreCase(missing));
    }
    if (actual.isEmpty() || actual.get().isEmpty()) {
      return isIfExists() || isForAllValues() || (comparison.isNegated() && !isForAnyValue());
    }
    List<String> wanted = new ArrayList<>();
    for (String value : values) {
      request.expand(value, variables, comparison.hasWildcards()).ifPresent(wanted::add);
    }
    if (isForAllValues()) {
      return actual.get().stream().allMatch(each -> fits(comparison, wanted, each));
    }
    if (isForAnyValue() || !comparison.isNegated()) {
      return actual.get().stream().anyMatch(each -> fits(comparison, wanted, each));
    }
    return actual.get().stream().allMatch(each -> fits(comparison, wanted, each));
  }

  private static boolean fits(Comparison comparison, List<String> wanted, String actual) {
    boolean matched = wanted.stream().anyMatch(value -> comparison.matches(value, actual));
    return matched != comparison.isNegated();
  }
}
