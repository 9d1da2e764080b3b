package dev.cloudtask.localcloud.iam;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/**
 * The comparisons of the policy language, each between a policy's value and a request's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">
 *     Condition operators</a>
 */
enum Comparison {
  STRING_EQUALS("StringEquals", false, false, String::equals),
  STRING_NOT_EQUALS("StringNotEquals", true, false, String::equals),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, false, String::equalsIgnoreCase),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, false, String::equalsIgnoreCase),
  STRING_LIKE("StringLike", false, true, Wildcards::matches),
  STRING_NOT_LIKE("StringNotLike", true, true, Wildcards::matches),
  NUMERIC_EQUALS("NumericEquals", false, number(order -> order == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", true, number(order -> order == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", false, number(order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, number(order -> order <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", false, number(order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, number(order -> order >= 0)),
  DATE_EQUALS("DateEquals", false, date(order -> order == 0)),
  DATE_NOT_EQUALS("DateNotEquals", true, date(order -> order == 0)),
  DATE_LESS_THAN("DateLessThan", false, date(order -> order < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, date(order -> order <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", false, date(order -> order > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, date(order -> order >= 0)),
  BOOL("Bool", false, String::equalsIgnoreCase),
  BINARY_EQUALS("BinaryEquals", false, Comparison::sameBytes),
  IP_ADDRESS("IpAddress", false, Comparison::inRange),
  NOT_IP_ADDRESS("NotIpAddress", true, Comparison::inRange),
  ARN_EQUALS("ArnEquals", false, true, Comparison::arnMatches),
  ARN_LIKE("ArnLike", false, true, Comparison::arnMatches),
  ARN_NOT_EQUALS("ArnNotEquals", true, true, Comparison::arnMatches),
  ARN_NOT_LIKE("ArnNotLike", true, true, Comparison::arnMatches),
  /** Whether the key is there at all; judged by {@link Condition}. */
  NULL("Null", false, String::equalsIgnoreCase);

  private final String awsName;
  private final boolean negated;
  private final boolean wildcards;

  @SuppressWarnings("ImmutableEnumChecker") // every test here is a function without state
  private final BiPredicate<String, String> test;

  Comparison(String awsName, boolean negated, BiPredicate<String, String> test) {
    this(awsName, negated, false, test);
  }

  Comparison(String awsName, boolean negated, boolean wildcards, BiPredicate<String, String> test) {
    this.awsName = awsName;
    this.negated = negated;
    this.wildcards = wildcards;
    this.test = test;
  }

  /** Returns the comparison of this name, letter case apart. */
  static Optional<Comparison> named(String name) {
    return Arrays.stream(values()).filter(each -> each.awsName.equalsIgnoreCase(name)).findFirst();
  }

  /** Tells whether it holds when no value matches. */
  boolean isNegated() {
    return negated;
  }

  /** Tells whether stars in the policy's value are wildcards. */
  boolean hasWildcards() {
    return wildcards;
  }

  boolean isDate() {
    return awsName.startsWith("Date");
  }

  /** Compares one value of the policy with one of the request, before any negation. */
  boolean matches(String wanted, String actual) {
    return test.test(wanted, actual);
  }

  private static BiPredicate<String, String> number(IntPredicate order) {
    return (wanted, actual) -> {
      try {
        return order.test(new BigDecimal(actual).compareTo(new BigDecimal(wanted)));
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }

  private static BiPredicate<String, String> date(IntPredicate order) {
    return (wanted, actual) -> {
      Optional<Instant> left = instant(actual);
      Optional<Instant> right = instant(wanted);
      return left.isPresent() && right.isPresent() && order.test(left.get().compareTo(right.get()));
    };
  }

  /** Reads a date as ISO 8601 (date alone, or with time and zone) or as seconds since 1970. */
  static Optional<Instant> instant(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      if (upper.matches("\\d+")) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(upper)));
      }
      if (upper.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(upper).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      return Optional.of(OffsetDateTime.parse(upper).toInstant());
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean sameBytes(String wanted, String actual) {
    try {
      return Arrays.equals(Base64.getDecoder().decode(wanted), Base64.getDecoder().decode(actual));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean inRange(String wanted, String actual) {
    Optional<IpRange> range = IpRange.parse(wanted);
    Optional<IpRange> address = IpRange.parse(actual);
    return range.isPresent() && address.isPresent() && range.get().contains(address.get());
  }

  /** Each of an ARN's six parts is matched by itself; the last one may have colons. */
  private static boolean arnMatches(String wanted, String actual) {
    String[] patterns = wanted.split(":", 6);
    String[] parts = actual.split(":", 6);
    if (patterns.length != 6 || parts.length != 6) {
      return wanted.equals(String.valueOf(Wildcards.MANY));
    }
    for (int i = 0; i < 6; i++) {
      if (!Wildcards.matches(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }
}
