package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.iam.PublicPolicy;
import dev.cloudtask.localcloud.iam.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What PutBucketPolicy demands of a policy beyond its grammar: it is about this bucket, with
 * actions of S3 that fit its resources.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html">Bucket
 *     policies</a>
 */
final class BucketPolicyCheck {
  private static final int MAX_BYTES = 20 * 1024;
  private static final String ARN_PREFIX = "arn:aws:s3:::";

  private BucketPolicyCheck() {}

  /** Tells whether a stored policy is public in the sense of Block Public Access. */
  static boolean isPublic(String policy) {
    return PublicPolicy.isPublic(PolicyDocument.parse(policy, PolicyKind.RESOURCE));
  }

  /** Returns the policy as it will be shown. */
  static String checked(String bucket, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (!text.startsWith("{")) {
      throw notJson();
    }
    if (body.length > MAX_BYTES) {
      throw S3Errors.malformedPolicy("Policies must not exceed 20 KB in size");
    }
    PolicyDocument policy;
    try {
      policy = PolicyDocument.parse(text, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException e) {
      throw e.isJson() ? S3Errors.malformedPolicy(e.message()) : notJson();
    }
    policy.statements().forEach(statement -> check(bucket, statement));
    return text;
  }

  private static RuntimeException notJson() {
    return S3Errors.malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }

  private static void check(String bucket, Statement statement) {
    List<String> actions = statement.actions().values();
    for (String action : actions) {
      if (!action.equals("*") && !action.toLowerCase(Locale.ROOT).startsWith("s3:")) {
        throw S3Errors.malformedPolicy("Policy has invalid action");
      }
    }
    boolean aboutBucket = false;
    boolean aboutObjects = false;
    for (String resource : statement.resources().orElseThrow().values()) {
      if (!isOf(bucket, resource)) {
        throw S3Errors.malformedPolicy("Policy has invalid resource");
      }
      boolean slash =
          resource.substring(Math.min(resource.length(), ARN_PREFIX.length())).contains("/");
      aboutObjects |= slash || resource.endsWith("*");
      aboutBucket |= !slash;
    }
    for (String action : actions) {
      checkApplies(action, aboutBucket, aboutObjects);
    }
  }

  /** Tells whether a resource pattern can mean the bucket or something in it. */
  private static boolean isOf(String bucket, String resource) {
    String arn = ARN_PREFIX + bucket;
    return resource.startsWith(arn + "/")
        || (resource.startsWith(ARN_PREFIX)
            && (covers(resource, arn) || covers(resource, arn + "/")));
  }

  private static boolean covers(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return text.matches(regex.toString());
  }

  /** An action on objects with only the bucket as its resource, or the reverse, is refused. */
  private static void checkApplies(String action, boolean aboutBucket, boolean aboutObjects) {
    String name = action.substring(action.indexOf(':') + 1);
    if (name.contains("*") || name.contains("?")) {
      return;
    }
    if (isObjectAction(name) ? !aboutObjects : !aboutBucket) {
      throw S3Errors.malformedPolicy("Action does not apply to any resource(s) in statement");
    }
  }

  private static boolean isObjectAction(String name) {
    return (name.contains("Object") && !name.contains("BucketObjectLock"))
        || name.equals("AbortMultipartUpload")
        || name.equals("ListMultipartUploadParts");
  }
}
