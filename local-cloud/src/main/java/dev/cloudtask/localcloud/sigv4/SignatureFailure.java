package dev.cloudtask.localcloud.sigv4;

/** Why a signature does not count. */
public sealed interface SignatureFailure {
  /** The header or query is not a Signature Version 4; {@code problem} says what is wrong. */
  record Malformed(String problem) implements SignatureFailure {}

  /** Nobody has such an access key. */
  record UnknownAccessKey(String accessKeyId) implements SignatureFailure {}

  /** The session token is missing or not the one that belongs to the key. */
  record WrongSessionToken(String token) implements SignatureFailure {}

  /** The temporary credentials have expired. */
  record ExpiredCredentials(String token) implements SignatureFailure {}

  /** The signature is another than the one calculated. */
  record Mismatch(String accessKeyId, String stringToSign, String provided, String canonicalRequest)
      implements SignatureFailure {}

  /** The signature of a chunk, or of the trailers, is another than the one calculated. */
  record ChunkMismatch(String accessKeyId, String stringToSign, String provided)
      implements SignatureFailure {}

  /** The request's time is too far from ours. All times as {@code yyyyMMdd'T'HHmmss'Z'}. */
  record TooSkewed(String requestTime, String serverTime, String boundary, boolean inThePast)
      implements SignatureFailure {}

  /** A presigned URL after its time; times in ISO 8601. */
  record Expired(long expiresSeconds, String expiresAt, String serverTime)
      implements SignatureFailure {}

  /** The body is not the one whose hash was signed. */
  record PayloadMismatch(String declared, String computed) implements SignatureFailure {}
}
