package dev.cloudtask.localcloud.services.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.CustomErrorResponse;
import software.amazon.awssdk.services.cloudfront.model.Distribution;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.s3.S3Client;

class EdgeTest {
  private static final String OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
  private static final String BUCKET = "edge-site";
  private static final String WEBSITE = BUCKET + ".s3-website-us-east-1.amazonaws.com";

  private TestCloud cloud;
  private CloudFrontClient cloudFront;
  private S3Client s3;
  private int references;

  @BeforeEach
  void startWithAWebsite() {
    cloud = TestCloud.start();
    cloudFront = cloud.client(CloudFrontClient.builder());
    s3 = cloud.client(S3Client.builder());
    s3.createBucket(b -> b.bucket(BUCKET));
    s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
    s3.putBucketPolicy(
        b ->
            b.bucket(BUCKET)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":["s3:GetObject","s3:ListBucket"],
                     "Resource":["arn:aws:s3:::%1$s/*","arn:aws:s3:::%1$s"]}]}"""
                        .formatted(BUCKET)));
    s3.putBucketWebsite(
        b ->
            b.bucket(BUCKET)
                .websiteConfiguration(w -> w.indexDocument(i -> i.suffix("index.html"))));
    put("index.html", "home", "text/html");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private void put(String key, String content, String type) {
    s3.putObject(b -> b.bucket(BUCKET).key(key).contentType(type), RequestBody.fromString(content));
  }

  private static Origin website(String protocolPolicy) {
    return Origin.builder()
        .id("site")
        .domainName(WEBSITE)
        .customOriginConfig(c -> c.httpPort(80).httpsPort(443).originProtocolPolicy(protocolPolicy))
        .build();
  }

  private DistributionConfig.Builder config(Origin origin) {
    String reference = "ref-" + ++references;
    return DistributionConfig.builder()
        .callerReference(reference)
        .comment("")
        .enabled(true)
        .origins(o -> o.quantity(1).items(origin))
        .defaultCacheBehavior(
            d ->
                d.targetOriginId(origin.id())
                    .viewerProtocolPolicy("redirect-to-https")
                    .cachePolicyId(OPTIMIZED)
                    .compress(true));
  }

  private Distribution create(Consumer<DistributionConfig.Builder> more) {
    DistributionConfig.Builder config = config(website("http-only"));
    more.accept(config);
    return cloudFront.createDistribution(d -> d.distributionConfig(config.build())).distribution();
  }

  private HttpResponse<byte[]> get(Distribution distribution, String path, String... headers)
      throws Exception {
    return send("GET", distribution, path, headers);
  }

  private HttpResponse<byte[]> send(
      String method, Distribution distribution, String path, String... headers) throws Exception {
    URI origin = cloud.cloud().names().localOrigin(distribution.domainName()).orElseThrow();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return cloud.http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends a GET to the distribution's http viewer, headers as they stand. */
  private String overHttp(Distribution distribution, String path) throws Exception {
    URI http =
        URI.create(cloud.cloud().names().toLocal("http://" + distribution.domainName() + path));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: "
                      + distribution.domainName()
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void originWithAMisspeltName_isNotResolved() throws Exception {
    Origin misspelt =
        Origin.builder()
            .id("site")
            .domainName(WEBSITE.replace("s3-website", "s3-webiste"))
            .customOriginConfig(
                c -> c.httpPort(80).httpsPort(443).originProtocolPolicy("http-only"))
            .build();
    Distribution distribution =
        cloudFront
            .createDistribution(d -> d.distributionConfig(config(misspelt).build()))
            .distribution();

    HttpResponse<byte[]> page = get(distribution, "/index.html");

    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(text(page)).contains("wasn't able to resolve the origin domain name");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String xCache(HttpResponse<byte[]> response) {
    return response.headers().firstValue("X-Cache").orElse("");
  }

  @Test
  @Fact({"CF-005", "CF-006", "CF-007", "CF-029"})
  void missThenHitThenRefreshHit() throws Exception {
    Distribution distribution = create(c -> {});

    HttpResponse<byte[]> miss = get(distribution, "/");
    assertThat(miss.statusCode()).isEqualTo(200);
    assertThat(text(miss)).isEqualTo("home");
    assertThat(xCache(miss)).isEqualTo("Miss from cloudfront");
    assertThat(miss.headers().firstValue("Via").orElse(""))
        .matches("1\\.1 [0-9a-f]{32}\\.cloudfront\\.net \\(CloudFront\\)");
    assertThat(miss.headers().firstValue("X-Amz-Cf-Pop").orElse("")).matches("[A-Z]{3}\\d+-P\\d+");
    assertThat(miss.headers().firstValue("X-Amz-Cf-Id").orElse("")).matches("[\\w-]{50,}==");

    cloud.advance(Duration.ofHours(1));
    HttpResponse<byte[]> hit = get(distribution, "/");
    assertThat(xCache(hit)).isEqualTo("Hit from cloudfront");
    assertThat(Long.parseLong(hit.headers().firstValue("Age").orElse("-1")))
        .isBetween(3600L, 3700L);

    cloud.advance(Duration.ofHours(24));
    assertThat(xCache(get(distribution, "/"))).isEqualTo("RefreshHit from cloudfront");
    assertThat(xCache(get(distribution, "/"))).isEqualTo("Hit from cloudfront");
  }

  @Test
  @Fact("CF-029")
  void freshness_isTheLesserOfMaxAgeAndMaxTtl_andTheDefaultWithoutMaxAge() throws Exception {
    String policy =
        cloudFront
            .createCachePolicy(
                r ->
                    r.cachePolicyConfig(
                        c ->
                            c.name("minutes")
                                .minTTL(0L)
                                .defaultTTL(120L)
                                .maxTTL(600L)
                                .parametersInCacheKeyAndForwardedToOrigin(
                                    p ->
                                        p.enableAcceptEncodingGzip(true)
                                            .headersConfig(h -> h.headerBehavior("none"))
                                            .cookiesConfig(k -> k.cookieBehavior("none"))
                                            .queryStringsConfig(
                                                q -> q.queryStringBehavior("none")))))
            .cachePolicy()
            .id();
    Distribution distribution =
        create(
            c ->
                c.defaultCacheBehavior(
                    b ->
                        b.targetOriginId("site")
                            .viewerProtocolPolicy("https-only")
                            .cachePolicyId(policy)));
    putWithCacheControl("short", "max-age=60");
    putWithCacheControl("long", "max-age=3600");

    assertFreshFor(distribution, "/short", 60);
    assertFreshFor(distribution, "/long", 600);
    assertFreshFor(distribution, "/index.html", 120);
  }

  private void putWithCacheControl(String key, String value) {
    s3.putObject(b -> b.bucket(BUCKET).key(key).cacheControl(value), RequestBody.fromString(key));
  }

  private void assertFreshFor(Distribution distribution, String path, int seconds)
      throws Exception {
    assertThat(xCache(get(distribution, path))).as(path).startsWith("Miss");
    cloud.advance(Duration.ofSeconds(seconds - 15));
    assertThat(xCache(get(distribution, path))).as(path).startsWith("Hit");
    cloud.advance(Duration.ofSeconds(20));
    assertThat(xCache(get(distribution, path))).as(path).startsWith("RefreshHit");
  }

  @Test
  @Fact("CF-001")
  void redirectToHttps_isTheExactPage() throws Exception {
    Distribution distribution = create(c -> {});
    String answer = overHttp(distribution, "/a?b=c");
    assertThat(answer)
        .startsWith("HTTP/1.1 301")
        .contains("Server: CloudFront")
        .contains("Content-Type: text/html\r\n")
        .contains("Content-Length: 167")
        .contains("X-Cache: Redirect from cloudfront")
        // The https viewer's local address, as every AWS name in a Location is translated.
        .contains(
            "Location: "
                + cloud.cloud().names().toLocal("https://" + distribution.domainName())
                + "/a?b=c")
        .endsWith(
            "\r\n\r\n<html>\r\n<head><title>301 Moved Permanently</title></head>\r\n<body>\r\n<center><h1>301"
                + " Moved Permanently</h1></center>\r\n<hr><center>CloudFront</center>\r\n</body>\r\n"
                + "</html>\r\n");
  }

  @Test
  @Fact("CF-002")
  void httpsOnly_refusesHttp() throws Exception {
    Distribution distribution =
        create(
            c ->
                c.defaultCacheBehavior(
                    d ->
                        d.targetOriginId("site")
                            .viewerProtocolPolicy("https-only")
                            .cachePolicyId(OPTIMIZED)));
    assertThat(overHttp(distribution, "/")).startsWith("HTTP/1.1 403").doesNotContain("home");
    assertThat(text(get(distribution, "/"))).isEqualTo("home");
  }

  @Test
  @Fact({"CF-003", "CF-004"})
  void methodThatIsNotAllowed_is403WithCloudFrontsPage() throws Exception {
    Distribution distribution = create(c -> {});
    for (String method : List.of("POST", "PUT", "DELETE")) {
      HttpResponse<byte[]> answer = send(method, distribution, "/");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(xCache(answer)).isEqualTo("Error from cloudfront");
      assertThat(text(answer))
          .contains("<TITLE>ERROR: The request could not be satisfied</TITLE>")
          .contains("<H1>403 ERROR</H1>")
          .contains("<H2>The request could not be satisfied.</H2>")
          .contains(
              "This distribution is not configured to allow the HTTP request method that was used for this"
                  + " request. The distribution supports only cachable requests.")
          .containsPattern("Generated by cloudfront \\(CloudFront\\)\nRequest ID: [\\w-]+==");
    }
  }

  @Test
  @Fact({"CF-009", "CF-010"})
  void originsError_passesThrough_andIsKeptForTenSeconds() throws Exception {
    Distribution distribution = create(c -> {});
    HttpResponse<byte[]> missing = get(distribution, "/late.txt");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(xCache(missing)).isEqualTo("Error from cloudfront");
    assertThat(missing.headers().firstValue("Server")).contains("AmazonS3");
    assertThat(missing.headers().firstValue("x-amz-error-code")).contains("NoSuchKey");
    assertThat(text(missing)).contains("<li>Key: late.txt</li>");

    put("late.txt", "here", "text/plain");
    assertThat(get(distribution, "/late.txt").statusCode()).isEqualTo(404);
    cloud.advance(Duration.ofSeconds(11));
    assertThat(text(get(distribution, "/late.txt"))).isEqualTo("here");
  }

  @Test
  @Fact("CF-011")
  void forbidden_isNotKept() throws Exception {
    Distribution distribution = create(c -> {});
    String policy = s3.getBucketPolicy(b -> b.bucket(BUCKET)).policy();
    s3.deleteBucketPolicy(b -> b.bucket(BUCKET));
    assertThat(get(distribution, "/").statusCode()).isEqualTo(403);
    s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(policy));
    assertThat(get(distribution, "/").statusCode()).isEqualTo(200);
  }

  @Test
  @Fact("CF-013")
  void redirectOfTheOrigin_isPassedOn() throws Exception {
    put("folder/index.html", "in", "text/html");
    Distribution distribution = create(c -> {});
    HttpResponse<byte[]> answer = get(distribution, "/folder");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("/folder/");
  }

  @Test
  @Fact("CF-027")
  void queryStrings_areNotInTheKeyOfCachingOptimized() throws Exception {
    Distribution distribution = create(c -> {});
    get(distribution, "/?v=1");
    assertThat(xCache(get(distribution, "/?v=2"))).isEqualTo("Hit from cloudfront");
  }

  @Test
  @Fact("CF-030")
  void invalidation_dropsWhatItNames_andOnlyThat() throws Exception {
    put("a.txt", "a1", "text/plain");
    put("b.txt", "b1", "text/plain");
    Distribution distribution = create(c -> {});
    get(distribution, "/a.txt");
    get(distribution, "/b.txt");
    put("a.txt", "a2", "text/plain");
    put("b.txt", "b2", "text/plain");
    assertThat(text(get(distribution, "/a.txt"))).isEqualTo("a1");

    for (String bad : List.of("a.txt", "/a*b")) {
      try {
        invalidate(distribution, bad);
        throw new AssertionError("taken: " + bad);
      } catch (CloudFrontException e) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
      }
    }
    invalidate(distribution, "/A.txt");
    assertThat(text(get(distribution, "/a.txt"))).isEqualTo("a1");
    invalidate(distribution, "/a.txt");
    assertThat(text(get(distribution, "/a.txt"))).isEqualTo("a2");
    assertThat(text(get(distribution, "/b.txt"))).isEqualTo("b1");
    invalidate(distribution, "/*");
    assertThat(text(get(distribution, "/b.txt"))).isEqualTo("b2");
    assertThat(
            cloudFront
                .listInvalidations(i -> i.distributionId(distribution.id()))
                .invalidationList()
                .items())
        .hasSize(3);
  }

  private void invalidate(Distribution distribution, String path) {
    cloudFront.createInvalidation(
        i ->
            i.distributionId(distribution.id())
                .invalidationBatch(
                    b ->
                        b.callerReference("i" + ++references)
                            .paths(p -> p.quantity(1).items(path))));
  }

  @Test
  @Fact("CF-031")
  void origin_seesItsOwnHostName_andAmazonCloudFrontAsTheClient() throws Exception {
    s3.putBucketPolicy(
        b ->
            b.bucket(BUCKET)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*",
                     "Condition":{"StringEquals":{"aws:UserAgent":"Amazon CloudFront"}}}]}"""
                        .formatted(BUCKET)));
    Distribution distribution = create(c -> {});
    // A website is found by its Host header, so an answer of 200 proves that as well.
    assertThat(get(distribution, "/", "User-Agent", "Browser/1.0").statusCode()).isEqualTo(200);
    URI direct = cloud.cloud().names().localOrigin(WEBSITE).orElseThrow();
    assertThat(
            cloud
                .http()
                .send(
                    HttpRequest.newBuilder(URI.create(direct + "/")).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  @Fact("CF-032")
  void ifNoneMatch_isAnsweredByTheEdge() throws Exception {
    Distribution distribution = create(c -> {});
    String etag = get(distribution, "/").headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> answer = get(distribution, "/", "If-None-Match", etag);
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(xCache(answer)).isEqualTo("Hit from cloudfront");
  }

  @Test
  void httpsToAWebsiteEndpoint_is504_andAnUnknownNameIs502() throws Exception {
    Distribution https =
        cloudFront
            .createDistribution(d -> d.distributionConfig(config(website("https-only")).build()))
            .distribution();
    HttpResponse<byte[]> refused = get(https, "/");
    assertThat(refused.statusCode()).isEqualTo(504);
    assertThat(text(refused))
        .contains(
            "CloudFront attempted to establish a connection with the origin, but either the attempt failed"
                + " or the origin closed the connection.");
    Distribution unknown =
        cloudFront
            .createDistribution(
                d ->
                    d.distributionConfig(
                        config(
                                website("http-only").toBuilder()
                                    .domainName("nobody.example")
                                    .build())
                            .build()))
            .distribution();
    HttpResponse<byte[]> unresolved = get(unknown, "/");
    assertThat(unresolved.statusCode()).isEqualTo(502);
    assertThat(text(unresolved)).contains("wasn't able to resolve the origin domain name");
  }

  @Test
  void largeText_isCompressed_withAWeakTag_andRangesComeFromTheCache() throws Exception {
    put("big.js", "x".repeat(5000), "text/javascript");
    Distribution distribution = create(c -> {});
    HttpResponse<byte[]> compressed = get(distribution, "/big.js", "Accept-Encoding", "gzip");
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.headers().firstValue("ETag").orElse("")).startsWith("W/\"");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertThat(in.readAllBytes()).hasSize(5000);
    }
    HttpResponse<byte[]> plain = get(distribution, "/big.js");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    HttpResponse<byte[]> range = get(distribution, "/big.js", "Range", "bytes=10-19");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.headers().firstValue("Content-Range")).contains("bytes 10-19/5000");
    assertThat(range.body()).hasSize(10);
  }

  @Test
  void customErrorPage_andResponseHeadersPolicy() throws Exception {
    put("app.html", "the app", "text/html");
    Distribution distribution =
        create(
            c ->
                c.customErrorResponses(
                        e ->
                            e.quantity(1)
                                .items(
                                    CustomErrorResponse.builder()
                                        .errorCode(404)
                                        .responseCode("200")
                                        .responsePagePath("/app.html")
                                        .errorCachingMinTTL(0L)
                                        .build()))
                    .defaultCacheBehavior(
                        d ->
                            d.targetOriginId("site")
                                .viewerProtocolPolicy("allow-all")
                                .cachePolicyId(OPTIMIZED)
                                .allowedMethods(
                                    m ->
                                        m.quantity(2)
                                            .items(Method.GET, Method.HEAD)
                                            .cachedMethods(
                                                k -> k.quantity(2).items(Method.GET, Method.HEAD)))
                                .responseHeadersPolicyId("67f7725c-6f97-4210-82d7-5512b31e9d03")));
    HttpResponse<byte[]> answer = get(distribution, "/deep/link");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).isEqualTo("the app");
    assertThat(xCache(answer)).isEqualTo("Error from cloudfront");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void privateBucket_isReadThroughOriginAccessControl() throws Exception {
    s3.createBucket(b -> b.bucket("private-origin"));
    s3.putObject(b -> b.bucket("private-origin").key("k.txt"), RequestBody.fromString("kept"));
    String oac =
        cloudFront
            .createOriginAccessControl(
                o ->
                    o.originAccessControlConfig(
                        c ->
                            c.name("oac")
                                .signingProtocol("sigv4")
                                .signingBehavior("always")
                                .originAccessControlOriginType("s3")))
            .originAccessControl()
            .id();
    Origin origin =
        Origin.builder()
            .id("s3")
            .domainName("private-origin.s3.us-east-1.amazonaws.com")
            .originAccessControlId(oac)
            .s3OriginConfig(c -> c.originAccessIdentity(""))
            .build();
    Distribution distribution =
        cloudFront
            .createDistribution(
                d -> d.distributionConfig(config(origin).defaultRootObject("k.txt").build()))
            .distribution();
    assertThat(get(distribution, "/k.txt").statusCode()).isEqualTo(403);
    s3.putBucketPolicy(
        b ->
            b.bucket("private-origin")
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject",
                     "Resource":"arn:aws:s3:::private-origin/*",
                     "Condition":{"StringEquals":{"AWS:SourceArn":"%s"}}}]}"""
                        .formatted(distribution.arn())));
    assertThat(text(get(distribution, "/"))).isEqualTo("kept");
  }
}
