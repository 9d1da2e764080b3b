package dev.cloudtask.localcloud.services.sts;

import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * STS's failures, in its words.
 *
 * <p>Source: STS API reference (AssumeRole, GetSessionToken) and CLI errors quoted in public
 * issues.
 */
final class StsErrors {
  private StsErrors() {}

  /** As quoted by the issues of kubeflow/testing, Netflix/security_monkey and others. */
  static AwsException rootMayNotAssume() {
    return new AwsException("AccessDenied", 403, "Roles may not be assumed by root accounts.");
  }

  static AwsException badArn(String arn) {
    return new AwsException("ValidationError", 400, arn + " is invalid");
  }

  static AwsException malformed(MalformedPolicyException e) {
    return new AwsException("MalformedPolicyDocument", 400, e.message());
  }

  static AwsException tooLarge() {
    return new AwsException(
        "PackedPolicyTooLarge",
        400,
        "The session policies are larger than the 2048 characters that fit into a session.");
  }
}
