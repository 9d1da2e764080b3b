package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Bodies in signed chunks, made by hand: each chunk's signature covers the one before it. */
class ChunkSignaturesTest extends S3Fixture {
  private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  private static final String NOTHING = HandMade.sha256("");

  /** What is done to a body after it was signed. */
  private interface Change {
    void to(List<byte[]> chunks, List<String> signatures);
  }

  private HttpResponse<String> put(
      String bucket, String mode, List<byte[]> chunks, String trailer, Change change)
      throws Exception {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    String scope = stamp.substring(0, 8) + "/us-east-1/s3/aws4_request";
    byte[] key = HandMade.signingKey("test", stamp.substring(0, 8));
    int length = chunks.stream().mapToInt(chunk -> chunk.length).sum();
    String host = "127.0.0.1:" + cloud.endpoint().getPort();
    String canonical =
        "PUT\n/"
            + bucket
            + "/chunked\n\nhost:"
            + host
            + "\nx-amz-content-sha256:"
            + mode
            + "\nx-amz-date:"
            + stamp
            + "\nx-amz-decoded-content-length:"
            + length
            + "\n\nhost;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length\n"
            + mode;
    String seed =
        HandMade.hmacHex(
            key, "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + HandMade.sha256(canonical));
    List<byte[]> all = new ArrayList<>(chunks);
    all.add(new byte[0]);
    List<String> signatures = new ArrayList<>();
    String previous = seed;
    for (byte[] chunk : all) {
      previous =
          HandMade.hmacHex(
              key,
              String.join(
                  "\n",
                  "AWS4-HMAC-SHA256-PAYLOAD",
                  stamp,
                  scope,
                  previous,
                  NOTHING,
                  HandMade.sha256(chunk)));
      signatures.add(previous);
    }
    if (!trailer.isEmpty()) {
      signatures.add(
          HandMade.hmacHex(
              key,
              String.join(
                  "\n",
                  "AWS4-HMAC-SHA256-TRAILER",
                  stamp,
                  scope,
                  previous,
                  HandMade.sha256(trailer + "\n"))));
    }
    change.to(all, signatures);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + bucket + "/chunked"))
            .header("x-amz-content-sha256", mode)
            .header("x-amz-date", stamp)
            .header("x-amz-decoded-content-length", Integer.toString(length))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/"
                    + scope
                    + ", SignedHeaders=host;x-amz-content-sha256;x-amz-date;"
                    + "x-amz-decoded-content-length, Signature="
                    + seed);
    if (!trailer.isEmpty()) {
      request.header("x-amz-trailer", trailer.substring(0, trailer.indexOf(':')));
    }
    return cloud
        .http()
        .send(
            request
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body(all, signatures, trailer)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] body(List<byte[]> chunks, List<String> signatures, String trailer) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < chunks.size(); i++) {
      byte[] chunk = chunks.get(i);
      text(
          body,
          Integer.toHexString(chunk.length) + ";chunk-signature=" + signatures.get(i) + "\r\n");
      body.writeBytes(chunk);
      if (chunk.length > 0) {
        text(body, "\r\n");
      }
    }
    if (!trailer.isEmpty()) {
      text(body, trailer + "\r\nx-amz-trailer-signature:" + signatures.get(chunks.size()) + "\r\n");
    }
    text(body, "\r\n");
    return body.toByteArray();
  }

  private static void text(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] filled(int size, char with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static List<byte[]> threeChunks() {
    return List.of(filled(8192, 'a'), filled(9000, 'b'), filled(10, 'c'));
  }

  private static void unchanged(List<byte[]> chunks, List<String> signatures) {}

  private void assertRefused(HttpResponse<String> answer, String bucket) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body())
        .contains("<Code>SignatureDoesNotMatch</Code>", "<AWSAccessKeyId>test</AWSAccessKeyId>");
    assertThat(s3.listObjectsV2(l -> l.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void signedChunks_areStored() throws Exception {
    String bucket = newBucket();

    HttpResponse<String> answer =
        put(bucket, SIGNED, threeChunks(), "", ChunkSignaturesTest::unchanged);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(s3.getObjectAsBytes(g -> g.bucket(bucket).key("chunked")).asUtf8String())
        .isEqualTo("a".repeat(8192) + "b".repeat(9000) + "c".repeat(10));
  }

  @Test
  void chunkThatWasChanged_isRefused_andNothingIsStored() throws Exception {
    String bucket = newBucket();

    assertRefused(
        put(bucket, SIGNED, threeChunks(), "", (chunks, s) -> chunks.get(1)[5] = 'x'), bucket);
    assertRefused(
        put(
            bucket,
            SIGNED,
            List.of(filled(8192, 'a'), filled(8192, 'b')),
            "",
            (chunks, signatures) -> {
              // Each is signed well, but not in this place.
              chunks.add(0, chunks.remove(1));
              signatures.add(0, signatures.remove(1));
            }),
        bucket);
    assertRefused(
        put(bucket, SIGNED, threeChunks(), "", (c, signatures) -> signatures.set(0, "")), bucket);
    // The end is signed too, so that nothing can be cut off.
    assertRefused(
        put(
            bucket,
            SIGNED,
            threeChunks(),
            "",
            (chunks, signatures) -> signatures.set(3, "0".repeat(64))),
        bucket);
  }

  @Test
  void signedTrailer_countsIfItIsUnchanged() throws Exception {
    String bucket = newBucket();
    byte[] content = filled(100, 'z');
    CRC32 crc = new CRC32();
    crc.update(content);
    int value = (int) crc.getValue();
    byte[] bytes = {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    String trailer = "x-amz-checksum-crc32:" + Base64.getEncoder().encodeToString(bytes);

    HttpResponse<String> forged =
        put(
            bucket,
            SIGNED + "-TRAILER",
            List.of(content),
            trailer,
            (chunks, signatures) -> signatures.set(2, "f".repeat(64)));
    assertRefused(forged, bucket);
    assertThat(forged.body()).contains("<StringToSign>AWS4-HMAC-SHA256-TRAILER");
    HttpResponse<String> answer =
        put(bucket, SIGNED + "-TRAILER", List.of(content), trailer, ChunkSignaturesTest::unchanged);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-amz-checksum-crc32"))
        .contains(trailer.substring(trailer.indexOf(':') + 1));
  }

  @Test
  void smallChunkThatIsNotTheLast_isRefused() throws Exception {
    HttpResponse<String> answer =
        put(
            newBucket(),
            SIGNED,
            List.of(filled(3, 'a'), filled(2, 'b')),
            "",
            ChunkSignaturesTest::unchanged);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains(
            "<Code>InvalidChunkSizeError</Code>",
            "<Message>Only the last chunk is allowed to have a size less than 8192 bytes</Message>",
            "<Chunk>2</Chunk><BadChunkSize>3</BadChunkSize>");
  }

  @Test
  void hashThatIsNone_isRefused_andAnAlgorithmOfOthersByItsName() throws Exception {
    assertThat(
            put(
                    newBucket(),
                    "STREAMING-WHATEVER",
                    threeChunks(),
                    "",
                    ChunkSignaturesTest::unchanged)
                .body())
        .contains("<Code>InvalidArgument</Code>", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD");
    assertThat(
            put(
                    newBucket(),
                    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
                    threeChunks(),
                    "",
                    ChunkSignaturesTest::unchanged)
                .body())
        .contains("Signature Version 4A");
  }

  @Test
  void sdk_signsItsChunksOverPlainHttp_andIsUnderstood() {
    String bucket = newBucket();
    AtomicReference<String> mode = new AtomicReference<>("");
    ExecutionInterceptor watching =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            mode.set(context.httpRequest().firstMatchingHeader("x-amz-content-sha256").orElse(""));
          }
        };
    S3Client client =
        cloud.client(
            S3Client.builder().overrideConfiguration(o -> o.addExecutionInterceptor(watching)));

    client.putObject(
        p -> p.bucket(bucket).key("by-sdk"), RequestBody.fromBytes(filled(300_000, 's')));

    assertThat(mode.get()).isEqualTo(SIGNED + "-TRAILER");
    assertThat(s3.headObject(h -> h.bucket(bucket).key("by-sdk")).contentLength())
        .isEqualTo(300_000);
  }
}
