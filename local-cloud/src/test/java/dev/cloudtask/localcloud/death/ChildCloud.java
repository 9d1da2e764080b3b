package dev.cloudtask.localcloud.death;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A cloud in a JVM of its own, with real clients that try nothing twice. */
public final class ChildCloud implements AutoCloseable {
  private final Process process;
  private final URI endpoint;
  private final List<SdkAutoCloseable> clients = new ArrayList<>();

  private ChildCloud(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts one on a state folder and waits until it answers.
   *
   * @param jvmOptions more options for its JVM
   */
  public static ChildCloud start(Path state, String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", classPath(), ChildMain.class.getName(), state.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // The reader is left open: closing it would close the child's standard output.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String first = output.readLine();
    if (first == null) {
      throw new IllegalStateException("the cloud did not start; its reason stands above");
    }
    return new ChildCloud(process, URI.create(first));
  }

  /** Returns the tests' class path, whatever way they were started. */
  static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire == null ? System.getProperty("java.class.path") : surefire;
  }

  /** Returns the shared endpoint. */
  public URI endpoint() {
    return endpoint;
  }

  /** Returns the id of its process. */
  public long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Builds a client with the account's root credentials that gives up at the first failure. */
  public synchronized <
          B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkAutoCloseable>
      C client(B builder) {
    C client =
        builder
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    clients.add(client);
    return client;
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    requireEnd("kill -9");
  }

  /** Ends it as Ctrl-C or a plain kill does, and waits. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    requireEnd("kill -" + name);
  }

  /** Closes its standard input, which is what the death of its parent does, and waits. */
  void closeInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    requireEnd("the end of its input");
  }

  private void requireEnd(String cause) throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the cloud outlived " + cause);
    }
    clients.forEach(SdkAutoCloseable::close);
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        closeInput();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
