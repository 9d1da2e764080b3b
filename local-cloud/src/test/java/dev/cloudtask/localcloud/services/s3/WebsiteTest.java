package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.Fact;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

class WebsiteTest extends S3Fixture {
  private static String host(String bucket) {
    return bucket + ".s3-website-us-east-1.amazonaws.com";
  }

  private URI site(String bucket) {
    return cloud.cloud().names().localOrigin(host(bucket)).orElseThrow();
  }

  private void website(String bucket, Consumer<WebsiteConfiguration.Builder> more) {
    s3.putBucketWebsite(
        b ->
            b.bucket(bucket)
                .websiteConfiguration(
                    w -> {
                      w.indexDocument(i -> i.suffix("index.html"));
                      more.accept(w);
                    }));
  }

  /** A public website with an index; its visitors may also learn that a key is missing. */
  private String newSite(Consumer<WebsiteConfiguration.Builder> more) {
    String bucket = newListableBucket();
    website(bucket, more);
    s3.putObject(
        b -> b.bucket(bucket).key("index.html").contentType("text/html"),
        RequestBody.fromString("<h1>home</h1>"));
    return bucket;
  }

  private String newListableBucket() {
    String bucket = newPublicBucket();
    s3.putBucketPolicy(
        b ->
            b.bucket(bucket)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[
                     {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::%1$s/*"},
                     {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::%1$s"}]}"""
                        .formatted(bucket)));
    return bucket;
  }

  private HttpResponse<String> get(String bucket, String path, String... headers) throws Exception {
    return send("GET", URI.create(site(bucket) + path), "", headers);
  }

  @Test
  @Fact({"WEB-001", "WEB-003"})
  void root_isTheIndexDocument_neverAList() throws Exception {
    String bucket = newSite(w -> {});

    HttpResponse<String> answer = get(bucket, "/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<h1>home</h1>");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(answer.headers().firstValue("Server")).contains("AmazonS3");
    for (String dotOrDash : List.of("-", ".")) {
      assertThat(
              RawHttp.get(
                  cloud.endpoint(),
                  bucket + ".s3-website" + dotOrDash + "us-east-1.amazonaws.com",
                  "/"))
          .contains("200")
          .endsWith("<h1>home</h1>");
    }
  }

  @Test
  @Fact("WEB-002")
  void https_isNotSpoken() throws Exception {
    String bucket = newSite(w -> {});
    assertThat(get(bucket, "/").statusCode()).isEqualTo(200);
    URI plain = site(bucket);

    URI https = URI.create("https://" + plain.getHost() + ":" + plain.getPort() + "/");
    assertThatThrownBy(() -> send("GET", https, "")).isInstanceOf(SSLException.class);
    // Nor is it, where a cloud speaks TLS for distributions.
    String host = bucket + ".s3-website-us-east-1.amazonaws.com";
    assertThat(cloud.cloud().names().tlsOrigin(host)).isEmpty();
    assertThat(cloud.cloud().names().toLocal("https://" + host + "/"))
        .isEqualTo("https://" + host + "/");
  }

  @Test
  @Fact("WEB-004")
  void folderWithSlash_isItsIndexDocument_withoutSlashARedirect() throws Exception {
    String bucket = newSite(w -> {});
    put(bucket, "docs/index.html", "docs");

    assertThat(get(bucket, "/docs/").body()).isEqualTo("docs");
    HttpResponse<String> redirect = get(bucket, "/docs");
    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(redirect.headers().firstValue("Location")).contains("/docs/");
  }

  @Test
  @Fact({"WEB-006", "WEB-007", "WEB-008"})
  void missing_isAnHtmlPageWithTheKeyThatWasLookedFor() throws Exception {
    String bucket = newSite(w -> {});

    assertThat(get(bucket, "/directory-wrong").body()).contains("<li>Key: directory-wrong</li>");
    assertThat(get(bucket, "/directory-wrong/").body())
        .contains("<li>Key: directory-wrong/index.html</li>");
    HttpResponse<String> missing = get(bucket, "/none.css");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(missing.headers().firstValue("x-amz-error-code")).contains("NoSuchKey");
    assertThat(missing.body())
        .matches(
            """
            <html>
            <head><title>404 Not Found</title></head>
            <body>
            <h1>404 Not Found</h1>
            <ul>
            <li>Code: NoSuchKey</li>
            <li>Message: The specified key does not exist.</li>
            <li>Key: none.css</li>
            <li>RequestId: [^<]+</li>
            <li>HostId: [^<]+</li>
            </ul>
            <hr/>
            </body>
            </html>
            """);
  }

  @Test
  @Fact("WEB-012")
  void notPublic_is403_andSaysWhyTheErrorDocumentIsMissing() throws Exception {
    String bucket = newBucket();
    website(bucket, w -> w.errorDocument(e -> e.key("error.html")));
    put(bucket, "index.html", "secret");
    put(bucket, "error.html", "sorry");

    HttpResponse<String> answer = get(bucket, "/");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .startsWith("<html>\n<head><title>403 Forbidden</title></head>")
        .contains("<li>Code: AccessDenied</li>\n<li>Message: Access Denied</li>\n<li>RequestId: ")
        .contains(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n"
                + "<li>Code: AccessDenied</li>\n<li>Message: Access Denied</li>\n</ul>\n<hr/>");
  }

  @Test
  void missingKey_withoutListPermission_is403() throws Exception {
    String bucket = newPublicBucket();
    website(bucket, w -> {});
    assertThat(get(bucket, "/missing").statusCode()).isEqualTo(403);
  }

  @Test
  @Fact({"WEB-013", "WEB-021"})
  void otherMethods_are405_withoutTheErrorDocument_whichIsFor4xx() throws Exception {
    String bucket = newSite(w -> w.errorDocument(e -> e.key("error.html")));
    put(bucket, "error.html", "sorry");

    for (String method : List.of("POST", "DELETE", "PUT")) {
      HttpResponse<String> answer = send(method, URI.create(site(bucket) + "/x"), "");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.body())
          .contains("<h1>405 Method Not Allowed</h1>")
          .contains("<li>Code: MethodNotAllowed</li>")
          .contains(
              "<li>Message: The specified method is not allowed against this resource.</li>\n"
                  + "<li>Method: "
                  + method
                  + "</li>\n<li>ResourceType: OBJECT</li>")
          .doesNotContain("sorry");
    }
    HttpResponse<String> missing = get(bucket, "/none");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("sorry");
    assertThat(missing.headers().firstValue("x-amz-error-code")).contains("NoSuchKey");
  }

  @Test
  @Fact("WEB-015")
  void withoutConfiguration_is404NoSuchWebsiteConfiguration() throws Exception {
    String bucket = newPublicBucket();

    assertThat(RawHttp.get(cloud.endpoint(), host(bucket), "/any"))
        .contains("404 Not Found")
        .contains("<li>Code: NoSuchWebsiteConfiguration</li>")
        .contains(
            "<li>Message: The specified bucket does not have a website configuration</li>\n"
                + "<li>BucketName: "
                + bucket
                + "</li>");
    assertThat(RawHttp.get(cloud.endpoint(), host("no-such-bucket-here"), "/"))
        .contains("<li>Code: NoSuchBucket</li>");
  }

  @Test
  @Fact({"WEB-018", "WEB-019"})
  void routingRules_redirectAbsolutely_andWinOverObjects() throws Exception {
    String bucket =
        newSite(
            w ->
                w.routingRules(
                    RoutingRule.builder()
                        .condition(c -> c.keyPrefixEquals("old/"))
                        .redirect(r -> r.replaceKeyPrefixWith("new/"))
                        .build(),
                    RoutingRule.builder()
                        .condition(c -> c.keyPrefixEquals("away"))
                        .redirect(
                            r ->
                                r.hostName("example.com").protocol("https").httpRedirectCode("307"))
                        .build(),
                    RoutingRule.builder()
                        .condition(c -> c.httpErrorCodeReturnedEquals("404"))
                        .redirect(r -> r.replaceKeyWith("found.html"))
                        .build()));
    s3.putObject(
        b -> b.bucket(bucket).key("old/redirecting").websiteRedirectLocation("/elsewhere"),
        RequestBody.empty());
    s3.putObject(
        b -> b.bucket(bucket).key("redirecting").websiteRedirectLocation("/elsewhere"),
        RequestBody.empty());

    HttpResponse<String> prefix = get(bucket, "/old/redirecting");
    assertThat(prefix.statusCode()).isEqualTo(301);
    assertThat(prefix.headers().firstValue("Location")).contains(site(bucket) + "/new/redirecting");
    assertThat(RawHttp.get(cloud.endpoint(), host(bucket), "/old/a"))
        .contains("Location: http://" + host(bucket) + "/new/a");
    HttpResponse<String> away = get(bucket, "/away/x");
    assertThat(away.statusCode()).isEqualTo(307);
    assertThat(away.headers().firstValue("Location")).contains("https://example.com/away/x");
    assertThat(get(bucket, "/missing").headers().firstValue("Location"))
        .contains(site(bucket) + "/found.html");
    HttpResponse<String> object = get(bucket, "/redirecting");
    assertThat(object.statusCode()).isEqualTo(301);
    assertThat(object.headers().firstValue("Location")).contains("/elsewhere");
    assertThat(get(bucket, "/").statusCode()).isEqualTo(200);
  }

  @Test
  @Fact("WEB-020")
  void ifNoneMatch_is304() throws Exception {
    String bucket = newSite(w -> {});
    String etag = get(bucket, "/").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> answer = get(bucket, "/", "If-None-Match", etag);
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void redirectAll_sendsEverythingElsewhere() throws Exception {
    String bucket = newPublicBucket();
    s3.putBucketWebsite(
        b ->
            b.bucket(bucket)
                .websiteConfiguration(
                    w ->
                        w.redirectAllRequestsTo(r -> r.hostName("example.com").protocol("https"))));
    HttpResponse<String> answer = get(bucket, "/a/b");
    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("Location")).contains("https://example.com/a/b");
  }

  @Test
  void portGoesWithTheWebsite() {
    String bucket = newSite(w -> {});
    URI before = site(bucket);
    s3.deleteBucketWebsite(b -> b.bucket(bucket));
    assertThat(cloud.cloud().names().localOrigin(host(bucket)))
        .isNotEqualTo(java.util.Optional.of(before));
  }
}
