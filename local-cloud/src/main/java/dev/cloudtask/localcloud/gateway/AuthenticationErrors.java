package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.sigv4.SignatureFailure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * What each family of services calls a signature that does not count.
 *
 * <p>S3's texts: Amazon S3 API Reference, Error responses; FIDELITY S3-055, S3-056. The Query and
 * JSON services': Common Errors of each API Reference and answers quoted by botocore's and the
 * SDKs' issues.
 */
final class AuthenticationErrors {
  private static final Set<String> QUERY = Set.of("cloudformation", "iam", "sts");
  private static final Set<String> JSON_400 = Set.of("dynamodb", "cognito-idp", "logs");

  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private AuthenticationErrors() {}

  /** Returns the refusal of an unsigned request. */
  static AwsException missing(String service) {
    if (service.equals("s3")) {
      return new AwsException("AccessDenied", 403, "Access Denied");
    }
    if (service.equals("cloudfront")) {
      return new AwsException(
          "MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    if (QUERY.contains(service)) {
      return new AwsException(
          "MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    if (JSON_400.contains(service)) {
      return new AwsException(
          "MissingAuthenticationTokenException", 400, "Request is missing Authentication Token");
    }
    return new AwsException(
        "MissingAuthenticationTokenException", 403, "Missing Authentication Token");
  }

  /** Returns the refusal of a signature that does not count. */
  static AwsException of(String service, SignatureFailure failure) {
    if (service.equals("s3")) {
      return s3(failure);
    }
    boolean query = QUERY.contains(service) || service.equals("cloudfront");
    int status = JSON_400.contains(service) ? 400 : 403;
    if (failure instanceof SignatureFailure.Malformed malformed) {
      return new AwsException(
          query ? "IncompleteSignature" : "IncompleteSignatureException",
          query || status == 400 ? 400 : 403,
          malformed.problem());
    }
    if (failure instanceof SignatureFailure.UnknownAccessKey
        || failure instanceof SignatureFailure.WrongSessionToken) {
      return new AwsException(
          query ? "InvalidClientTokenId" : "UnrecognizedClientException",
          status,
          "The security token included in the request is invalid.");
    }
    if (failure instanceof SignatureFailure.ExpiredCredentials) {
      return new AwsException(
          query ? "ExpiredToken" : "ExpiredTokenException",
          status,
          "The security token included in the request is expired");
    }
    String code = query ? "SignatureDoesNotMatch" : "InvalidSignatureException";
    if (failure instanceof SignatureFailure.TooSkewed skewed) {
      return new AwsException(code, status, skewText(skewed));
    }
    if (failure instanceof SignatureFailure.Expired expired) {
      return new AwsException(
          code,
          status,
          "Signature expired: "
              + expired.expiresAt()
              + " is now earlier than "
              + expired.serverTime());
    }
    return new AwsException(code, status, MISMATCH);
  }

  private static String skewText(SignatureFailure.TooSkewed skewed) {
    return skewed.inThePast()
        ? "Signature expired: "
            + skewed.requestTime()
            + " is now earlier than "
            + skewed.boundary()
            + " ("
            + skewed.serverTime()
            + " - 5 min.)"
        : "Signature not yet current: "
            + skewed.requestTime()
            + " is still later than "
            + skewed.boundary()
            + " ("
            + skewed.serverTime()
            + " + 5 min.)";
  }

  private static AwsException s3(SignatureFailure failure) {
    if (failure instanceof SignatureFailure.Malformed malformed) {
      boolean query = malformed.problem().contains("X-Amz-");
      return new AwsException(
          query ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed",
          400,
          malformed.problem());
    }
    if (failure instanceof SignatureFailure.UnknownAccessKey unknown) {
      return new AwsException(
              "InvalidAccessKeyId",
              403,
              "The AWS Access Key Id you provided does not exist in our records.")
          .with("AWSAccessKeyId", unknown.accessKeyId());
    }
    if (failure instanceof SignatureFailure.WrongSessionToken wrong) {
      return new AwsException(
              "InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
          .with("Token-0", wrong.token());
    }
    if (failure instanceof SignatureFailure.ExpiredCredentials expired) {
      return new AwsException("ExpiredToken", 400, "The provided token has expired.")
          .with("Token-0", expired.token());
    }
    if (failure instanceof SignatureFailure.TooSkewed skewed) {
      return new AwsException(
              "RequestTimeTooSkewed",
              403,
              "The difference between the request time and the current time is too large.")
          .with("RequestTime", skewed.requestTime())
          .with("ServerTime", skewed.serverTime())
          .with("MaxAllowedSkewMilliseconds", "900000");
    }
    if (failure instanceof SignatureFailure.Expired expired) {
      return new AwsException("AccessDenied", 403, "Request has expired")
          .with("X-Amz-Expires", String.valueOf(expired.expiresSeconds()))
          .with("Expires", expired.expiresAt())
          .with("ServerTime", expired.serverTime());
    }
    if (failure instanceof SignatureFailure.PayloadMismatch payload) {
      return new AwsException(
              "XAmzContentSHA256Mismatch",
              400,
              "The provided 'x-amz-content-sha256' header does not match what was computed.")
          .with("ClientComputedContentSHA256", payload.declared())
          .with("S3ComputedContentSHA256", payload.computed());
    }
    if (failure instanceof SignatureFailure.ChunkMismatch chunk) {
      return mismatch(chunk.accessKeyId(), chunk.stringToSign(), chunk.provided());
    }
    SignatureFailure.Mismatch mismatch = (SignatureFailure.Mismatch) failure;
    return mismatch(mismatch.accessKeyId(), mismatch.stringToSign(), mismatch.provided())
        .with("CanonicalRequest", mismatch.canonicalRequest())
        .with("CanonicalRequestBytes", hex(mismatch.canonicalRequest()));
  }

  /** Returns S3's refusal of a signature that is another than the one calculated. */
  static AwsException mismatch(String accessKeyId, String stringToSign, String provided) {
    return new AwsException(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check"
                + " your key and signing method.")
        .with("AWSAccessKeyId", accessKeyId)
        .with("StringToSign", stringToSign)
        .with("SignatureProvided", provided)
        .with("StringToSignBytes", hex(stringToSign));
  }

  /** S3 spells the bytes out with spaces between them. */
  private static String hex(String text) {
    return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
