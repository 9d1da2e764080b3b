package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class ObjectsTest extends S3Fixture {
  @Test
  void object_comesBackAsItWasPut() {
    String bucket = newBucket();
    s3.putObject(
        b ->
            b.bucket(bucket)
                .key("a folder/ä+b&c=d.txt")
                .contentType("text/plain; charset=utf-8")
                .cacheControl("max-age=60")
                .metadata(Map.of("Colour", "blue")),
        RequestBody.fromString("hello"));

    ResponseBytes<GetObjectResponse> got =
        s3.getObjectAsBytes(b -> b.bucket(bucket).key("a folder/ä+b&c=d.txt"));
    assertThat(got.asUtf8String()).isEqualTo("hello");
    assertThat(got.response().contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(got.response().cacheControl()).isEqualTo("max-age=60");
    assertThat(got.response().metadata()).containsEntry("colour", "blue");
    assertThat(got.response().eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(got.response().serverSideEncryptionAsString()).isEqualTo("AES256");
  }

  @Test
  void largeObject_comesBackWholeAndInRanges() {
    String bucket = newBucket();
    byte[] content = new byte[11 * 1024 * 1024 + 17];
    new Random(7).nextBytes(content);
    s3.putObject(b -> b.bucket(bucket).key("large"), RequestBody.fromBytes(content));

    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("large")).asByteArray())
        .isEqualTo(content);
    int from = 1024 * 1024 - 5;
    ResponseBytes<GetObjectResponse> part =
        s3.getObjectAsBytes(
            b -> b.bucket(bucket).key("large").range("bytes=" + from + "-" + (from + 2_000_000)));
    assertThat(part.asByteArray())
        .isEqualTo(java.util.Arrays.copyOfRange(content, from, from + 2_000_001));
    assertThat(part.response().contentRange())
        .isEqualTo("bytes " + from + "-" + (from + 2_000_000) + "/" + content.length);
    assertThat(
            s3.getObjectAsBytes(b -> b.bucket(bucket).key("large").range("bytes=-3")).asByteArray())
        .isEqualTo(java.util.Arrays.copyOfRange(content, content.length - 3, content.length));
  }

  @Test
  @Fact("S3-001")
  void missingKey_is404WithTheKey() throws Exception {
    String bucket = newBucket();

    HttpResponse<String> answer = signedGet(bucket, "none/such");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains(
            "<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>"
                + "<Key>none/such</Key><RequestId>");
    assertThat(answer.headers().firstValue("x-amz-request-id")).isPresent();
    assertThat(answer.headers().firstValue("x-amz-id-2")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
  }

  @Test
  @Fact("S3-005")
  void deletingWhatIsNotThere_is204() {
    String bucket = newBucket();
    assertThat(s3.deleteObject(b -> b.bucket(bucket).key("none")).sdkHttpResponse().statusCode())
        .isEqualTo(204);
  }

  @Test
  @Fact({"S3-006", "S3-007"})
  void batchDelete_reportsMissingKeysAsDeleted_unlessQuiet() {
    String bucket = newBucket();
    put(bucket, "there", "x");
    List<ObjectIdentifier> keys =
        List.of(
            ObjectIdentifier.builder().key("there").build(),
            ObjectIdentifier.builder().key("missing").build());

    DeleteObjectsResponse loud =
        s3.deleteObjects(b -> b.bucket(bucket).delete(Delete.builder().objects(keys).build()));
    DeleteObjectsResponse quiet =
        s3.deleteObjects(
            b -> b.bucket(bucket).delete(Delete.builder().objects(keys).quiet(true).build()));

    assertThat(loud.deleted()).extracting(DeletedObject::key).containsExactly("there", "missing");
    assertThat(quiet.deleted()).isEmpty();
    assertThat(quiet.errors()).isEmpty();
    assertThat(s3.listObjectsV2(b -> b.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  @Fact("S3-023")
  void withoutContentType_itIsBinaryOctetStream() throws Exception {
    String bucket = newPublicBucket();
    assertThat(signedPut(bucket, "raw", "bytes").statusCode()).isEqualTo(200);

    assertThat(signedGet(bucket, "raw").headers().firstValue("Content-Type"))
        .contains("binary/octet-stream");
  }

  @Test
  @Fact("S3-027")
  void rangeBehindTheEnd_is416WithTheSize() throws Exception {
    String bucket = newBucket();
    put(bucket, "k", "12345");

    HttpResponse<String> answer = signedGet(bucket, "k", "Range", "bytes=5-9");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.body())
        .contains("<Code>InvalidRange</Code>")
        .contains("<Message>The requested range is not satisfiable</Message>")
        .contains("<ActualObjectSize>5</ActualObjectSize>")
        .contains("<RangeRequested>bytes=5-9</RangeRequested>");
  }

  @Test
  @Fact("S3-029")
  void ifNoneMatch_is304_withOrWithoutQuotes() throws Exception {
    String bucket = newBucket();
    put(bucket, "k", "hello");
    String etag = "5d41402abc4b2a76b9719d911017c592";

    for (String value : List.of(etag, '"' + etag + '"', "\"other\", \"" + etag + '"')) {
      HttpResponse<String> answer = signedGet(bucket, "k", "If-None-Match", value);
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
    }
    S3Exception head =
        failure(() -> s3.headObject(b -> b.bucket(bucket).key("k").ifNoneMatch(etag)));
    assertThat(head.statusCode()).isEqualTo(304);
    assertThat(signedGet(bucket, "k", "If-None-Match", "\"other\"").body()).isEqualTo("hello");
  }

  @Test
  @Fact("S3-030")
  void ifModifiedSince_inTheFuture_isIgnored() {
    String bucket = newBucket();
    put(bucket, "k", "hello");
    Instant now = Instant.now();

    assertThat(
            s3.getObjectAsBytes(
                    b -> b.bucket(bucket).key("k").ifModifiedSince(now.plusSeconds(3600)))
                .asUtf8String())
        .isEqualTo("hello");
    HeadObjectResponse head = s3.headObject(b -> b.bucket(bucket).key("k"));
    assertThat(
            failure(
                    () ->
                        s3.getObjectAsBytes(
                            b -> b.bucket(bucket).key("k").ifModifiedSince(head.lastModified())))
                .statusCode())
        .isEqualTo(304);
    assertThat(
            failure(
                    () ->
                        s3.getObjectAsBytes(
                            b ->
                                b.bucket(bucket)
                                    .key("k")
                                    .ifUnmodifiedSince(head.lastModified().minusSeconds(9))))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("PreconditionFailed");
  }

  @Test
  @Fact("S3-031")
  void ifNoneMatchStar_writesOnlyWhatIsNew() throws Exception {
    String bucket = newBucket();
    Runnable create =
        () ->
            s3.putObject(
                b -> b.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("1"));
    create.run();

    S3Exception refused = failure(create);
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
    assertThat(signedPut(bucket, "k", "2", "If-None-Match", "*").body())
        .contains("<Condition>If-None-Match</Condition>");
    s3.deleteObject(b -> b.bucket(bucket).key("k"));
    create.run();
  }

  @Test
  void ifMatch_writesOnlyOverWhatWasSeen() {
    String bucket = newBucket();
    assertThat(
            failure(
                    () ->
                        s3.putObject(
                            b -> b.bucket(bucket).key("k").ifMatch("\"abc\""),
                            RequestBody.fromString("1")))
                .statusCode())
        .isEqualTo(404);
    put(bucket, "k", "hello");
    assertThat(
            failure(
                    () ->
                        s3.putObject(
                            b -> b.bucket(bucket).key("k").ifMatch("\"abc\""),
                            RequestBody.fromString("1")))
                .statusCode())
        .isEqualTo(412);
    s3.putObject(
        b -> b.bucket(bucket).key("k").ifMatch("\"5d41402abc4b2a76b9719d911017c592\""),
        RequestBody.fromString("2"));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("2");
  }

  @Test
  void copy_takesContentAndMetadata_orReplacesMetadata() {
    String bucket = newBucket();
    String other = newBucket();
    s3.putObject(
        b ->
            b.bucket(bucket)
                .key("ä b.txt")
                .contentType("text/css")
                .metadata(Map.of("a", "1"))
                .tagging("t=1"),
        RequestBody.fromString("body"));

    s3.copyObject(
        b ->
            b.sourceBucket(bucket)
                .sourceKey("ä b.txt")
                .destinationBucket(other)
                .destinationKey("c"));
    s3.copyObject(
        b ->
            b.sourceBucket(bucket)
                .sourceKey("ä b.txt")
                .destinationBucket(other)
                .destinationKey("r")
                .metadataDirective("REPLACE")
                .contentType("text/html")
                .metadata(Map.of("b", "2")));

    ResponseBytes<GetObjectResponse> copy = s3.getObjectAsBytes(b -> b.bucket(other).key("c"));
    assertThat(copy.asUtf8String()).isEqualTo("body");
    assertThat(copy.response().contentType()).isEqualTo("text/css");
    assertThat(copy.response().metadata()).isEqualTo(Map.of("a", "1"));
    assertThat(copy.response().tagCount()).isEqualTo(1);
    HeadObjectResponse replaced = s3.headObject(b -> b.bucket(other).key("r"));
    assertThat(replaced.contentType()).isEqualTo("text/html");
    assertThat(replaced.metadata()).isEqualTo(Map.of("b", "2"));
    assertThat(
            failure(
                    () ->
                        s3.copyObject(
                            b ->
                                b.sourceBucket(other)
                                    .sourceKey("c")
                                    .destinationBucket(other)
                                    .destinationKey("c")))
                .getMessage())
        .contains("without changing the object's metadata");
  }

  @Test
  void tags_areKeptAndChecked() {
    String bucket = newBucket();
    put(bucket, "k", "x");
    s3.putObjectTagging(
        b ->
            b.bucket(bucket)
                .key("k")
                .tagging(t -> t.tagSet(Tag.builder().key("env").value("test").build())));

    assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("env=test"));
    s3.deleteObjectTagging(b -> b.bucket(bucket).key("k"));
    assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet()).isEmpty();
    assertThat(
            failure(
                    () ->
                        s3.putObject(
                            b -> b.bucket(bucket).key("k").tagging("a=1&a=2"), RequestBody.empty()))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void tooLongKey_isRefused() {
    String bucket = newBucket();
    S3Exception refused = failure(() -> put(bucket, "k".repeat(1025), "x"));
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("KeyTooLongError");
  }

  @Test
  void acls_areRefusedWhereTheyAreOff() {
    String bucket = newBucket();
    S3Exception refused =
        failure(
            () ->
                s3.putObject(
                    b -> b.bucket(bucket).key("k").acl("public-read"),
                    RequestBody.fromString("x")));
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessControlListNotSupported");
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("The bucket does not allow ACLs");
    s3.putObject(
        b -> b.bucket(bucket).key("k").acl("bucket-owner-full-control"),
        RequestBody.fromString("x"));
  }

  @Test
  void whatIsNotEmulated_isRefusedByName() {
    String bucket = newBucket();
    put(bucket, "k", "x");
    S3Exception refused =
        failure(() -> s3.putBucketLogging(b -> b.bucket(bucket).bucketLoggingStatus(l -> {})));
    assertThat(refused.statusCode()).isEqualTo(501);
    S3Exception torrent = failure(() -> s3.getObjectTorrentAsBytes(b -> b.bucket(bucket).key("k")));
    assertThat(torrent.statusCode()).isEqualTo(501);
    assertThat(torrent.getMessage()).contains("GetObjectTorrent");
  }

  @Test
  void overwriting_leavesNoContentBehind() {
    String bucket = newBucket();
    byte[] large = new byte[9 * 1024 * 1024];
    for (int i = 0; i < 3; i++) {
      s3.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromBytes(large));
    }
    put(bucket, "k", "small");
    assertThat(
            new String(
                s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asByteArray(),
                StandardCharsets.UTF_8))
        .isEqualTo("small");
    s3.deleteObject(b -> b.bucket(bucket).key("k"));
    s3.deleteBucket(b -> b.bucket(bucket));
  }

  @Test
  void archives_areRefusedByName_becauseNothingRestoresThem() {
    String bucket = newBucket();

    S3Exception refused =
        catchThrowableOfType(
            S3Exception.class,
            () ->
                s3.putObject(
                    p -> p.bucket(bucket).key("k").storageClass("GLACIER"), RequestBody.empty()));

    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(refused.awsErrorDetails().errorMessage()).contains("GLACIER");
  }
}
