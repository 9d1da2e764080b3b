package dev.cloudtask.localcloud.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks input against the constraints of a service model and fails with all violations in one
 * message, in the wording that AWS's services share: {@code 1 validation error detected: Value 'x'
 * at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to
 * 128}.
 *
 * <p>Member names are those of the model with a small first letter, nested ones dotted.
 */
public final class Constraints {
  /** How many violations AWS reports at most. */
  private static final int MOST = 10;

  private final String code;
  private final List<String> violations = new ArrayList<>();

  /**
   * Begins with no violation.
   *
   * @param code the service's error code, mostly {@code ValidationException}
   */
  public Constraints(String code) {
    this.code = code;
  }

  /** Demands that a member is there. */
  public Constraints required(String member, Optional<?> value) {
    if (value.isEmpty()) {
      add("Value null", member, "Member must not be null");
    }
    return this;
  }

  /** Demands a whole match; {@code pattern} is shown as the model writes it. */
  public Constraints pattern(String member, Optional<String> value, String pattern) {
    value
        .filter(text -> !Pattern.compile(pattern).matcher(text).matches())
        .ifPresent(
            text ->
                violation(
                    text, member, "Member must satisfy regular expression pattern: " + pattern));
    return this;
  }

  /** Demands a length: characters of a text, members of a collection or a map. */
  public Constraints length(String member, Optional<?> value, int least, int most) {
    value.ifPresent(
        given -> {
          int length = lengthOf(given);
          if (length > most) {
            violation(
                given.toString(), member, "Member must have length less than or equal to " + most);
          } else if (length < least) {
            violation(
                given.toString(),
                member,
                "Member must have length greater than or equal to " + least);
          }
        });
    return this;
  }

  /** Demands a range, both ends included. */
  public Constraints range(String member, Optional<? extends Number> value, long least, long most) {
    value.ifPresent(
        number -> {
          if (number.longValue() > most) {
            violation(
                number.toString(), member, "Member must have value less than or equal to " + most);
          } else if (number.longValue() < least) {
            violation(
                number.toString(),
                member,
                "Member must have value greater than or equal to " + least);
          }
        });
    return this;
  }

  /** Demands one of the values of an enumeration, shown in the given order. */
  public Constraints oneOf(String member, Optional<String> value, Collection<String> values) {
    value
        .filter(text -> !values.contains(text))
        .ifPresent(
            text ->
                violation(
                    text,
                    member,
                    "Member must satisfy enum value set: [" + String.join(", ", values) + "]"));
    return this;
  }

  /** Records a violation in the common form. */
  public Constraints violation(String value, String member, String constraint) {
    return add("Value '" + value + "'", member, constraint);
  }

  /** Records a violation of a secret, whose value is not shown: passwords, codes. */
  public Constraints secretViolation(String member, String constraint) {
    return add("Value", member, constraint);
  }

  private Constraints add(String shown, String member, String constraint) {
    if (violations.size() < MOST) {
      violations.add(shown + " at '" + member + "' failed to satisfy constraint: " + constraint);
    }
    return this;
  }

  private static int lengthOf(Object given) {
    if (given instanceof Collection<?> collection) {
      return collection.size();
    }
    if (given instanceof Map<?, ?> map) {
      return map.size();
    }
    return given.toString().length();
  }

  /** Fails if there was any violation. */
  public void check() {
    if (!violations.isEmpty()) {
      throw new AwsException(
          code,
          400,
          violations.size()
              + (violations.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", violations));
    }
  }
}
