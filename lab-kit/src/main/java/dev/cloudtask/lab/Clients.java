package dev.cloudtask.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Real clients of a cloud. The same ones speak to local-cloud, to LocalStack or to any other
 * endpoint that takes the credentials {@code test}/{@code test}.
 */
public final class Clients implements AutoCloseable {
  private final S3Client s3;
  private final HttpClient http;
  private final Endpoint endpoint;
  private @Nullable CloudFrontClient cloudFront;

  /**
   * Where a cloud is.
   *
   * @param uri the endpoint of all services
   */
  public record Endpoint(URI uri, String region) {
    /** Returns the address at which S3's REST API answers for an object; the key may be empty. */
    public URI object(String bucket, String key) {
      return URI.create(uri.toString().replaceAll("/$", "") + "/" + bucket + "/" + key);
    }
  }

  /** Makes the clients. */
  public Clients(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.s3 =
        S3Client.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.of(endpoint.region()))
            .credentialsProvider(credentials())
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /** Returns S3 as the owner of the account sees it. */
  public S3Client s3() {
    return s3;
  }

  /** Returns CloudFront as the owner of the account sees it. Made when it is first asked for. */
  public synchronized CloudFrontClient cloudFront() {
    if (cloudFront == null) {
      cloudFront =
          CloudFrontClient.builder()
              .endpointOverride(endpoint.uri())
              .region(Region.of(endpoint.region()))
              .credentialsProvider(credentials())
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build();
    }
    return cloudFront;
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }

  /** Returns a stranger: HTTP without credentials, which follows no redirect. */
  public HttpClient http() {
    return http;
  }

  /** Returns where the cloud is. */
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public synchronized void close() {
    s3.close();
    if (cloudFront != null) {
      cloudFront.close();
    }
  }
}
