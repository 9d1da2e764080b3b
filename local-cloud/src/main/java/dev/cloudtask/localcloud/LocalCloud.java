package dev.cloudtask.localcloud;

import dev.cloudtask.localcloud.certificate.LoopbackCertificate;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.files.PrivateFiles;
import dev.cloudtask.localcloud.gateway.FrontDesk;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.store.StateStore;
import dev.cloudtask.localcloud.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * AWS in this JVM, on loopback.
 *
 * <pre>{@code
 * try (LocalCloud cloud = LocalCloud.builder().start()) {
 *   S3Client s3 = S3Client.builder().endpointOverride(cloud.endpoint())...;
 * }
 * }</pre>
 *
 * <p>Any AWS client can talk to {@link #endpoint()} with the credentials {@code test}/{@code test}.
 * Closing the cloud closes every port and ends every function's process.
 */
public final class LocalCloud implements AutoCloseable {
  private static final String STATE_FILE = "state.db";

  private final CloudEnvironment environment;
  private final FrontDesk desk;
  private final List<CloudService> services;
  private final StackDeployer deployer;
  private final Path workFolder;
  private final boolean temporary;
  private final @Nullable LoopbackCertificate certificate;

  private LocalCloud(
      CloudEnvironment environment,
      Path workFolder,
      boolean temporary,
      int port,
      @Nullable LoopbackCertificate certificate) {
    this.environment = environment;
    this.workFolder = workFolder;
    this.temporary = temporary;
    this.certificate = certificate;
    Wiring wiring =
        new Wiring(
            environment, workFolder, certificate == null ? null : certificate.serverContext());
    this.desk = wiring.desk();
    this.services = wiring.services();
    this.deployer = new StackDeployer(this, wiring.cloudFormation(), environment.accountId());
    desk.add(
        new HealthPage(
            services.stream().map(service -> service.endpoint().signingName()).toList()));
    try {
      desk.open(port);
      services.forEach(CloudService::started);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns a builder of a cloud: in memory, on any free port, unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the machine's clock, which a cloud tells the time by unless told otherwise. */
  public static Clock systemClock() {
    return Clock.systemUTC();
  }

  /** Returns the shared endpoint of all services, {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return desk.endpoint();
  }

  /** Returns where the mail is read: JSON, or a page for browsers. */
  public URI inbox() {
    return endpoint().resolve("/_aws/ses");
  }

  /** Returns the region every ARN names. */
  public String region() {
    return environment.region();
  }

  /** Returns the traces of the newest requests. */
  public Tracer tracer() {
    return environment.tracer();
  }

  /** Returns the services, for the tables that are made of them. */
  List<CloudService> services() {
    return services;
  }

  /** Returns the table of AWS names and local origins. */
  public LocalNames names() {
    return desk.names();
  }

  /**
   * Returns the certificate that the distributions' TLS ports show, with the files for clients to
   * trust it; empty unless {@link Builder#tls} was asked for.
   */
  public Optional<LoopbackCertificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  /**
   * Sends a request to a service as the account's root, without a signature and without a socket.
   *
   * @param service the name in SigV4's credential scope, for instance {@code s3}
   */
  public HttpResponse sendAsRoot(String service, HttpRequest request) {
    return desk.asRoot(service, request);
  }

  /**
   * Deploys a template file as the account's root: packages local code as {@code aws cloudformation
   * package} does, then makes the stack or brings it up to date, and waits.
   *
   * @throws DeploymentFailedException if the template or a resource is refused; the message says
   *     what, where and what next
   */
  public DeployedStack deploy(Path template, String stackName) {
    return deploy(template, stackName, UnaryOperator.identity());
  }

  /**
   * Deploys like {@link #deploy(Path, String)}, with other files in the place of some that the
   * template names: a function's code as it was compiled a moment ago, say, for a package that no
   * build has made yet.
   *
   * @param inPlaceOf says which file is uploaded for a local path of the template; mostly the same
   */
  public DeployedStack deploy(Path template, String stackName, UnaryOperator<Path> inPlaceOf) {
    return deployer.deploy(template, stackName, inPlaceOf);
  }

  /**
   * Deletes a stack and waits.
   *
   * @return why it could not be deleted; empty if it is gone
   */
  public Optional<String> delete(String stackName) {
    return deployer.delete(stackName);
  }

  /**
   * A stack as it stands after a deployment.
   *
   * @param outputs the outputs with the names AWS gives
   * @param resources what it consists of
   * @param changed whether there was anything to do
   * @param withoutEffect for each logical id, the properties that AWS acts upon and this cloud only
   *     keeps
   */
  public record DeployedStack(
      String name,
      String stackId,
      Map<String, String> outputs,
      List<StackResource> resources,
      boolean changed,
      Map<String, List<String>> withoutEffect) {}

  /**
   * A resource of a stack.
   *
   * @param logicalId its name in the template
   * @param physicalId what the service calls it
   */
  public record StackResource(String logicalId, String type, String physicalId) {}

  /** Returns this build's version. */
  static String version() {
    return Optional.ofNullable(LocalCloud.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public void close() {
    desk.close();
    for (int i = services.size() - 1; i >= 0; i--) {
      services.get(i).close();
    }
    environment.store().close();
    if (temporary) {
      if (!PrivateFiles.deleteTree(workFolder)) {
        // A child JVM may still hold a file for a moment on some systems; the system's temp cleaner
        // follows.
        workFolder.toFile().deleteOnExit();
      }
    }
  }

  /** Says what kind of cloud to start. */
  public static final class Builder {
    private int port;
    private @Nullable Path stateFolder;
    private boolean tls;
    private String region = "us-east-1";
    private String accountId = "000000000000";
    private Clock clock = Clock.systemUTC();
    private Random random = new SecureRandom();

    private Builder() {}

    /** Sets the main port; 0 takes any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Keeps the state in this folder, so that it survives; else it is in memory. */
    public Builder stateFolder(Path value) {
      stateFolder = value;
      return this;
    }

    /**
     * Gives each distribution a port with real TLS too, on loopback like all others, with a
     * certificate made for this cloud. The key is kept with the state and readable by its owner
     * only.
     */
    public Builder tls() {
      tls = true;
      return this;
    }

    /** Sets the region. */
    public Builder region(String value) {
      region = value;
      return this;
    }

    /** Sets the account, twelve digits. */
    public Builder accountId(String value) {
      if (!value.matches("\\d{12}")) {
        throw new IllegalArgumentException("an account id has twelve digits: " + value);
      }
      accountId = value;
      return this;
    }

    /** Sets the clock that all services tell the time by. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Sets the source of chance, for runs that must repeat. */
    public Builder random(Random value) {
      random = value;
      return this;
    }

    /**
     * Starts the cloud.
     *
     * @throws UncheckedIOException if the port is taken
     * @throws MvStateStore.StoreInUseException if another cloud runs on the state folder
     */
    public LocalCloud start() {
      Path folder = stateFolder;
      StateStore store =
          folder == null ? MvStateStore.inMemory() : MvStateStore.open(folder.resolve(STATE_FILE));
      try {
        CloudEnvironment environment =
            new CloudEnvironment(accountId, region, clock, new Ids(random), store, new Tracer());
        Path workFolder = folder == null ? Files.createTempDirectory("local-cloud-") : folder;
        return new LocalCloud(
            environment,
            workFolder,
            folder == null,
            port,
            tls ? LoopbackCertificate.in(workFolder.resolve("tls"), systemClock()) : null);
      } catch (IOException e) {
        store.close();
        throw new UncheckedIOException("no temporary folder", e);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    }
  }
}
