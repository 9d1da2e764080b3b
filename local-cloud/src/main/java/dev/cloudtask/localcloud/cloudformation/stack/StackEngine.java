package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes stacks. A request is checked at once and refused as CloudFormation
 * refuses it; the deployment then runs on a thread of its own. Thread-safe.
 */
public final class StackEngine implements AutoCloseable {
  private final ResourceTypes types;
  private final StackStore store;
  private final Map<String, ResourceProvider> providers = new ConcurrentHashMap<>();
  private final Planner planner;
  private final Deployments deployments;
  private final ChangeSets changeSets;

  /** Creates an engine that knows no resource types yet. */
  public StackEngine(CloudEnvironment environment, ResourceTypes types) {
    this.types = types;
    this.store = new StackStore(environment.store());
    this.planner = new Planner(environment, types, store, providers);
    this.deployments = new Deployments(environment, types, store, providers, planner);
    this.changeSets = new ChangeSets(environment, types, store, planner, deployments);
  }

  /** Makes a resource type known. */
  public void register(ResourceProvider provider) {
    if (providers.put(provider.type(), provider) != null) {
      throw new IllegalArgumentException("two providers of " + provider.type());
    }
  }

  /** Returns what is kept of stacks. */
  public StackStore store() {
    return store;
  }

  /** Returns what is known of resource types. */
  public ResourceTypes types() {
    return types;
  }

  /** Returns the names of the resource types that can be deployed, in no order. */
  public Set<String> deployable() {
    return Set.copyOf(providers.keySet());
  }

  /**
   * Reads a template and refuses types that cannot be deployed.
   *
   * @throws TemplateException if it is wrong, with the position
   */
  public Template read(String body, String file) {
    return planner.read(body, file);
  }

  /**
   * Begins to make a stack.
   *
   * @throws TemplateException if the template or its parameters are wrong
   * @throws dev.cloudtask.localcloud.protocol.AwsException if it cannot be for another reason
   */
  public synchronized Deployment create(StackRequest request) {
    store
        .find(request.name())
        .ifPresent(
            existing -> {
              throw StackErrors.alreadyExists(request.name());
            });
    StackRecord stack = planner.newStack(request, "CREATE_IN_PROGRESS");
    Plan plan = planner.plan(stack, request);
    Capabilities.check(plan.template(), types, request.capabilities());
    StackRecord planned = stack.withSource(Planner.source(request, plan), null);
    return deployments.create(planned, "CreateStack", request, plan);
  }

  /**
   * Begins to change a stack.
   *
   * @throws TemplateException if the template or its parameters are wrong
   * @throws dev.cloudtask.localcloud.protocol.AwsException if it cannot be for another reason, or
   *     nothing would change
   */
  public synchronized Deployment update(StackRequest request) {
    StackRecord stack = planner.updatable(request.name());
    Plan plan = planner.planUpdate(stack, request);
    if (planner.changes(stack, plan, request).isEmpty()) {
      throw StackErrors.noUpdates();
    }
    return deployments.update(stack, request, plan, null);
  }

  /**
   * Begins to delete a stack; one that is not there is deleted already.
   *
   * @param retained logical ids to leave alone, of a stack that is DELETE_FAILED
   */
  public synchronized Optional<Deployment> delete(
      String nameOrId, Set<String> retained, @Nullable String token, Caller caller) {
    Optional<StackRecord> found = store.find(nameOrId).filter(each -> !each.isDeleted());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StackRecord stack = found.get();
    checkDeletable(stack, retained);
    if (stack.status().equals("REVIEW_IN_PROGRESS")) {
      store.write(() -> store.forget(stack.id()));
      return Optional.empty();
    }
    if (stack.status().equals("DELETE_IN_PROGRESS")) {
      return Optional.empty();
    }
    return Optional.of(deployments.delete(stack, retained, token, caller));
  }

  private void checkDeletable(StackRecord stack, Set<String> retained) {
    if (stack.terminationProtection()) {
      throw StackErrors.terminationProtected(stack);
    }
    if (!retained.isEmpty() && !stack.status().equals("DELETE_FAILED")) {
      throw StackErrors.validation(
          "Invalid operation on stack ["
              + stack.id()
              + "]. To delete a stack with retained resources, the stack must be in the"
              + " DELETE_FAILED state.");
    }
    boolean creating =
        stack.status().equals("CREATE_IN_PROGRESS")
            || stack.status().equals("ROLLBACK_IN_PROGRESS")
            || stack.status().equals("DELETE_IN_PROGRESS");
    if (stack.isInProgress() && !creating) {
      throw StackErrors.cannotDelete(stack);
    }
    for (StackStore.Export export : store.exports()) {
      List<String> importers = store.importers(export.name());
      if (export.stackId().equals(stack.id()) && !importers.isEmpty()) {
        throw StackErrors.exportInUse(export.name(), importers);
      }
    }
  }

  /** Sets termination protection. */
  public synchronized StackRecord protect(String nameOrId, boolean on) {
    StackRecord stack =
        store
            .find(nameOrId)
            .filter(each -> !each.isDeleted())
            .orElseThrow(() -> StackErrors.noStack(nameOrId));
    StackRecord changed = stack.withTerminationProtection(on);
    store.write(() -> store.put(changed));
    return changed;
  }

  /**
   * Works out and keeps a change set; for a name that is free, a stack in review with it.
   *
   * @param type {@code CREATE}, {@code UPDATE}
   */
  public synchronized ChangeSetRecord createChangeSet(
      String name, String type, @Nullable String description, StackRequest request) {
    return changeSets.create(name, type, description, request);
  }

  /** Begins to do what a change set says; the other change sets of its stack go. */
  public synchronized Deployment execute(
      ChangeSetRecord changeSet, @Nullable String token, Caller caller) {
    return changeSets.execute(changeSet, token, caller);
  }

  /** Forgets a change set. */
  public synchronized void deleteChangeSet(ChangeSetRecord changeSet) {
    changeSets.delete(changeSet);
  }

  /**
   * Goes on with every stack that the death of the process left in the middle; returns when done.
   */
  public void recover() {
    deployments.recover();
  }

  @Override
  public void close() {
    deployments.close();
  }
}
