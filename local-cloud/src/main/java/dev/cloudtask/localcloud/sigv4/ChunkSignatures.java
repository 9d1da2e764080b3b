package dev.cloudtask.localcloud.sigv4;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The signatures inside {@code aws-chunked} content: each chunk's covers the one before it, the
 * first one's the request's own; the trailers' covers the last chunk's.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature
 *     calculations: transferring a payload in multiple chunks</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">The
 *     same with trailing headers</a>
 */
final class ChunkSignatures {
  /** What {@code x-amz-content-sha256} says of signed chunks. */
  static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

  /** What it says of signed chunks with signed trailers. */
  static final String SIGNED_WITH_TRAILER = SIGNED + "-TRAILER";

  private static final String NOTHING = Sha256.hex("");

  private final Signature signature;
  private final SigningKey key;

  ChunkSignatures(Signature signature, SigningKey key) {
    this.signature = signature;
    this.key = key;
  }

  /** Tells whether content that is declared so has signatures inside. */
  static boolean areIn(String declared) {
    return declared.equals(SIGNED) || declared.equals(SIGNED_WITH_TRAILER);
  }

  /** Returns the first chunk or trailer whose signature does not count; empty if all do. */
  Optional<SignatureFailure> check(byte[] body, String declared) {
    AwsChunkedBody chunked;
    try {
      chunked = AwsChunkedBody.parse(body);
    } catch (AwsChunkedBody.IncompleteException e) {
      return Optional.empty(); // S3 says what is wrong with it
    }
    String previous = signature.value();
    for (AwsChunkedBody.Chunk chunk : chunked.chunks()) {
      MessageDigest digest = Sha256.fresh();
      digest.update(chunked.content(), chunk.offset(), chunk.length());
      String hash = HexFormat.of().formatHex(digest.digest());
      String toSign = toSign("AWS4-HMAC-SHA256-PAYLOAD", previous, NOTHING + "\n" + hash);
      Optional<SignatureFailure> failure = compare(toSign, chunk.signature());
      if (failure.isPresent()) {
        return failure;
      }
      previous = chunk.signature();
    }
    return declared.equals(SIGNED_WITH_TRAILER)
        ? compare(
            toSign("AWS4-HMAC-SHA256-TRAILER", previous, Sha256.hex(canonical(chunked.trailers()))),
            chunked.trailers().first(AwsChunkedBody.TRAILER_SIGNATURE).orElse(""))
        : Optional.empty();
  }

  private String toSign(String algorithm, String previous, String rest) {
    return String.join(
        "\n", algorithm, signature.timestamp(), signature.scope().toString(), previous, rest);
  }

  private static String canonical(HttpHeaders trailers) {
    return trailers.fields().stream()
        .filter(field -> !field.name().equalsIgnoreCase(AwsChunkedBody.TRAILER_SIGNATURE))
        .map(field -> field.name().toLowerCase(Locale.ROOT) + ":" + field.value() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private Optional<SignatureFailure> compare(String toSign, String provided) {
    boolean equal =
        MessageDigest.isEqual(
            key.sign(toSign).getBytes(StandardCharsets.US_ASCII),
            provided.getBytes(StandardCharsets.UTF_8));
    return equal
        ? Optional.empty()
        : Optional.of(
            new SignatureFailure.ChunkMismatch(signature.accessKeyId(), toSign, provided));
  }
}
