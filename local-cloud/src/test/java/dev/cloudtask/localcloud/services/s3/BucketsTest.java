package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

class BucketsTest extends S3Fixture {
  private static void assertRefused(S3Exception failure, int status, String code, String message) {
    assertThat(failure.statusCode()).isEqualTo(status);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
  }

  @Test
  @Fact("S3-008")
  void bucketWithAnObject_isNotDeleted() {
    String bucket = newBucket();
    put(bucket, "k", "x");
    assertRefused(
        failure(() -> s3.deleteBucket(b -> b.bucket(bucket))),
        409,
        "BucketNotEmpty",
        "The bucket you tried to delete is not empty");
    s3.deleteObject(b -> b.bucket(bucket).key("k"));
    s3.deleteBucket(b -> b.bucket(bucket));
    assertThat(failure(() -> s3.headBucket(b -> b.bucket(bucket))).statusCode()).isEqualTo(404);
  }

  @Test
  @Fact({"S3-009", "S3-014"})
  void inAnotherRegion_ownBucketsAreRefused_andALocationIsNeeded() {
    try (TestCloud european = TestCloud.start(b -> b.region("eu-west-1"))) {
      S3Client client = european.client(S3Client.builder());
      client.createBucket(
          b ->
              b.bucket("in-europe")
                  .createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
      assertRefused(
          failure(
              () ->
                  client.createBucket(
                      b ->
                          b.bucket("in-europe")
                              .createBucketConfiguration(c -> c.locationConstraint("eu-west-1")))),
          409,
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.");
      assertThat(client.getBucketLocation(b -> b.bucket("in-europe")).locationConstraintAsString())
          .isEqualTo("eu-west-1");
      // The SDK fills the location in; without one, S3 says what is missing.
      HttpResponse<String> bare =
          HandSigned.send(european.endpoint(), "PUT", "/no-location-given", "eu-west-1");
      assertThat(bare.statusCode()).isEqualTo(400);
      assertThat(bare.body())
          .contains("<Code>IllegalLocationConstraintException</Code>")
          .contains(
              "<Message>The unspecified location constraint is incompatible for the region specific"
                  + " endpoint this request was sent to.</Message>");
    }
  }

  @Test
  @Fact({"S3-012", "S3-013"})
  void create_answersWithPathAndArn_andRefusesUsEast1SpelledOut() throws Exception {
    String name = newName();
    CreateBucketResponse created = s3.createBucket(b -> b.bucket(name));
    assertThat(created.location()).isEqualTo("/" + name);
    assertThat(created.bucketArn()).isEqualTo("arn:aws:s3:::" + name);
    assertThat(s3.createBucket(b -> b.bucket(name)).location()).isEqualTo("/" + name);
    assertRefused(
        failure(
            () ->
                s3.createBucket(
                    b ->
                        b.bucket(newName())
                            .createBucketConfiguration(c -> c.locationConstraint("us-east-1")))),
        400,
        "InvalidLocationConstraint",
        "The specified location-constraint is not valid");
    for (String bad : List.of("UPPER", "ab", "a..b", "192.168.0.1", "under_score")) {
      assertThat(HandSigned.send(cloud.endpoint(), "PUT", "/" + bad, "us-east-1").body())
          .contains("<Code>InvalidBucketName</Code>");
    }
  }

  @Test
  @Fact("S3-010")
  void nameOfAnotherAccount_isTaken(@TempDir Path folder) {
    try (TestCloud theirs = TestCloud.start(b -> b.stateFolder(folder).accountId("111111111111"))) {
      theirs.client(S3Client.builder()).createBucket(b -> b.bucket("taken-name"));
    }
    try (TestCloud ours = TestCloud.start(b -> b.stateFolder(folder))) {
      S3Client client = ours.client(S3Client.builder());
      assertRefused(
          failure(() -> client.createBucket(b -> b.bucket("taken-name"))),
          409,
          "BucketAlreadyExists",
          "The requested bucket name is not available. The bucket namespace is shared by all users of"
              + " the system. Please select a different name and try again.");
    }
  }

  @Test
  @Fact("S3-042")
  void newBucket_blocksPublicAccess_andHasNoAcls() {
    String bucket = newBucket();
    PublicAccessBlockConfiguration block =
        s3.getPublicAccessBlock(b -> b.bucket(bucket)).publicAccessBlockConfiguration();
    assertThat(
            List.of(
                block.blockPublicAcls(),
                block.ignorePublicAcls(),
                block.blockPublicPolicy(),
                block.restrictPublicBuckets()))
        .containsOnly(true);
    assertThat(
            s3.getBucketOwnershipControls(b -> b.bucket(bucket))
                .ownershipControls()
                .rules()
                .get(0)
                .objectOwnershipAsString())
        .isEqualTo("BucketOwnerEnforced");
    assertThat(
            s3.getBucketEncryption(b -> b.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .get(0)
                .applyServerSideEncryptionByDefault()
                .sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AES256);
    s3.deletePublicAccessBlock(b -> b.bucket(bucket));
    assertThat(
            failure(() -> s3.getPublicAccessBlock(b -> b.bucket(bucket)))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("NoSuchPublicAccessBlockConfiguration");
  }

  private static String publicPolicy(String bucket) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
     "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}"""
        .formatted(bucket);
  }

  @Test
  @Fact("S3-044")
  void publicPolicy_onANewBucket_isBlocked() {
    String bucket = newBucket();
    assertRefused(
        failure(() -> s3.putBucketPolicy(b -> b.bucket(bucket).policy(publicPolicy(bucket)))),
        403,
        "AccessDenied",
        "User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutBucketPolicy on"
            + " resource: \"arn:aws:s3:::"
            + bucket
            + "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block"
            + " Public Access.");
  }

  @Test
  @Fact("S3-045")
  void restrictPublicBuckets_keepsStrangersOut() throws Exception {
    String bucket = newPublicBucket();
    put(bucket, "k", "x");
    assertThat(send("GET", "/" + bucket + "/k").body()).isEqualTo("x");
    assertThat(s3.getBucketPolicyStatus(b -> b.bucket(bucket)).policyStatus().isPublic()).isTrue();

    s3.putPublicAccessBlock(
        b -> b.bucket(bucket).publicAccessBlockConfiguration(c -> c.restrictPublicBuckets(true)));

    HttpResponse<String> stranger = send("GET", "/" + bucket + "/k");
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(stranger.body())
        .contains("<Code>AccessDenied</Code><Message>Access Denied</Message>");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("x");
  }

  @Test
  void strangersMayOnlyWhatThePolicySays() throws Exception {
    String bucket = newPublicBucket();
    put(bucket, "k", "x");
    for (String method : List.of("PUT", "DELETE", "POST")) {
      assertThat(send(method, "/" + bucket + "/k").statusCode()).isIn(403, 405);
    }
    assertThat(send("GET", "/" + bucket).statusCode()).isEqualTo(403);
    assertThat(send("GET", "/" + bucket + "/missing").statusCode()).isEqualTo(403);
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("x");
  }

  @Test
  @Fact({"S3-046", "S3-047"})
  void policy_comesAndGoes() {
    String bucket = newBucket();
    assertRefused(
        failure(() -> s3.getBucketPolicy(b -> b.bucket(bucket))),
        404,
        "NoSuchBucketPolicy",
        "The bucket policy does not exist");
    String policy =
        publicPolicy(bucket).replace("\"*\",", "{\"AWS\":\"arn:aws:iam::000000000000:root\"},");
    assertThat(
            s3.putBucketPolicy(b -> b.bucket(bucket).policy(policy)).sdkHttpResponse().statusCode())
        .isEqualTo(204);
    assertThat(s3.getBucketPolicy(b -> b.bucket(bucket)).policy()).isEqualTo(policy);
    for (int i = 0; i < 2; i++) {
      assertThat(s3.deleteBucketPolicy(b -> b.bucket(bucket)).sdkHttpResponse().statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  @Fact({"S3-048", "S3-049"})
  void malformedPolicies_areRefusedInS3sWords() {
    String bucket = newBucket();
    record Case(String policy, String message) {}
    for (Case each :
        List.of(
            new Case("no json", "Policies must be valid JSON and the first byte must be '{'"),
            new Case("{\"a\":", "Policies must be valid JSON and the first byte must be '{'"),
            new Case("{}", "Missing required field Statement"),
            new Case(publicPolicy("other-bucket"), "Policy has invalid resource"),
            new Case(
                publicPolicy(bucket).replace("s3:GetObject", "ec2:Run"),
                "Policy has invalid action"),
            new Case(
                publicPolicy(bucket).replace("/*", ""),
                "Action does not apply to any resource(s) in statement"))) {
      assertRefused(
          failure(() -> s3.putBucketPolicy(b -> b.bucket(bucket).policy(each.policy))),
          400,
          "MalformedPolicy",
          each.message);
    }
  }

  @Test
  @Fact({"S3-050", "S3-051"})
  void websiteConfiguration_isCheckedAndKept() {
    String bucket = newBucket();
    assertRefused(
        failure(() -> s3.getBucketWebsite(b -> b.bucket(bucket))),
        404,
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration");
    for (String suffix : List.of("", "a/b")) {
      assertRefused(
          failure(
              () ->
                  s3.putBucketWebsite(
                      b ->
                          b.bucket(bucket)
                              .websiteConfiguration(w -> w.indexDocument(i -> i.suffix(suffix))))),
          400,
          "InvalidArgument",
          "The IndexDocument Suffix is not well formed");
    }
    s3.putBucketWebsite(
        b ->
            b.bucket(bucket)
                .websiteConfiguration(w -> w.indexDocument(i -> i.suffix("home.html"))));
    assertThat(s3.getBucketWebsite(b -> b.bucket(bucket)).indexDocument().suffix())
        .isEqualTo("home.html");
    for (int i = 0; i < 2; i++) {
      assertThat(s3.deleteBucketWebsite(b -> b.bucket(bucket)).sdkHttpResponse().statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  @Fact("S3-055")
  void wrongSecret_isShownWhatWasCalculated() throws Exception {
    String bucket = newBucket();
    S3Client wrong = cloud.client(S3Client.builder(), AwsBasicCredentials.create("test", "wrong"));
    assertRefused(
        failure(() -> wrong.listObjectsV2(b -> b.bucket(bucket))),
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key"
            + " and signing method.");
    try (var presigner = presigner("wrong")) {
      URI url =
          URI.create(
              presigner
                  .presignGetObject(
                      p ->
                          p.signatureDuration(Duration.ofMinutes(1))
                              .getObjectRequest(g -> g.bucket(bucket).key("k")))
                  .url()
                  .toString());
      assertThat(send("GET", url, "").body())
          .contains("<AWSAccessKeyId>test</AWSAccessKeyId>")
          .contains("<StringToSign>AWS4-HMAC-SHA256")
          .contains("<SignatureProvided>")
          .contains("<StringToSignBytes>41 57 53 34")
          .contains("<CanonicalRequest>GET")
          .contains("<CanonicalRequestBytes>47 45 54");
    }
  }

  @Test
  @Fact("S3-056")
  void expiredPresignedUrl_isRefused() throws Exception {
    try (TestCloud later = TestCloud.start();
        var presigner =
            software.amazon.awssdk.services.s3.presigner.S3Presigner.builder()
                .endpointOverride(later.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("test", "test")))
                .serviceConfiguration(
                    software.amazon.awssdk.services.s3.S3Configuration.builder()
                        .pathStyleAccessEnabled(true)
                        .build())
                .build()) {
      S3Client client = later.client(S3Client.builder());
      client.createBucket(b -> b.bucket("presigned"));
      client.putObject(b -> b.bucket("presigned").key("k"), RequestBody.fromString("x"));
      URI url =
          URI.create(
              presigner
                  .presignGetObject(
                      p ->
                          p.signatureDuration(Duration.ofMinutes(10))
                              .getObjectRequest(g -> g.bucket("presigned").key("k")))
                  .url()
                  .toString());
      assertThat(send("GET", url, "").body()).isEqualTo("x");
      later.advance(Duration.ofMinutes(11));
      HttpResponse<String> expired = send("GET", url, "");
      assertThat(expired.statusCode()).isEqualTo(403);
      assertThat(expired.body())
          .contains("<Code>AccessDenied</Code><Message>Request has expired</Message>")
          .contains("<X-Amz-Expires>600</X-Amz-Expires><Expires>")
          .contains("<ServerTime>");
    }
  }

  @Test
  @Fact("S3-057")
  void userWithoutListBucket_isToldSo() {
    String bucket = newBucket();
    put(bucket, "k", "x");
    IamClient iam = cloud.client(IamClient.builder());
    iam.createUser(u -> u.userName("reader"));
    iam.putUserPolicy(
        p ->
            p.userName("reader")
                .policyName("read")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",
                     "Resource":"arn:aws:s3:::%s/*"}]}"""
                        .formatted(bucket)));
    AccessKey key = iam.createAccessKey(k -> k.userName("reader")).accessKey();
    S3Client reader =
        cloud.client(
            S3Client.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));

    assertThat(reader.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String())
        .isEqualTo("x");
    String denied =
        "User: arn:aws:iam::000000000000:user/reader is not authorized to perform: s3:ListBucket on"
            + " resource: \"arn:aws:s3:::"
            + bucket
            + "\" because no identity-based policy allows the s3:ListBucket action";
    assertRefused(
        failure(() -> reader.listObjectsV2(b -> b.bucket(bucket))), 403, "AccessDenied", denied);
    // Who may not list does not learn that a key is missing.
    assertRefused(
        failure(() -> reader.getObjectAsBytes(b -> b.bucket(bucket).key("none"))),
        403,
        "AccessDenied",
        denied);
    AwsServiceException put =
        failure(
            () -> reader.putObject(b -> b.bucket(bucket).key("n"), RequestBody.fromString("x")));
    assertThat(put.statusCode()).isEqualTo(403);
  }

  @Test
  void versions_areKeptWhereEnabled() {
    String bucket = newBucket();
    s3.putBucketVersioning(b -> b.bucket(bucket).versioningConfiguration(v -> v.status("Enabled")));
    String first =
        s3.putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("1")).versionId();
    put(bucket, "k", "2");
    s3.deleteObject(b -> b.bucket(bucket).key("k"));

    assertThat(failure(() -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k"))).statusCode())
        .isEqualTo(404);
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").versionId(first)).asUtf8String())
        .isEqualTo("1");
    var versions = s3.listObjectVersions(b -> b.bucket(bucket));
    assertThat(versions.versions()).hasSize(2);
    assertThat(versions.deleteMarkers()).singleElement().matches(marker -> marker.isLatest());
    s3.deleteObject(
        b -> b.bucket(bucket).key("k").versionId(versions.deleteMarkers().get(0).versionId()));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("2");
    assertThat(failure(() -> s3.deleteBucket(b -> b.bucket(bucket))).getMessage())
        .contains("You must delete all versions in the bucket.");
  }

  @Test
  void cors_answersThePreflightAndTheRequest() throws Exception {
    String bucket = newPublicBucket();
    put(bucket, "k", "x");
    String path = "/" + bucket + "/k";
    assertThat(
            send(
                    "OPTIONS",
                    path,
                    "Origin",
                    "https://a.example",
                    "Access-Control-Request-Method",
                    "GET")
                .body())
        .contains("<Code>AccessForbidden</Code>")
        .contains("CORSResponse: CORS is not enabled for this bucket.");
    s3.putBucketCors(
        b ->
            b.bucket(bucket)
                .corsConfiguration(
                    c ->
                        c.corsRules(
                            CORSRule.builder()
                                .allowedMethods("GET", "PUT")
                                .allowedOrigins("https://*.example")
                                .allowedHeaders("x-*")
                                .exposeHeaders("ETag")
                                .maxAgeSeconds(60)
                                .build())));

    HttpResponse<String> preflight =
        send(
            "OPTIONS",
            path,
            "Origin",
            "https://a.example",
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "X-One, x-two");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://a.example");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, PUT");
    assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).contains("60");
    HttpResponse<String> get = send("GET", path, "Origin", "https://a.example");
    assertThat(get.headers().firstValue("Access-Control-Expose-Headers")).contains("ETag");
    assertThat(get.headers().firstValue("Vary"))
        .contains("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    assertThat(
            send(
                    "OPTIONS",
                    path,
                    "Origin",
                    "https://a.other",
                    "Access-Control-Request-Method",
                    "GET")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void settings_areStoredAndReturned() {
    String bucket = newBucket();
    s3.putBucketTagging(
        b -> b.bucket(bucket).tagging(t -> t.tagSet(Tag.builder().key("a").value("1").build())));
    assertThat(s3.getBucketTagging(b -> b.bucket(bucket)).tagSet()).hasSize(1);
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(bucket)
                .lifecycleConfiguration(
                    l ->
                        l.rules(
                            software.amazon.awssdk.services.s3.model.LifecycleRule.builder()
                                .id("old")
                                .status("Enabled")
                                .filter(f -> f.prefix("logs/"))
                                .expiration(e -> e.days(30))
                                .build())));
    assertThat(
            s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket))
                .rules()
                .get(0)
                .expiration()
                .days())
        .isEqualTo(30);
    assertThat(s3.listBuckets().buckets()).anyMatch(b -> b.name().equals(bucket));
    assertThat(s3.headBucket(b -> b.bucket(bucket)).bucketRegion()).isEqualTo("us-east-1");
    assertThat(s3.getBucketAcl(b -> b.bucket(bucket)).grants()).hasSize(1);
  }

  @Test
  void virtualHostStyle_isTheSameBucket() throws Exception {
    String bucket = newPublicBucket();
    put(bucket, "a/k", "x");
    for (String host :
        List.of(
            bucket + ".s3.us-east-1.amazonaws.com",
            bucket + ".s3.amazonaws.com",
            bucket + ".s3.localhost")) {
      assertThat(RawHttp.get(cloud.endpoint(), host, "/a/k")).endsWith("\r\n\r\nx");
    }
  }

  @Test
  void foreignPages_mayReadButNotWriteWithWellKnownKeys() throws Exception {
    String bucket = newPublicBucket();
    put(bucket, "k", "x");
    assertThat(signedGet(bucket, "k", "Origin", "https://evil.example").body()).isEqualTo("x");
    assertThat(signedPut(bucket, "k", "evil", "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k")).asUtf8String()).isEqualTo("x");
  }

  @Test
  void operationsThatAreNotEmulated_areRefusedByTheirNames() {
    String bucket = newBucket();

    assertThat(
            List.<ThrowableAssert.ThrowingCallable>of(
                () -> s3.putBucketLogging(b -> b.bucket(bucket).bucketLoggingStatus(l -> {})),
                () -> s3.listBucketMetricsConfigurations(b -> b.bucket(bucket)),
                () -> s3.getBucketMetricsConfiguration(b -> b.bucket(bucket).id("all")),
                () -> s3.restoreObject(b -> b.bucket(bucket).key("k").restoreRequest(r -> {}))))
        .extracting(call -> catchThrowableOfType(S3Exception.class, call))
        .allSatisfy(failure -> assertThat(failure.statusCode()).isEqualTo(501))
        .extracting(failure -> failure.awsErrorDetails().errorMessage().split(" ")[2])
        .containsExactly(
            "PutBucketLogging",
            "ListBucketMetricsConfigurations",
            "GetBucketMetricsConfiguration",
            "RestoreObject");
  }
}
