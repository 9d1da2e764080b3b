package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class UploadsTest extends S3Fixture {
  @Test
  void crc64Nvme_givesTheCheckValueOfItsCatalogue() {
    Crc64Nvme whole = new Crc64Nvme();
    byte[] text = "123456789".getBytes(StandardCharsets.UTF_8);
    whole.update(text, 0, text.length);
    assertThat(Long.toHexString(whole.getValue())).isEqualTo("ae8b14860a799888");
    Crc64Nvme single = new Crc64Nvme();
    for (byte octet : text) {
      single.update(octet);
    }
    assertThat(single.getValue()).isEqualTo(whole.getValue());
  }

  @Test
  @Fact("S3-017")
  void checksum_isEchoed_whateverTheAlgorithm() {
    String bucket = newBucket();
    PutObjectResponse crc32 =
        s3.putObject(
            b -> b.bucket(bucket).key("k").checksumAlgorithm(ChecksumAlgorithm.CRC32),
            RequestBody.fromString("hello"));
    assertThat(crc32.checksumCRC32()).isEqualTo("NhCmhg==");
    assertThat(crc32.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    PutObjectResponse sha256 =
        s3.putObject(
            b -> b.bucket(bucket).key("k").checksumAlgorithm(ChecksumAlgorithm.SHA256),
            RequestBody.fromString("hello"));
    assertThat(sha256.checksumSHA256()).isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    PutObjectResponse sha1 =
        s3.putObject(
            b -> b.bucket(bucket).key("k").checksumAlgorithm(ChecksumAlgorithm.SHA1),
            RequestBody.fromString("hello"));
    assertThat(sha1.checksumSHA1()).isEqualTo("qvTGHdzF6KLavt4PO0gs2a6pQ00=");
  }

  @Test
  @Fact("S3-018")
  void withoutAChecksum_s3CalculatesCrc64Nvme() throws Exception {
    String bucket = newBucket();
    HttpResponse<String> put = signedPut(bucket, "k", "hello");
    assertThat(put.statusCode()).isEqualTo(200);

    HeadObjectResponse head =
        s3.headObject(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC64NVME())
        .isEqualTo(put.headers().firstValue("x-amz-checksum-crc64nvme").orElseThrow())
        .isEqualTo("M3eFcAZSQlc=");
    assertThat(head.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).checksumCRC64NVME()).isNull();
  }

  @Test
  @Fact({"S3-019", "S3-021", "S3-022"})
  void wrongDigests_areRefused() throws Exception {
    String bucket = newBucket();
    assertThat(signedPut(bucket, "k", "hello", "x-amz-checksum-crc32", "AAAAAA==").body())
        .contains("<Code>BadDigest</Code>")
        .contains(
            "<Message>The CRC32 you specified did not match the calculated checksum.</Message>");
    assertThat(signedPut(bucket, "k", "hello", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==").body())
        .contains("<Code>BadDigest</Code>")
        .contains(
            "<Message>The Content-MD5 you specified did not match what we received.</Message>")
        .contains("<CalculatedDigest>XUFAKrxLKna5cZ2REBfFkg==</CalculatedDigest>")
        .contains("<ExpectedDigest>1B2M2Y8AsgTpgAmY7PhCfg==</ExpectedDigest>");
    for (String malformed : List.of("nonsense", "AAAA")) {
      assertThat(signedPut(bucket, "k", "hello", "Content-MD5", malformed).body())
          .contains("<Code>InvalidDigest</Code>")
          .contains("<Message>The Content-MD5 you specified was invalid.</Message>")
          .contains("<Content-MD5>" + malformed + "</Content-MD5>");
    }
    assertThat(s3.listObjectsV2(b -> b.bucket(bucket)).keyCount()).isZero();
  }

  private static byte[] part(int size, int fill) {
    byte[] content = new byte[size];
    java.util.Arrays.fill(content, (byte) fill);
    return content;
  }

  private CompletedPart upload(String bucket, String uploadId, int number, byte[] content) {
    String etag =
        s3.uploadPart(
                b -> b.bucket(bucket).key("k").uploadId(uploadId).partNumber(number),
                RequestBody.fromBytes(content))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private CompleteMultipartUploadResponse complete(
      String bucket, String uploadId, List<CompletedPart> parts) {
    return s3.completeMultipartUpload(
        b -> b.bucket(bucket).key("k").uploadId(uploadId).multipartUpload(m -> m.parts(parts)));
  }

  @Test
  @Fact({"S3-034", "S3-035", "S3-036"})
  void multipart_isOneObjectWithTheEtagOfItsParts() throws Exception {
    String bucket = newBucket();
    // Without a chosen algorithm: as plain clients do, and as FIDELITY S3-036 says.
    HttpResponse<String> created =
        HandSigned.send(cloud.endpoint(), "POST", "/" + bucket + "/k?uploads", "us-east-1");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    String id = created.body().replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    int size = 5 * 1024 * 1024;
    List<CompletedPart> parts = new ArrayList<>();
    parts.add(upload(bucket, id, 1, part(size, 1)));
    parts.add(upload(bucket, id, 2, part(100, 2)));

    S3Exception order = failure(() -> complete(bucket, id, List.of(parts.get(1), parts.get(0))));
    assertThat(order.awsErrorDetails().errorCode()).isEqualTo("InvalidPartOrder");
    assertThat(order.awsErrorDetails().errorMessage())
        .isEqualTo(
            "The list of parts was not in ascending order. Parts must be ordered by part number.");
    S3Exception unknown =
        failure(
            () ->
                complete(
                    bucket,
                    id,
                    List.of(parts.get(0), parts.get(1).toBuilder().partNumber(3).build())));
    assertThat(unknown.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");
    assertThat(unknown.awsErrorDetails().errorMessage())
        .isEqualTo(
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");

    CompleteMultipartUploadResponse done = complete(bucket, id, parts);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (CompletedPart each : parts) {
      md5.update(HexFormat.of().parseHex(each.eTag().replace("\"", "")));
    }
    assertThat(done.eTag()).isEqualTo('"' + HexFormat.of().formatHex(md5.digest()) + "-2\"");
    assertThat(done.checksumCRC64NVME()).isNotEmpty();
    assertThat(done.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    byte[] content = s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asByteArray();
    assertThat(content).hasSize(size + 100);
    assertThat(content[size - 1]).isEqualTo((byte) 1);
    assertThat(content[size]).isEqualTo((byte) 2);
    assertThat(failure(() -> complete(bucket, id, parts)).awsErrorDetails().errorCode())
        .isEqualTo("NoSuchUpload");
  }

  @Test
  void multipart_tooSmallPart_abort_andCompositeChecksum() {
    String bucket = newBucket();
    String id =
        s3.createMultipartUpload(
                b ->
                    b.bucket(bucket)
                        .key("k")
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumType("COMPOSITE"))
            .uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      int each = number;
      var uploaded =
          s3.uploadPart(
              b ->
                  b.bucket(bucket)
                      .key("k")
                      .uploadId(id)
                      .partNumber(each)
                      .checksumAlgorithm(ChecksumAlgorithm.SHA256),
              RequestBody.fromBytes(part(10, each)));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(uploaded.eTag())
              .checksumSHA256(uploaded.checksumSHA256())
              .build());
    }
    assertThat(failure(() -> complete(bucket, id, parts)).awsErrorDetails().errorCode())
        .isEqualTo("EntityTooSmall");
    assertThat(complete(bucket, id, parts.subList(0, 1)).checksumSHA256()).endsWith("-1");

    String aborted = s3.createMultipartUpload(b -> b.bucket(bucket).key("k")).uploadId();
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).hasSize(1);
    s3.abortMultipartUpload(b -> b.bucket(bucket).key("k").uploadId(aborted));
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
  }

  @Test
  @Fact({"S3-038", "S3-039"})
  void list_countsCommonPrefixes_andShowsWhatS3Shows() {
    String bucket = newBucket();
    for (String key : List.of("a.txt", "docs/1", "docs/2", "img/1", "z.txt")) {
      put(bucket, key, "x");
    }
    ListObjectsV2Response all = s3.listObjectsV2(b -> b.bucket(bucket).delimiter("/"));
    assertThat(all.keyCount()).isEqualTo(4);
    assertThat(all.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("docs/", "img/");
    S3Object first = all.contents().get(0);
    assertThat(first.key()).isEqualTo("a.txt");
    assertThat(first.eTag()).startsWith("\"").endsWith("\"");
    assertThat(first.size()).isEqualTo(1);
    assertThat(first.storageClassAsString()).isEqualTo("STANDARD");
    assertThat(first.checksumAlgorithmAsStrings()).hasSize(1);
    assertThat(first.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    assertThat(first.owner()).isNull();
    assertThat(
            s3.listObjectsV2(b -> b.bucket(bucket).fetchOwner(true)).contents().get(0).owner().id())
        .hasSize(64);

    ListObjectsV2Response prefixed =
        s3.listObjectsV2(b -> b.bucket(bucket).prefix("d").delimiter("/").maxKeys(1));
    assertThat(prefixed.commonPrefixes()).hasSize(1);
    assertThat(prefixed.isTruncated()).isFalse();
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(b -> b.bucket(bucket).delimiter("/").maxKeys(1).continuationToken(from));
      assertThat(page.keyCount()).isEqualTo(1);
      page.commonPrefixes().forEach(prefix -> seen.add(prefix.prefix()));
      page.contents().forEach(object -> seen.add(object.key()));
      token = page.nextContinuationToken();
      assertThat(page.isTruncated()).isEqualTo(token != null);
    } while (token != null);
    assertThat(seen).containsExactly("a.txt", "docs/", "img/", "z.txt");
    assertThat(s3.listObjectsV2(b -> b.bucket(bucket).startAfter("docs/1")).contents())
        .extracting(S3Object::key)
        .containsExactly("docs/2", "img/1", "z.txt");
    assertThat(s3.listObjects(b -> b.bucket(bucket).marker("docs/2")).contents())
        .extracting(S3Object::key)
        .containsExactly("img/1", "z.txt");
  }

  @Test
  void list_isInTheOrderOfUtf8Bytes() {
    String bucket = newBucket();
    List<String> keys = List.of("A", "a", "é", "\uFF5E", "\uD83D\uDE00");
    keys.forEach(key -> put(bucket, key, "x"));
    assertThat(s3.listObjectsV2(b -> b.bucket(bucket)).contents())
        .extracting(S3Object::key)
        .containsExactlyElementsOf(keys);
  }
}
