package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.CredentialSource.AccessKey;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.sigv4.CredentialScope;
import dev.cloudtask.localcloud.sigv4.SignatureFailure;
import dev.cloudtask.localcloud.sigv4.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who signed an HTML form that uploads to S3: the signature is of the form's policy, by
 * Signature Version 4 or, as boto3 still does it for us-east-1, 2.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html">
 *     Authenticating requests in browser-based uploads using POST</a>
 */
public final class FormAuthentication {
  private static final String V4_ALGORITHM = "AWS4-HMAC-SHA256";

  private final CredentialSource credentials;
  private final Clock clock;
  private final String region;

  /** Creates the check for forms of this region's buckets. */
  public FormAuthentication(CredentialSource credentials, Clock clock, String region) {
    this.credentials = credentials;
    this.clock = clock;
    this.region = region;
  }

  /**
   * Returns who signed the policy.
   *
   * @param fields the form's fields by their names in lower case
   * @param policy the policy as sent, in Base64
   * @throws AwsException if it is not signed, or the signature does not count
   */
  public Caller signer(Function<String, Optional<String>> fields, String policy) {
    boolean v2 =
        fields.apply("signature").isPresent() || fields.apply("awsaccesskeyid").isPresent();
    boolean v4 =
        fields.apply("x-amz-signature").isPresent()
            || fields.apply("x-amz-credential").isPresent()
            || fields.apply("x-amz-algorithm").isPresent();
    if (!v4 && !v2) {
      throw new AwsException("AccessDenied", 403, "Access Denied");
    }
    return v4 ? signerV4(fields, policy) : signerV2(fields, policy);
  }

  private Caller signerV4(Function<String, Optional<String>> fields, String policy) {
    String provided = required(fields, "X-Amz-Signature");
    String algorithm = required(fields, "X-Amz-Algorithm");
    String credential = required(fields, "X-Amz-Credential");
    required(fields, "X-Amz-Date");
    if (!algorithm.equals(V4_ALGORITHM)) {
      throw invalid(
          "X-Amz-Algorithm only supports \"" + V4_ALGORITHM + "\"", "X-Amz-Algorithm", algorithm);
    }
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      throw malformed(
          credential,
          "the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    if (!parts[1].matches("\\d{8}")) {
      throw malformed(
          credential,
          "incorrect date format \""
              + parts[1]
              + "\". This date in the credential must be in the format \"yyyyMMdd\".");
    }
    if (!parts[2].equals(region)) {
      throw malformed(
          credential, "the region \"" + parts[2] + "\" is wrong; expecting \"" + region + "\"");
    }
    if (!parts[3].equals("s3")) {
      throw malformed(
          credential, "incorrect service \"" + parts[3] + "\". This endpoint belongs to \"s3\".");
    }
    if (!parts[4].equals("aws4_request")) {
      throw malformed(
          credential,
          "incorrect terminal \"" + parts[4] + "\". This endpoint uses \"aws4_request\".");
    }
    AccessKey key = key(fields, parts[0]);
    CredentialScope scope = new CredentialScope(parts[1], parts[2], parts[3]);
    String expected = SigningKey.derive(key.secret(), scope).sign(policy);
    return compared(key, policy, expected, provided);
  }

  private Caller signerV2(Function<String, Optional<String>> fields, String policy) {
    String provided = required(fields, "Signature");
    AccessKey key = key(fields, required(fields, "AWSAccessKeyId"));
    return compared(key, policy, PresignedV2.sign(policy, key.secret()), provided);
  }

  private AccessKey key(Function<String, Optional<String>> fields, String id) {
    AccessKey key =
        credentials
            .find(id)
            .orElseThrow(
                () -> AuthenticationErrors.of("s3", new SignatureFailure.UnknownAccessKey(id)));
    Authentication.keyFailure(key, fields.apply("x-amz-security-token"), clock.instant())
        .ifPresent(
            failure -> {
              throw AuthenticationErrors.of("s3", failure);
            });
    return key;
  }

  private static Caller compared(AccessKey key, String policy, String expected, String provided) {
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), provided.getBytes(StandardCharsets.UTF_8))) {
      throw AuthenticationErrors.mismatch(key.id(), policy, provided);
    }
    return key.owner();
  }

  private static String required(Function<String, Optional<String>> fields, String name) {
    return fields
        .apply(name.toLowerCase(java.util.Locale.ROOT))
        .orElseThrow(
            () ->
                invalid(
                    "Bucket POST must contain a field named '"
                        + name
                        + "'.  If it is specified, please check the order of the fields.",
                    name,
                    ""));
  }

  private static AwsException malformed(String credential, String problem) {
    return invalid(problem, "x-amz-credential", credential);
  }

  private static AwsException invalid(String message, String argument, String value) {
    return new AwsException("InvalidArgument", 400, message)
        .with("ArgumentName", argument)
        .with("ArgumentValue", value);
  }
}
