package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.Constraints;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function as requests name it: name, partial ARN or full ARN, with or without a qualifier.
 *
 * @param name the bare name
 * @param qualifier {@code $LATEST}, a version's number or an alias
 */
record FunctionRef(String name, Optional<String> qualifier) {
  static final String PATTERN =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
          + "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  private static final Pattern FORM = Pattern.compile(PATTERN);
  private static final int MAX_NAME = 64;

  /** Reads a name, and the qualifier that was given beside it. */
  static FunctionRef parse(String text, Optional<String> beside, CloudEnvironment cloud) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      new Constraints("ValidationException")
          .pattern("functionName", Optional.of(text), PATTERN)
          .length("functionName", Optional.of(text), 1, 140)
          .check();
    }
    String name = matcher.group(10);
    new Constraints("ValidationException")
        .length("functionName", Optional.of(name), 1, MAX_NAME)
        .pattern("qualifier", beside, "(|[a-zA-Z0-9$_-]+)")
        .check();
    String account = matcher.group(8);
    String region = matcher.group(3);
    if (account != null && !account.equals(cloud.accountId() + ":")) {
      throw LambdaErrors.functionNotFound(text);
    }
    if (region != null && !region.equals(cloud.region() + ":")) {
      throw LambdaErrors.notFound(
          "Functions from '"
              + region.substring(0, region.length() - 1)
              + "' are not reachable in this region ('"
              + cloud.region()
              + "')");
    }
    Optional<String> within = Optional.ofNullable(matcher.group(12));
    if (within.isPresent() && beside.isPresent() && !within.equals(beside)) {
      throw LambdaErrors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionRef(name, within.or(() -> beside));
  }

  /** Returns the ARN without a qualifier. */
  String arn(CloudEnvironment cloud) {
    return cloud.arn("lambda", "function:" + name);
  }

  /** Returns the ARN as it was named: with the qualifier, if there was one. */
  String qualifiedArn(CloudEnvironment cloud) {
    return arn(cloud) + qualifier.map(text -> ":" + text).orElse("");
  }
}
