package dev.cloudtask.lab;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.project.DeployedProject;
import dev.cloudtask.localcloud.project.ProjectDeployment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of lab tests on one project: the cloud is started and the project deployed when the first
 * test needs them; a refusal is told once in full, and to the other tests in a line.
 */
final class LabSession implements AutoCloseable {
  private static final String STACK_NAME = "cloudtask";

  private final Project project;
  private @Nullable LocalCloud cloud;
  private @Nullable Clients clients;
  private @Nullable Stack stack;
  private @Nullable String refusedAt;

  LabSession(Project project) {
    this.project = project;
  }

  Project project() {
    return project;
  }

  Clients clients() {
    if (clients == null) {
      throw new IllegalStateException("the session is not ready");
    }
    return clients;
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
    if (template.isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read " + project.template().getFileName())
          .expected("resources")
          .got("none so far, only TODOs")
          .where(template.resourcesPlace())
          .why("CloudFormation makes what a template declares, and nothing else.")
          .found();
    }
    if (refusedAt != null) {
      throw Finding.of(Finding.Kind.NOT_DEPLOYED, "deployed your template once, for all steps")
          .expected("a stack")
          .got("a refusal, told in full at step " + refusedAt)
          .found();
    }
    try {
      if (cloud == null) {
        cloud = LocalCloud.builder().start();
        clients = new Clients(new Clients.Endpoint(cloud.endpoint(), cloud.region()));
      }
      DeployedProject deployed = ProjectDeployment.deploy(cloud, project.folder(), STACK_NAME);
      stack =
          new Stack(deployed.outputs(), deployed.awsOutputs(), reachedAt(cloud.names()), template);
      return stack;
    } catch (DeploymentFailedException e) {
      refusedAt = step;
      Finding.Builder finding =
          Finding.of(Finding.Kind.NOT_DEPLOYED, "deployed " + project.template().getFileName())
              .expected("a stack")
              .got(e.reason());
      if (!e.where().isEmpty()) {
        finding.where(e.where());
      }
      if (!e.advice().isEmpty()) {
        finding.why(e.advice());
      }
      throw finding.found();
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

  @Override
  public synchronized void close() {
    if (clients != null) {
      clients.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }
}
