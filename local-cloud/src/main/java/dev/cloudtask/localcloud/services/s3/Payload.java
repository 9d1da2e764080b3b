package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.sigv4.AwsChunkedBody;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request's content after every way in which S3 checks that it arrived whole: declared length,
 * {@code x-amz-content-sha256}, {@code Content-MD5}, {@code x-amz-checksum-*} as header or trailer.
 *
 * @param content the content, free of {@code aws-chunked}
 * @param md5 its MD5
 * @param claimed the checksum the client sent, which was right
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Payload(byte[] content, byte[] md5, Optional<StoredChecksum> claimed) {

  /** The largest object of a single PUT: 5 GiB on AWS; what fits into memory here. */
  static final long MAX_SINGLE_PUT = 5L << 30;

  /** The smallest chunk but the last, in bytes. */
  private static final int MIN_CHUNK = 8 * 1024;

  private static final Set<String> CHUNKED =
      Set.of(
          "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");

  static Payload of(S3Request request) {
    String sha256 = request.header("x-amz-content-sha256").orElse("UNSIGNED-PAYLOAD");
    request
        .http()
        .body()
        .declaredLength()
        .ifPresent(
            length -> {
              if (length > MAX_SINGLE_PUT) {
                throw S3Errors.entityTooLarge(length, MAX_SINGLE_PUT);
              }
            });
    byte[] raw = request.http().body().bytes();
    HttpHeaders fields = request.http().headers();
    byte[] content = raw;
    if (sha256.startsWith("STREAMING-")) {
      AwsChunkedBody chunked = chunked(sha256, raw);
      content = chunked.content();
      checkDecodedLength(request, content);
      for (String announced : fields.all("x-amz-trailer")) {
        if (!chunked.trailers().has(announced)) {
          throw S3Errors.malformedTrailer();
        }
      }
      for (HttpHeaders.Field trailer : chunked.trailers()) {
        fields = fields.with(trailer.name(), trailer.value());
      }
    } else if (!sha256.equals("UNSIGNED-PAYLOAD")) {
      if (!sha256.matches("[0-9a-fA-F]{64}")) {
        throw S3Errors.invalidContentSha256(sha256);
      }
      checkSha256(sha256, content);
    }
    byte[] md5 = ChecksumAlgorithm.messageDigest("MD5").digest(content);
    checkContentMd5(request, md5);
    return new Payload(content, md5, checksum(fields, content));
  }

  String md5Hex() {
    return HexFormat.of().formatHex(md5);
  }

  /** Returns what S3 keeps: the client's checksum, or a CRC64NVME of its own. */
  StoredChecksum checksum() {
    return claimed.orElseGet(
        () ->
            StoredChecksum.full(
                ChecksumAlgorithm.CRC64NVME, ChecksumAlgorithm.CRC64NVME.base64Of(content)));
  }

  private static AwsChunkedBody chunked(String sha256, byte[] raw) {
    if (sha256.startsWith("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")) {
      throw S3Errors.notEmulated("Signature Version 4A (" + sha256 + ")");
    }
    if (!CHUNKED.contains(sha256)) {
      throw S3Errors.invalidContentSha256(sha256);
    }
    AwsChunkedBody chunked;
    try {
      chunked = AwsChunkedBody.parse(raw);
    } catch (AwsChunkedBody.IncompleteException e) {
      throw S3Errors.incompleteBody();
    }
    List<AwsChunkedBody.Chunk> chunks = chunked.chunks();
    for (int i = 0; i < chunks.size() - 2; i++) {
      if (chunks.get(i).length() < MIN_CHUNK) {
        throw S3Errors.chunkTooSmall(i + 2, chunks.get(i).length());
      }
    }
    return chunked;
  }

  private static void checkDecodedLength(S3Request request, byte[] content) {
    String declared =
        request.header("x-amz-decoded-content-length").orElseThrow(S3Errors::missingContentLength);
    if (!declared.equals(Integer.toString(content.length))) {
      throw S3Errors.incompleteBody();
    }
  }

  private static void checkSha256(String claimed, byte[] content) {
    String computed = Sha256.hex(content);
    if (!claimed.equalsIgnoreCase(computed)) {
      throw S3Errors.contentSha256Mismatch(claimed, computed);
    }
  }

  private static void checkContentMd5(S3Request request, byte[] md5) {
    Optional<String> header = request.header("Content-MD5");
    if (header.isEmpty()) {
      return;
    }
    byte[] expected = decode(header.get()).orElse(new byte[0]);
    if (expected.length != 16) {
      throw S3Errors.invalidContentMd5(header.get());
    }
    if (!MessageDigest.isEqual(expected, md5)) {
      throw S3Errors.badContentMd5(header.get(), Base64.getEncoder().encodeToString(md5));
    }
  }

  private static Optional<StoredChecksum> checksum(HttpHeaders fields, byte[] content) {
    List<ChecksumAlgorithm> sent = new ArrayList<>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (fields.has(algorithm.header())) {
        sent.add(algorithm);
      }
    }
    if (sent.size() > 1) {
      throw S3Errors.invalidRequest(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    Optional<String> named = fields.first("x-amz-sdk-checksum-algorithm");
    if (named.isPresent()) {
      Optional<ChecksumAlgorithm> algorithm = ChecksumAlgorithm.named(named.get());
      if (algorithm.isEmpty() || (!sent.isEmpty() && sent.get(0) != algorithm.get())) {
        throw S3Errors.invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
      }
      if (sent.isEmpty() && fields.first("Content-MD5").isEmpty()) {
        throw S3Errors.invalidRequest(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
                + " x-amz-trailer headers were found.");
      }
    }
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    ChecksumAlgorithm algorithm = sent.get(0);
    String value = fields.first(algorithm.header()).orElseThrow();
    byte[] expected = decode(value).orElse(new byte[0]);
    if (expected.length != algorithm.length()) {
      throw S3Errors.invalidRequest(
          "Value for " + algorithm.header().toLowerCase(Locale.ROOT) + " header is invalid.");
    }
    if (!Arrays.equals(expected, algorithm.of(content))) {
      throw S3Errors.badChecksum(algorithm.name());
    }
    return Optional.of(StoredChecksum.full(algorithm, value));
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
