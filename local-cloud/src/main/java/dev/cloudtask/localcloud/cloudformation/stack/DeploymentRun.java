package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.stack.Deployer.Failed;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One deployment from its first event to its last: the life of a stack as CloudFormation's status
 * codes tell it. Each method may be begun again after the process died in the middle.
 */
final class DeploymentRun {
  private final StackStore store;
  private final CloudEnvironment environment;
  private final Events events;
  private final Deployer deployer;
  private final Remover remover;
  private final Outputs outputs;
  private final Function<StackRecord, Plan> plans;

  DeploymentRun(
      StackStore store,
      CloudEnvironment environment,
      Events events,
      Deployer deployer,
      Remover remover,
      Function<StackRecord, Plan> plans) {
    this.store = store;
    this.environment = environment;
    this.events = events;
    this.deployer = deployer;
    this.remover = remover;
    this.outputs = new Outputs(store);
    this.plans = plans;
  }

  /** Makes a stack that is CREATE_IN_PROGRESS. */
  Optional<DeploymentFailure> create(String stackId, Plan plan) {
    StackRecord stack = store.stack(stackId);
    Optional<Failed> failed =
        deployer
            .check(stack, plan)
            .or(() -> deployer.create(stack, plan))
            .or(() -> complete(stackId, plan, "CREATE_COMPLETE"));
    failed.ifPresent(each -> undoCreation(stackId, each.stackReason()));
    return failed.map(Failed::cause);
  }

  private Optional<Failed> complete(String stackId, Plan plan, String status) {
    try {
      StackRecord stack = store.stack(stackId);
      List<StackRecord.Output> values = outputs.of(stack, plan);
      List<String> imports = outputs.imports(stack, plan);
      store.write(
          () -> {
            StackRecord done = stack.withOutputs(values).withSource(stack.source(), null);
            store.setExports(done);
            store.setImports(done, imports);
            store.dropSnapshot(stackId);
            events.stack(done, status, null);
          });
      return Optional.empty();
    } catch (FailedStepException e) {
      return Optional.of(
          new Failed(
              List.of(),
              e.reason(),
              new DeploymentFailure("", e.reason().strip(), e.position(), e.advice())));
    }
  }

  private void undoCreation(String stackId, String reason) {
    StackRecord stack = store.stack(stackId);
    switch (stack.onFailure()) {
      case "DO_NOTHING" -> events.stack(stack, "CREATE_FAILED", reason);
      case "DELETE" -> {
        events.stack(stack, "DELETE_IN_PROGRESS", reason + "Delete requested by user.");
        delete(stackId, Set.of());
      }
      default -> {
        events.stack(stack, "ROLLBACK_IN_PROGRESS", reason + StackErrors.ROLLBACK_REQUESTED);
        rollbackCreation(stackId);
      }
    }
  }

  /** Takes back what was made of a stack that is ROLLBACK_IN_PROGRESS. */
  void rollbackCreation(String stackId) {
    StackRecord stack = store.stack(stackId);
    List<String> left = remover.deleteAll(stack, true, Set.of());
    if (left.isEmpty()) {
      events.stack(stack, "ROLLBACK_COMPLETE", null);
    } else {
      events.stack(stack, "ROLLBACK_FAILED", StackErrors.failedResources("delete", left));
    }
  }

  /** Takes back a creation that the death of the process interrupted. */
  void abandonCreation(String stackId) {
    undoCreation(stackId, "local-cloud stopped in the middle of the deployment. ");
  }

  /** Changes a stack that is UPDATE_IN_PROGRESS. */
  Optional<DeploymentFailure> update(String stackId, Plan plan) {
    StackRecord stack = store.stack(stackId);
    Optional<Failed> failed =
        deployer
            .check(stack, plan)
            .or(() -> deployer.update(stack, plan))
            .or(() -> complete(stackId, plan, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"));
    if (failed.isPresent()) {
      undoUpdate(stackId, failed.get().stackReason());
    } else {
      cleanUpUpdate(stackId, plan);
    }
    return failed.map(Failed::cause);
  }

  /** Removes what a successful update has left over. */
  void cleanUpUpdate(String stackId, Plan plan) {
    StackRecord stack = store.stack(stackId);
    remover.letGo(stack, plan.included());
    remover.cleanUp(stack, plan.included());
    events.stack(store.stack(stackId), "UPDATE_COMPLETE", null);
  }

  /** Takes back a failed or interrupted update. */
  void undoUpdate(String stackId, String reason) {
    StackRecord stack = store.stack(stackId);
    events.stack(stack, "UPDATE_ROLLBACK_IN_PROGRESS", reason);
    rollbackUpdate(stackId);
  }

  /** Goes on with a stack that is UPDATE_ROLLBACK_IN_PROGRESS. */
  void rollbackUpdate(String stackId) {
    StackRecord stack = store.stack(stackId);
    StackSource previous = stack.previous();
    StackRecord old = previous == null ? stack : stack.withSource(previous, previous);
    List<String> failed = remover.restore(old);
    if (!failed.isEmpty()) {
      events.stack(stack, "UPDATE_ROLLBACK_FAILED", StackErrors.failedResources("update", failed));
      return;
    }
    store.write(
        () -> {
          events.stack(
              old.withSource(old.source(), null),
              "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
              null);
          store.dropSnapshot(stackId);
        });
    cleanUpRollback(stackId);
  }

  /** Removes what a rolled back update has left over. */
  void cleanUpRollback(String stackId) {
    StackRecord stack = store.stack(stackId);
    remover.cleanUp(stack, Set.of());
    events.stack(store.stack(stackId), "UPDATE_ROLLBACK_COMPLETE", null);
  }

  /** Removes a stack that is DELETE_IN_PROGRESS. */
  Optional<DeploymentFailure> delete(String stackId, Set<String> retained) {
    StackRecord stack = store.stack(stackId);
    remover.cleanUp(stack, Set.of());
    List<String> left = remover.deleteAll(stack, false, retained);
    if (!left.isEmpty()) {
      String reason = StackErrors.failedResources("delete", left);
      events.stack(stack, "DELETE_FAILED", reason);
      String cause =
          store
              .resource(stackId, left.get(0))
              .flatMap(resource -> Optional.ofNullable(resource.reason()))
              .orElse(reason);
      return Optional.of(new DeploymentFailure(left.get(0), cause, Optional.empty(), ""));
    }
    store.write(
        () -> {
          StackRecord gone =
              stack.withOutputs(List.of()).withDeleted(environment.clock().instant());
          store.setExports(gone);
          store.setImports(gone, List.of());
          store.dropSnapshot(stackId);
          events.stack(gone, "DELETE_COMPLETE", null);
        });
    return Optional.empty();
  }

  /** Goes on where the process died. */
  void recover(StackRecord stack) {
    switch (stack.status()) {
      case "CREATE_IN_PROGRESS" -> abandonCreation(stack.id());
      case "ROLLBACK_IN_PROGRESS" -> rollbackCreation(stack.id());
      case "UPDATE_IN_PROGRESS" ->
          undoUpdate(stack.id(), "local-cloud stopped in the middle of the deployment. ");
      case "UPDATE_ROLLBACK_IN_PROGRESS" -> rollbackUpdate(stack.id());
      case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUpUpdate(stack.id(), plans.apply(stack));
      case "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUpRollback(stack.id());
      case "DELETE_IN_PROGRESS" -> delete(stack.id(), Set.of());
      default -> throw new IllegalStateException(stack.status());
    }
  }
}
