package dev.cloudtask.localcloud;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A cloud on a free port with real clients, closed with the test.
 *
 * <pre>{@code
 * try (TestCloud cloud = TestCloud.start()) {
 *   S3Client s3 = cloud.client(S3Client.builder());
 * }
 * }</pre>
 */
public final class TestCloud implements AutoCloseable {
  private final LocalCloud cloud;
  private final MovableClock clock;
  private final List<SdkAutoCloseable> clients = new ArrayList<>();

  private TestCloud(LocalCloud cloud, MovableClock clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  /** Starts a cloud in memory. */
  public static TestCloud start() {
    return start(builder -> {});
  }

  /** Starts a cloud that keeps its state in a folder. */
  public static TestCloud startIn(Path stateFolder) {
    return start(builder -> builder.stateFolder(stateFolder));
  }

  /** Starts a cloud with settings of its own. */
  public static TestCloud start(Consumer<LocalCloud.Builder> settings) {
    MovableClock clock = new MovableClock();
    LocalCloud.Builder builder = LocalCloud.builder().clock(clock);
    settings.accept(builder);
    return new TestCloud(builder.start(), clock);
  }

  /** Returns the cloud. */
  public LocalCloud cloud() {
    return cloud;
  }

  /** Returns the shared endpoint. */
  public URI endpoint() {
    return cloud.endpoint();
  }

  /**
   * Moves the cloud's clock forward. Clients keep their own time: signatures stay good for minutes.
   */
  public void advance(Duration by) {
    clock.advance(by);
  }

  /** Builds a client with the account's root credentials. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(B builder) {
    return client(builder, AwsBasicCredentials.create("test", "test"));
  }

  /** Builds a client with these credentials. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(B builder, AwsCredentials credentials) {
    C client =
        builder
            .endpointOverride(cloud.endpoint())
            .region(Region.of(cloud.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    clients.add(client);
    return client;
  }

  /**
   * Makes an IAM user who may do everything and returns the user's key: for what root may not do,
   * such as to assume a role.
   */
  public AwsCredentials newAdministrator() {
    IamClient iam = client(IamClient.builder());
    String name = "administrator-" + clients.size();
    iam.createUser(r -> r.userName(name));
    iam.attachUserPolicy(
        r -> r.userName(name).policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  /** Returns a plain HTTP client that follows nothing. */
  public HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  @Override
  public void close() {
    clients.forEach(SdkAutoCloseable::close);
    cloud.close();
  }

  private static final class MovableClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void advance(Duration by) {
      ahead.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("all time here is UTC");
    }
  }
}
