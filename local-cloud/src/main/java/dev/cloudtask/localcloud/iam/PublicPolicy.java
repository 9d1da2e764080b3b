package dev.cloudtask.localcloud.iam;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether S3 calls a bucket policy public: it is, unless every statement that allows something does
 * so only for fixed values (no wildcard, no policy variable) of a principal or of certain condition
 * keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">
 *     The meaning of "public"</a>
 */
public final class PublicPolicy {
  private static final Set<String> KEYS =
      Set.of(
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalarn",
          "aws:principalaccount",
          "aws:sourceip",
          "aws:sourcearn",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner",
          "aws:sourceaccount",
          "aws:sourceorgid",
          "aws:userid",
          "s3:dataaccesspointarn",
          "s3:dataaccesspointaccount",
          "s3:x-amz-server-side-encryption-aws-kms-key-id");
  private static final Set<Comparison> NARROWING =
      Set.of(
          Comparison.STRING_EQUALS,
          Comparison.STRING_EQUALS_IGNORE_CASE,
          Comparison.STRING_LIKE,
          Comparison.ARN_EQUALS,
          Comparison.ARN_LIKE,
          Comparison.IP_ADDRESS);
  private static final List<IpRange> PRIVATE =
      List.of(range("10.0.0.0/8"), range("172.16.0.0/12"), range("192.168.0.0/16"));

  private PublicPolicy() {}

  private static IpRange range(String text) {
    return IpRange.parse(text).orElseThrow();
  }

  /** Tells whether any statement of the policy is public. */
  public static boolean isPublic(PolicyDocument policy) {
    return policy.statements().stream().anyMatch(PublicPolicy::isPublic);
  }

  /** Tells whether one statement grants access to the public. */
  public static boolean isPublic(Statement statement) {
    return statement.allow()
        && !statement.principals().map(PublicPolicy::isFixed).orElse(false)
        && statement.conditions().stream().noneMatch(PublicPolicy::narrows);
  }

  private static boolean isFixed(Principals principals) {
    return !principals.inverted()
        && principals.byKind().values().stream()
            .flatMap(List::stream)
            .allMatch(PublicPolicy::isFixed);
  }

  private static boolean isFixed(String value) {
    return value.indexOf('*') < 0 && value.indexOf('?') < 0 && !value.contains("${");
  }

  private static boolean narrows(Condition condition) {
    String key = condition.key().toLowerCase(Locale.ROOT);
    return KEYS.contains(key)
        && NARROWING.contains(condition.comparison())
        && !condition.isIfExists()
        && !condition.isForAllValues()
        && !condition.values().isEmpty()
        && condition.values().stream().allMatch(value -> isFixed(key, value));
  }

  private static boolean isFixed(String key, String value) {
    return switch (key) {
      case "aws:sourceip" -> isNarrow(value);
      case "s3:dataaccesspointarn" ->
          isFixed(value) || value.matches("arn:aws[a-z-]*:s3:[^:*?$]+:\\d{12}:accesspoint/[^$]*");
      default -> isFixed(value);
    };
  }

  private static boolean isNarrow(String cidr) {
    Optional<IpRange> range = IpRange.parse(cidr);
    return range.isPresent()
        && (range.get().prefix() >= (range.get().isVersion4() ? 8 : 32)
            || PRIVATE.stream().anyMatch(each -> each.contains(range.get())));
  }
}
