package dev.cloudtask.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Real clients of a cloud, each made when it is first asked for. They call with the rights of the
 * account's owner. The same ones speak to local-cloud, to LocalStack or to any other endpoint that
 * takes the credentials {@code test}/{@code test}.
 */
public final class Clients implements AutoCloseable {
  private static final Map<Class<? extends SdkClient>, Function<Clients, SdkClient>> KINDS =
      Map.of(
          S3Client.class, own -> own.at(S3Client.builder()).forcePathStyle(true).build(),
          CloudFrontClient.class, own -> own.at(CloudFrontClient.builder()).build(),
          CognitoIdentityProviderClient.class,
              own -> own.at(CognitoIdentityProviderClient.builder()).build(),
          LambdaClient.class, own -> own.at(LambdaClient.builder()).build(),
          ApiGatewayClient.class, own -> own.at(ApiGatewayClient.builder()).build(),
          DynamoDbClient.class, own -> own.at(DynamoDbClient.builder()).build(),
          CloudWatchLogsClient.class, own -> own.at(CloudWatchLogsClient.builder()).build(),
          IamClient.class, own -> own.at(IamClient.builder()).build());

  private final Map<Class<? extends SdkClient>, SdkClient> made = new LinkedHashMap<>();
  private final Endpoint endpoint;
  private @Nullable HttpClient http;

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

  /** Makes clients of a cloud. */
  public Clients(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Returns the kinds of clients that there are. */
  static Set<Class<? extends SdkClient>> kinds() {
    return KINDS.keySet();
  }

  /**
   * Returns the client of a service.
   *
   * @param kind such as {@code DynamoDbClient.class}
   */
  public synchronized <C extends SdkClient> C of(Class<C> kind) {
    SdkClient client = made.get(kind);
    if (client == null) {
      Function<Clients, SdkClient> maker = KINDS.get(kind);
      if (maker == null) {
        throw new IllegalArgumentException("there is no client " + kind.getSimpleName() + " here");
      }
      client = maker.apply(this);
      made.put(kind, client);
    }
    return kind.cast(client);
  }

  private <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B at(B builder) {
    return builder
        .endpointOverride(endpoint.uri())
        .region(Region.of(endpoint.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  /** Returns a stranger: HTTP without credentials, which follows no redirect. */
  public synchronized HttpClient http() {
    HttpClient known = http;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(Duration.ofSeconds(10))
              .build();
      http = known;
    }
    return known;
  }

  /** Returns where the cloud is. */
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public synchronized void close() {
    made.values().forEach(SdkClient::close);
    made.clear();
  }
}
