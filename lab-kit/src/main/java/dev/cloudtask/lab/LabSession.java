package dev.cloudtask.lab;

import dev.cloudtask.lab.code.FunctionCode;
import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.project.DeployedProject;
import dev.cloudtask.localcloud.project.ProjectDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of lab tests on one project: the cloud is started and the project deployed when the first
 * test needs them; a refusal is told once in full, and to the other tests in a line.
 */
final class LabSession implements AutoCloseable {
  private static final String STACK_NAME = "cloudtask";
  private static final String PACKAGED_STACK_NAME = "cloudtask-package";

  private final Project project;
  private final FunctionCode code;
  private final LabClock clock = new LabClock();
  private @Nullable Path folder;
  private @Nullable LocalCloud cloud;
  private @Nullable Clients clients;
  private @Nullable Traces traces;
  private @Nullable Browser browser;
  private @Nullable Stack stack;
  private @Nullable Stack packagedStack;
  private @Nullable String refusedAt;
  private Finding.@Nullable Kind refusal;

  LabSession(Project project) {
    this.project = project;
    this.code = new FunctionCode(project.folder());
  }

  Project project() {
    return project;
  }

  LabClock clock() {
    return clock;
  }

  Clients clients() {
    return Objects.requireNonNull(clients, "the session is not ready");
  }

  Traces traces() {
    return Objects.requireNonNull(traces, "the session is not ready");
  }

  Inbox inbox() {
    return new Inbox(clients().http(), Objects.requireNonNull(cloud).inbox());
  }

  /** Returns the browser, started when it is first asked for. */
  synchronized Browser browser() {
    Browser running = browser;
    if (running == null) {
      running = Browser.start(Browser.executable().orElseThrow());
      browser = running;
    }
    return running;
  }

  RealPackage realPackage() {
    return new RealPackage(this);
  }

  /** A step begins: the time is the machine's again, and what happened before is forgotten. */
  synchronized void beginStep() {
    clock.reset();
    if (traces != null) {
      traces.forget();
    }
  }

  /**
   * Looks whether a lab is begun, by the template alone. A type of the same service counts as a
   * beginning: it may be the right one, misspelt, and CloudFormation says so best.
   *
   * @param type of a resource that the lab cannot do without; empty for a lab that has none
   * @throws Finding if it is not begun
   */
  void requireBegun(String type) {
    if (type.isEmpty()) {
      return;
    }
    TemplateView template = TemplateView.read(project.template());
    String service = type.substring(0, type.lastIndexOf(':') + 1);
    List<String> types = template.types();
    if (types.stream().noneMatch(declared -> declared.startsWith(service))) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read " + project.template().getFileName())
          .expected("a resource of the type " + type)
          .got(types.isEmpty() ? "no resources so far" : "so far only " + String.join(", ", types))
          .where(template.resourcesPlace())
          .why("CloudFormation makes what a template declares, and nothing else.")
          .found();
    }
  }

  /**
   * Returns the student's stack, deployed.
   *
   * @param step the step that asks
   * @throws Finding if there is nothing to deploy, or it does not deploy
   */
  synchronized Stack stack(String step) {
    if (stack != null) {
      return stack;
    }
    TemplateView template = TemplateView.read(project.template());
    Finding.Kind refused = refusal;
    if (refused != null) {
      throw Finding.of(refused, "deployed your project once, for all steps")
          .expected("a stack")
          .got("a refusal, told in full at step " + refusedAt)
          .found();
    }
    try {
      code.requireCompiled(folder());
      if (!template.isEmpty()) {
        Stack made = deploy(STACK_NAME, template, named -> code.inPlaceOf(named, folder()));
        stack = made;
        return made;
      }
    } catch (Finding finding) {
      refusal = finding.kind();
      refusedAt = step;
      throw finding;
    }
    throw Finding.of(Finding.Kind.NOT_STARTED, "read " + project.template().getFileName())
        .expected("resources")
        .got("none so far, only TODOs")
        .where(template.resourcesPlace())
        .why("CloudFormation makes what a template declares, and nothing else.")
        .found();
  }

  /** Returns a second stack, from the package that the build has made. */
  synchronized Stack packagedStack() {
    Stack made = packagedStack;
    if (made == null) {
      made =
          deploy(
              PACKAGED_STACK_NAME,
              TemplateView.read(project.template()),
              named -> {
                code.requireFreshPackage(named);
                return named;
              });
      packagedStack = made;
    }
    return made;
  }

  private Stack deploy(String name, TemplateView template, UnaryOperator<Path> inPlaceOf) {
    try {
      DeployedProject deployed = upload(cloud().deploy(project.template(), name, inPlaceOf));
      List<Stack.Resource> resources =
          deployed.resources().stream()
              .map(r -> new Stack.Resource(r.logicalId(), r.type(), r.physicalId()))
              .toList();
      return new Stack(
          deployed.outputs(),
          deployed.awsOutputs(),
          resources,
          reachedAt(cloud().names()),
          template);
    } catch (DeploymentFailedException e) {
      Finding.Builder finding =
          Finding.of(Finding.Kind.NOT_DEPLOYED, "deployed " + project.template().getFileName())
              .expected("a stack")
              .got(e.reason());
      Optional<Refusals.Explanation> known = Refusals.explain(e.reason(), e.where(), template);
      String where = known.map(Refusals.Explanation::where).orElse(e.where());
      String why = known.map(Refusals.Explanation::why).orElse(e.advice());
      if (!where.isEmpty()) {
        finding.where(where);
      }
      if (!why.isEmpty()) {
        finding.why(why);
      }
      throw finding.found();
    }
  }

  /**
   * Uploads the website. If the outputs name no bucket or no distribution, the stack still stands:
   * the steps that ask for these outputs say what is wrong with them.
   */
  private DeployedProject upload(LocalCloud.DeployedStack made) {
    try {
      return ProjectDeployment.upload(cloud(), project.folder(), made);
    } catch (DeploymentFailedException e) {
      return ProjectDeployment.withoutWebsite(cloud(), made);
    }
  }

  /** Nothing but what this cloud has itself is reached: no test calls out by a wrong name. */
  private static Function<String, Optional<URI>> reachedAt(LocalNames names) {
    return url -> {
      try {
        URI local = URI.create(names.toLocal(url));
        return Optional.of(local).filter(found -> "127.0.0.1".equals(found.getHost()));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // no URL at all
      }
    };
  }

  private LocalCloud cloud() {
    LocalCloud running = cloud;
    if (running == null) {
      running = LocalCloud.builder().clock(clock).start();
      cloud = running;
      clients = new Clients(new Clients.Endpoint(running.endpoint(), running.region()));
      traces = new Traces(running.tracer(), project);
    }
    return running;
  }

  private Path folder() {
    Path known = folder;
    if (known == null) {
      try {
        known = Files.createTempDirectory("cloudtask-lab-");
      } catch (IOException e) {
        throw new UncheckedIOException("no temporary folder", e);
      }
      folder = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    if (browser != null) {
      browser.close();
    }
    if (clients != null) {
      clients.close();
    }
    if (cloud != null) {
      cloud.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        folder.toFile().deleteOnExit(); // the system's cleaner of temporary files follows
      }
    }
  }
}
