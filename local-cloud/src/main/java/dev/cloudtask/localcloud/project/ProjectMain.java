package dev.cloudtask.localcloud.project;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.certificate.LoopbackCertificate;
import dev.cloudtask.localcloud.certificate.LoopbackCertificate.UnavailableException;
import dev.cloudtask.localcloud.files.PrivateFiles;
import dev.cloudtask.localcloud.store.MvStateStore.StoreDamagedException;
import dev.cloudtask.localcloud.store.MvStateStore.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A project's stack in the foreground: {@code ProjectMain FOLDER [--port=N] [--fresh] [--tls]}.
 *
 * <p>Ends on Ctrl-C, on a plain kill, and when its standard input closes, which is how it learns
 * that the process that started it is gone.
 */
public final class ProjectMain {
  private static final int DEFAULT_PORT = 4566;
  private static final String STACK = "cloudtask";

  private final Path folder;
  private final Timeline timeline = new Timeline(LocalCloud.systemClock());
  private final CountDownLatch ended = new CountDownLatch(1);

  private ProjectMain(Path folder) {
    this.folder = folder;
  }

  /** Runs. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
    int port = -1;
    boolean fresh = false;
    boolean tls = false;
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      if (argument.startsWith("--port=")) {
        port = Integer.parseInt(argument.substring("--port=".length()));
      } else if (argument.equals("--fresh")) {
        fresh = true;
      } else if (argument.equals("--tls")) {
        tls = true;
      } else {
        throw new IllegalArgumentException("unknown argument " + argument);
      }
    }
    System.exit(new ProjectMain(folder).run(port, fresh, tls));
  }

  private int run(int port, boolean fresh, boolean tls) throws IOException, InterruptedException {
    System.out.println();
    System.out.println("CloudTask: starting local-cloud and deploying " + folder);
    Path state = folder.resolve(".cloudtask").resolve("state");
    if (fresh && !PrivateFiles.deleteTree(state)) {
      System.err.println(
          "Cannot begin anew: not everything in "
              + state
              + " can be deleted. Is another"
              + " local-cloud running on it?");
      return 1;
    }
    LocalCloud cloud;
    try {
      cloud = start(state, port, tls);
    } catch (StoreInUseException | StoreDamagedException | UnavailableException e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (UncheckedIOException e) {
      System.err.println(
          e.getMessage() + ". Choose another one with \"-Dport=…\", or stop what has it.");
      return 1;
    }
    RunFile runFile = new RunFile(folder.resolve(".cloudtask").resolve("run.json"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud, runFile), "stop"));
    timeline.done("cloud", "local-cloud is up at " + cloud.endpoint());
    try {
      LocalCloud.DeployedStack stack = cloud.deploy(folder.resolve("template.yaml"), STACK);
      timeline.done(
          "stack", "stack " + STACK + (stack.changed() ? " is deployed" : " is there, unchanged"));
      DeployedProject project = ProjectDeployment.upload(cloud, folder, stack);
      timeline.done("website", "website: " + project.filesChanged() + " files uploaded");
      runFile.write(facts(cloud, project), timeline.millis());
      print(cloud, project);
    } catch (DeploymentFailedException e) {
      System.err.println();
      System.err.println(e.getMessage());
      return 1;
    }
    endWithInput();
    ended.await();
    return 0;
  }

  private static LocalCloud start(Path state, int port, boolean tls) {
    LocalCloud.Builder builder = LocalCloud.builder().stateFolder(state);
    if (tls) {
      builder.tls();
    }
    if (port >= 0) {
      return builder.port(port).start();
    }
    try {
      return builder.port(DEFAULT_PORT).start();
    } catch (UncheckedIOException e) {
      System.out.println(
          "  Port "
              + DEFAULT_PORT
              + " is taken (another cloud?), so this one takes a free port. \"-Dport=…\" chooses.");
      return builder.port(0).start();
    }
  }

  private void stop(LocalCloud cloud, RunFile runFile) {
    runFile.remove();
    cloud.close();
    System.out.println("\nCloudTask has stopped. Users and tasks are kept for the next start.");
    ended.countDown();
  }

  /** Waits in the background for the end of standard input: then the parent process is gone. */
  private void endWithInput() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // What is typed here means nothing.
                }
              } catch (IOException e) {
                // A broken pipe says the same.
              }
              ended.countDown();
            },
            "parent-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static Map<String, String> facts(LocalCloud cloud, DeployedProject project) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("endpoint", cloud.endpoint().toString());
    facts.put("stackName", project.stackName());
    facts.put("region", cloud.region());
    for (Map.Entry<String, String> name :
        Map.of(
                "websiteUrl", "WebsiteUrl",
                "cloudFrontUrl", "CloudFrontUrl",
                "apiUrl", "ApiUrl",
                "userPoolId", "UserPoolId",
                "userPoolClientId", "UserPoolClientId",
                "tableName", "TableName")
            .entrySet()) {
      facts.put(name.getKey(), project.outputs().getOrDefault(name.getValue(), ""));
    }
    facts.put("inboxUrl", cloud.inbox().toString());
    cloud
        .certificate()
        .ifPresent(
            certificate -> {
              facts.put("cloudFrontTlsUrl", tlsUrl(cloud, project));
              facts.put("caFile", certificate.pemFile().toString());
              facts.put("trustStore", certificate.trustStoreFile().toString());
            });
    return facts;
  }

  private static String tlsUrl(LocalCloud cloud, DeployedProject project) {
    String url = project.awsOutputs().getOrDefault("CloudFrontUrl", "");
    String host = url.replaceFirst("^https://([^/]*).*", "$1");
    return cloud.names().tlsOrigin(host).map(URI::toString).orElse("");
  }

  private static String tlsLines(LoopbackCertificate certificate, String url) {
    return """
          The same with TLS        %s
            curl and Python trust  %s
                                   (curl --cacert FILE, SSL_CERT_FILE=FILE)
            Java trusts            %s
                                   ("-Djavax.net.ssl.trustStore=FILE" "-Djavax.net.ssl.trustStorePassword=%s")
        """
        .formatted(
            url.isEmpty() ? "(no output CloudFrontUrl)" : url,
            certificate.pemFile(),
            certificate.trustStoreFile(),
            LoopbackCertificate.TRUST_STORE_PASSWORD);
  }

  private void print(LocalCloud cloud, DeployedProject project) {
    URI endpoint = cloud.endpoint();
    Map<String, Long> millis = timeline.millis();
    StringBuilder times = new StringBuilder();
    millis.forEach(
        (part, took) -> {
          if (!part.equals("total")) {
            times.append(String.format("%s %.1f s · ", part, took / 1000.0));
          }
        });
    System.out.printf(
        """

          CloudTask runs. Open     %s
          Mail is read at          %s
          AWS endpoint             %s
            AWS_ENDPOINT_URL=%s AWS_DEFAULT_REGION=%s AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \\
              aws cloudformation describe-stacks
        %s  Started in               %.1f s (%s)
          Stop                     Ctrl-C (users and tasks are kept; "-Dfresh" begins anew)

        """,
        project.outputs().getOrDefault("CloudFrontUrl", "(no output CloudFrontUrl)"),
        cloud.inbox(),
        endpoint,
        endpoint,
        cloud.region(),
        cloud
            .certificate()
            .map(certificate -> tlsLines(certificate, tlsUrl(cloud, project)))
            .orElse(""),
        millis.getOrDefault("total", 0L) / 1000.0,
        times.substring(0, Math.max(0, times.length() - 3)));
  }
}
