package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Change sets: worked out and kept, then executed or deleted. */
final class ChangeSets {
  private final CloudEnvironment environment;
  private final ResourceTypes types;
  private final StackStore store;
  private final Planner planner;
  private final Deployments deployments;

  ChangeSets(
      CloudEnvironment environment,
      ResourceTypes types,
      StackStore store,
      Planner planner,
      Deployments deployments) {
    this.environment = environment;
    this.types = types;
    this.store = store;
    this.planner = planner;
    this.deployments = deployments;
  }

  /**
   * Works out and keeps a change set; for a name that is free, a stack in review with it.
   *
   * @param type {@code CREATE}, {@code UPDATE}
   */
  ChangeSetRecord create(
      String name, String type, @Nullable String description, StackRequest request) {
    boolean creates = type.equals("CREATE");
    Optional<StackRecord> existing = store.find(request.name()).filter(each -> !each.isDeleted());
    StackRecord stack;
    if (creates) {
      stack = existing.orElseGet(() -> planner.newStack(request, "REVIEW_IN_PROGRESS"));
      if (!stack.status().equals("REVIEW_IN_PROGRESS")) {
        throw StackErrors.validation(
            "Stack ["
                + stack.name()
                + "] already exists and cannot be created again with the changeSet ["
                + name
                + "].");
      }
    } else {
      stack = planner.updatable(request.name());
    }
    if (store.changeSet(name, stack.id()).isPresent()) {
      throw new AwsException(
          "AlreadyExistsException", 400, "ChangeSet [" + name + "] already exists");
    }
    Plan plan = creates ? planner.plan(stack, request) : planner.planUpdate(stack, request);
    Capabilities.check(plan.template(), types, request.capabilities());
    Changes.Found found = planner.changes(stack, plan, request);
    boolean empty = !creates && found.isEmpty();
    ChangeSetRecord changeSet =
        new ChangeSetRecord(
            environment.arn("cloudformation", "changeSet/" + name + "/" + environment.ids().uuid()),
            name,
            stack.id(),
            stack.name(),
            type,
            description,
            empty ? "FAILED" : "CREATE_COMPLETE",
            empty
                ? "The submitted information didn't contain changes. Submit different information"
                    + " to create a change set."
                : null,
            empty ? "UNAVAILABLE" : "AVAILABLE",
            Planner.source(request, plan),
            found.resources(),
            request.onFailure(),
            environment.clock().instant());
    store.write(
        () -> {
          if (existing.isEmpty()) {
            new Events(store, environment, request.token())
                .stack(stack.withChangeSet(changeSet.id()), "REVIEW_IN_PROGRESS", "User Initiated");
          }
          store.put(changeSet);
        });
    return changeSet;
  }

  /** Begins to do what a change set says; the other change sets of its stack go. */
  Deployment execute(ChangeSetRecord changeSet, @Nullable String token, Caller caller) {
    if (!changeSet.executionStatus().equals("AVAILABLE")) {
      throw new AwsException(
          "InvalidChangeSetStatus",
          400,
          "ChangeSet ["
              + changeSet.id()
              + "] cannot be executed in its current status of ["
              + changeSet.status()
              + "]");
    }
    StackRecord stack = store.stack(changeSet.stackId());
    StackSource source = changeSet.source();
    StackRequest request =
        new StackRequest(
            stack.name(),
            source.templateBody(),
            source.templateFile(),
            source.parameters(),
            source.tags(),
            source.capabilities(),
            changeSet.onStackFailure() == null ? "ROLLBACK" : changeSet.onStackFailure(),
            stack.terminationProtection(),
            token,
            caller);
    Plan plan = planner.plan(stack, request);
    store.write(
        () -> {
          for (ChangeSetRecord other : store.changeSets(stack.id())) {
            store.remove(other);
          }
          store.put(changeSet.withExecution("EXECUTE_COMPLETE"));
        });
    if (!changeSet.type().equals("CREATE")) {
      return deployments.update(planner.updatable(stack.id()), request, plan, changeSet.id());
    }
    StackRecord planned =
        stack
            .withSource(Planner.source(request, plan), null)
            .withOnFailure(request.onFailure())
            .withUpdated(environment.clock().instant())
            .withChangeSet(changeSet.id());
    return deployments.create(planned, "ExecuteChangeSet", request, plan);
  }

  /** Forgets a change set. */
  void delete(ChangeSetRecord changeSet) {
    store.write(() -> store.remove(changeSet));
  }
}
