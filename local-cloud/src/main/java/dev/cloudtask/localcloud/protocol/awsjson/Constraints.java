package dev.cloudtask.localcloud.protocol.awsjson;

import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks of a request against its model, reported together as AWS's framework does before the
 * service sees the request: "2 validation errors detected: Value 'x' at 'tableName' failed to
 * satisfy constraint: …; …".
 *
 * <p>Members are named by their path with lower-case first letters ({@code
 * keySchema.1.member.keyType}). At most ten errors are reported.
 */
public final class Constraints {
  private static final int MOST = 10;

  private final String code;
  private final List<String> errors = new ArrayList<>();

  /**
   * Begins a check.
   *
   * @param code the error code: ValidationException (DynamoDB), InvalidParameterException (Cognito,
   *     Logs)
   */
  public Constraints(String code) {
    this.code = code;
  }

  /** Demands that a member is given. */
  public Constraints required(String member, Optional<?> value) {
    return require(value.isPresent(), member, Optional.empty(), "Member must not be null");
  }

  /** Demands a length: characters of text, members of a collection or map. */
  public Constraints length(String member, Optional<?> value, int least, int most) {
    value.ifPresent(
        given -> {
          int length = lengthOf(given);
          require(
              length >= least,
              member,
              value,
              "Member must have length greater than or equal to " + least);
          require(
              length <= most,
              member,
              value,
              "Member must have length less than or equal to " + most);
        });
    return this;
  }

  /** Demands a range of values, both ends included. */
  public Constraints range(String member, Optional<? extends Number> value, long least, long most) {
    value.ifPresent(
        given -> {
          long number = given.longValue();
          require(
              number >= least,
              member,
              value,
              "Member must have value greater than or equal to " + least);
          require(
              number <= most,
              member,
              value,
              "Member must have value less than or equal to " + most);
        });
    return this;
  }

  /** Demands that the whole text matches. */
  public Constraints pattern(String member, Optional<String> value, Pattern pattern) {
    value.ifPresent(
        text ->
            require(
                pattern.matcher(text).matches(),
                member,
                value,
                "Member must satisfy regular expression pattern: " + pattern.pattern()));
    return this;
  }

  /** Demands one of a closed set of values, named in AWS's order. */
  public Constraints oneOf(String member, Optional<String> value, List<String> allowed) {
    value.ifPresent(
        text ->
            require(
                allowed.contains(text),
                member,
                value,
                "Member must satisfy enum value set: [" + String.join(", ", allowed) + "]"));
    return this;
  }

  /** Demands anything else; {@code value} is shown if given. */
  public Constraints require(boolean holds, String member, Optional<?> value, String constraint) {
    if (!holds && errors.size() < MOST) {
      String shown = value.map(given -> "Value '" + given + "'").orElse("Value null");
      errors.add(shown + " at '" + member + "' failed to satisfy constraint: " + constraint);
    }
    return this;
  }

  /** As {@link #require}, for a secret: the value is not shown. */
  public Constraints requireSecret(boolean holds, String member, String constraint) {
    if (!holds && errors.size() < MOST) {
      errors.add("Value at '" + member + "' failed to satisfy constraint: " + constraint);
    }
    return this;
  }

  /**
   * Ends the check.
   *
   * @throws AwsException if any demand was not met
   */
  public void check() {
    if (!errors.isEmpty()) {
      throw new AwsException(
          code,
          400,
          errors.size()
              + (errors.size() == 1
                  ? " validation error detected: "
                  : " validation errors detected: ")
              + String.join("; ", errors));
    }
  }

  private static int lengthOf(Object given) {
    if (given instanceof Collection<?> collection) {
      return collection.size();
    }
    if (given instanceof Map<?, ?> map) {
      return map.size();
    }
    String text = given.toString();
    return text.codePointCount(0, text.length());
  }
}
