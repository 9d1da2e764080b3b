package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.TestCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One cloud for the tests of a class; every test has buckets of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Fixture {
  TestCloud cloud;
  S3Client s3;
  private int buckets;

  @BeforeAll
  void startCloud() {
    cloud = TestCloud.start();
    s3 = cloud.client(S3Client.builder());
  }

  @AfterAll
  void closeCloud() {
    cloud.close();
  }

  String newName() {
    return "bucket-"
        + getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)
        + "-"
        + ++buckets;
  }

  String newBucket() {
    String name = newName();
    s3.createBucket(b -> b.bucket(name));
    return name;
  }

  /** A bucket whose objects everybody may read. */
  String newPublicBucket() {
    String name = newBucket();
    s3.deletePublicAccessBlock(b -> b.bucket(name));
    s3.putBucketPolicy(
        b ->
            b.bucket(name)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}"""
                        .formatted(name)));
    return name;
  }

  void put(String bucket, String key, String content) {
    s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  /** An S3 failure: code, message, and the answer as it was sent. */
  static S3Exception failure(Runnable call) {
    try {
      call.run();
    } catch (S3Exception e) {
      return e;
    }
    throw new AssertionError("S3 refused nothing");
  }

  /** Sends an anonymous request to the shared endpoint. */
  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(method, cloud.endpoint().resolve(path), "", headers);
  }

  HttpResponse<String> send(String method, URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return cloud.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Signs a request for later with the account's key and sends it as raw HTTP. */
  S3Presigner presigner(String secret) {
    return S3Presigner.builder()
        .endpointOverride(cloud.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", secret)))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  /** Sends a signed GET as raw HTTP, to see the answer as it is. */
  HttpResponse<String> signedGet(String bucket, String key, String... headers)
      throws IOException, InterruptedException {
    try (S3Presigner presigner = presigner("test")) {
      URI uri =
          URI.create(
              presigner
                  .presignGetObject(
                      p ->
                          p.signatureDuration(Duration.ofMinutes(5))
                              .getObjectRequest(g -> g.bucket(bucket).key(key)))
                  .url()
                  .toString());
      return send("GET", uri, "", headers);
    }
  }

  /** Sends a signed PUT as raw HTTP: no header but those given. */
  HttpResponse<String> signedPut(String bucket, String key, String body, String... headers)
      throws IOException, InterruptedException {
    try (S3Presigner presigner = presigner("test")) {
      URI uri =
          URI.create(
              presigner
                  .presignPutObject(
                      p ->
                          p.signatureDuration(Duration.ofMinutes(5))
                              .putObjectRequest(o -> o.bucket(bucket).key(key)))
                  .url()
                  .toString());
      return send("PUT", uri, body, headers);
    }
  }

  static Map<String, java.util.List<String>> headers(HttpResponse<?> response) {
    return response.headers().map();
  }
}
