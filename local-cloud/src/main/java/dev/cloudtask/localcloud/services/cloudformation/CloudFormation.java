package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.stack.Deployment;
import dev.cloudtask.localcloud.cloudformation.stack.DeploymentFailure;
import dev.cloudtask.localcloud.cloudformation.stack.EventRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackRequest;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** AWS CloudFormation: stacks of resources from templates. */
public final class CloudFormation implements CloudService {
  private final CloudEnvironment environment;
  private final StackEngine engine;
  private final CloudFormationEndpoint endpoint;

  /** Creates the service; it can deploy nothing until {@link #register} was called. */
  public CloudFormation(CloudEnvironment environment, Authorizer authorizer, ObjectReader objects) {
    this(environment, authorizer, objects, new ResourceTypes(List.of()));
  }

  CloudFormation(
      CloudEnvironment environment,
      Authorizer authorizer,
      ObjectReader objects,
      ResourceTypes types) {
    this.environment = environment;
    this.engine = new StackEngine(environment, types);
    this.endpoint = new CloudFormationEndpoint(environment, authorizer, objects, engine);
  }

  /**
   * Makes resource types known; call it once with those of all services, before the first request.
   */
  public CloudFormation register(Collection<? extends ResourceProvider> providers) {
    providers.forEach(engine::register);
    return this;
  }

  @Override
  public ServiceEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Operations operations() {
    return endpoint.operations();
  }

  /** Finishes what the death of the process interrupted, before the first request comes in. */
  @Override
  public void started() {
    engine.recover();
  }

  @Override
  public void close() {
    engine.close();
  }

  /**
   * Deploys a template as the account's root with every capability, and waits: makes the stack, or
   * brings it up to date. One whose creation had failed is deleted first, as a person would have
   * to. Nothing is thrown for a template or a deployment that is wrong: the result says why.
   */
  public DeployResult deploy(DeployRequest request) {
    Caller caller = new Caller.Root(environment.accountId());
    StackRequest asked =
        new StackRequest(
            request.stackName(),
            request.templateBody(),
            request.templateFile(),
            request.parameters(),
            request.tags(),
            List.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"),
            "ROLLBACK",
            false,
            null,
            caller);
    int eventsBefore = 0;
    try {
      engine.read(request.templateBody(), request.templateFile());
      Optional<DeploymentFailure> inTheWay = clear(request.stackName(), caller);
      Optional<StackRecord> existing = engine.store().find(request.stackName());
      if (inTheWay.isPresent()) {
        return result(existing.orElseThrow(), 0, true, inTheWay);
      }
      eventsBefore = existing.map(stack -> engine.store().events(stack.id()).size()).orElse(0);
      Deployment deployment = existing.isPresent() ? engine.update(asked) : engine.create(asked);
      Optional<DeploymentFailure> failure = deployment.done().join();
      return result(
          engine.store().find(deployment.stackId()).orElseThrow(), eventsBefore, true, failure);
    } catch (TemplateException e) {
      return refused(new DeploymentFailure("", e.message(), e.position(), e.advice()));
    } catch (AwsException e) {
      Optional<StackRecord> stack = engine.store().find(request.stackName());
      if (e.message().equals("No updates are to be performed.") && stack.isPresent()) {
        return result(stack.get(), eventsBefore, false, Optional.empty());
      }
      return refused(new DeploymentFailure("", e.message(), Optional.empty(), ""));
    }
  }

  /** Deletes what is left of a creation that failed. */
  private Optional<DeploymentFailure> clear(String stackName, Caller caller) {
    boolean remains =
        engine
            .store()
            .find(stackName)
            .map(StackRecord::status)
            .filter(
                Set.of(
                        "ROLLBACK_COMPLETE",
                        "ROLLBACK_FAILED",
                        "CREATE_FAILED",
                        "DELETE_FAILED",
                        "REVIEW_IN_PROGRESS")
                    ::contains)
            .isPresent();
    return remains ? delete(stackName, caller) : Optional.empty();
  }

  /** Deletes a stack and waits; one that is not there is deleted already. */
  public Optional<DeploymentFailure> delete(String stackName) {
    return delete(stackName, new Caller.Root(environment.accountId()));
  }

  private Optional<DeploymentFailure> delete(String stackName, Caller caller) {
    return engine
        .delete(stackName, Set.of(), null, caller)
        .flatMap(deployment -> deployment.done().join());
  }

  private static DeployResult refused(DeploymentFailure failure) {
    return new DeployResult(
        "", "", false, Map.of(), List.of(), Optional.of(failure), List.of(), Map.of());
  }

  private DeployResult result(
      StackRecord stack, int eventsBefore, boolean changed, Optional<DeploymentFailure> failure) {
    Map<String, String> outputs = new LinkedHashMap<>();
    stack.outputs().forEach(output -> outputs.put(output.key(), output.value()));
    List<EventRecord> events = new ArrayList<>(engine.store().events(stack.id()));
    Collections.reverse(events);
    Map<String, List<String>> withoutEffect = new LinkedHashMap<>();
    List<DeployResult.StackResource> resources = new ArrayList<>();
    engine
        .store()
        .resources(stack.id())
        .forEach(
            resource -> {
              String physicalId = resource.physicalId();
              if (physicalId != null) {
                resources.add(
                    new DeployResult.StackResource(
                        resource.logicalId(), resource.type(), physicalId));
              }
              if (!resource.withoutEffect().isEmpty()) {
                withoutEffect.put(resource.logicalId(), resource.withoutEffect());
              }
            });
    return new DeployResult(
        stack.id(),
        stack.status(),
        changed,
        outputs,
        List.copyOf(events.subList(Math.min(eventsBefore, events.size()), events.size())),
        failure,
        List.copyOf(resources),
        withoutEffect);
  }
}
