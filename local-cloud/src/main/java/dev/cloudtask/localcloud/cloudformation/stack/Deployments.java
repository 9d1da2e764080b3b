package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Trace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The deployments under way, each on a thread of its own. What is begun here has been checked; the
 * engine lets only one begin at a time.
 */
final class Deployments implements AutoCloseable {
  private final CloudEnvironment environment;
  private final ResourceTypes types;
  private final StackStore store;
  private final Map<String, ResourceProvider> providers;
  private final Planner planner;
  private final Map<String, AtomicBoolean> running = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Optional<DeploymentFailure>>> results =
      new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "cloudformation");
            thread.setDaemon(true);
            return thread;
          });

  Deployments(
      CloudEnvironment environment,
      ResourceTypes types,
      StackStore store,
      Map<String, ResourceProvider> providers,
      Planner planner) {
    this.environment = environment;
    this.types = types;
    this.store = store;
    this.providers = providers;
    this.planner = planner;
  }

  /** Begins to make a stack by its plan. */
  Deployment create(StackRecord planned, String operation, StackRequest request, Plan plan) {
    Events events = new Events(store, environment, request.token());
    events.stack(planned, "CREATE_IN_PROGRESS", "User Initiated");
    return start(
        planned, operation, request.caller(), events, run -> run.create(planned.id(), plan));
  }

  /** Begins to change a stack by its plan. */
  Deployment update(
      StackRecord stack, StackRequest request, Plan plan, @Nullable String changeSetId) {
    StackRecord planned =
        stack
            .withSource(Planner.source(request, plan), stack.source())
            .withUpdated(environment.clock().instant());
    StackRecord marked = changeSetId == null ? planned : planned.withChangeSet(changeSetId);
    Events events = new Events(store, environment, request.token());
    store.write(
        () -> {
          store.snapshot(stack.id());
          events.stack(marked, "UPDATE_IN_PROGRESS", "User Initiated");
        });
    return start(
        marked, "UpdateStack", request.caller(), events, run -> run.update(stack.id(), plan));
  }

  /** Begins to delete a stack; a creation under way stops at the next resource. */
  Deployment delete(
      StackRecord stack, Set<String> retained, @Nullable String token, Caller caller) {
    AtomicBoolean other = running.get(stack.id());
    CompletableFuture<Optional<DeploymentFailure>> before =
        results.getOrDefault(stack.id(), CompletableFuture.completedFuture(Optional.empty()));
    Events events = new Events(store, environment, token);
    if (other == null) {
      events.stack(stack, "DELETE_IN_PROGRESS", "User Initiated");
    } else {
      other.set(true);
    }
    return start(
        stack,
        "DeleteStack",
        caller,
        events,
        run -> {
          before.join();
          if (other != null) {
            events.stack(store.stack(stack.id()), "DELETE_IN_PROGRESS", "User Initiated");
          }
          return run.delete(stack.id(), retained);
        });
  }

  /**
   * Goes on with every stack that the death of the process left in the middle; returns when done.
   */
  void recover() {
    for (StackRecord stack : store.all()) {
      if (stack.isInProgress()) {
        Events events = new Events(store, environment, null);
        Trace trace = trace(environment, "recover " + stack.name());
        try (var span = trace.root()) {
          run(new Caller.Root(environment.accountId()), span, events, new AtomicBoolean())
              .recover(stack);
        }
      }
    }
  }

  private Deployment start(
      StackRecord stack,
      String operation,
      Caller caller,
      Events events,
      Function<DeploymentRun, Optional<DeploymentFailure>> work) {
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<Optional<DeploymentFailure>> done = new CompletableFuture<>();
    running.put(stack.id(), cancelled);
    results.put(stack.id(), done);
    threads.execute(
        () -> {
          Trace trace = trace(environment, operation + " " + stack.name());
          try (var span = trace.root()) {
            Optional<DeploymentFailure> failure = work.apply(run(caller, span, events, cancelled));
            failure.ifPresent(cause -> span.fail(cause.logicalId() + ": " + cause.reason()));
            finish(stack.id(), cancelled, done);
            done.complete(failure);
          } catch (RuntimeException | Error defect) {
            System.getLogger(Deployments.class.getName())
                .log(System.Logger.Level.ERROR, "a deployment died", defect);
            finish(stack.id(), cancelled, done);
            done.completeExceptionally(defect);
          }
        });
    return new Deployment(stack.id(), done);
  }

  private void finish(
      String stackId,
      AtomicBoolean cancelled,
      CompletableFuture<Optional<DeploymentFailure>> done) {
    running.remove(stackId, cancelled);
    results.remove(stackId, done);
  }

  private DeploymentRun run(Caller caller, Span span, Events events, AtomicBoolean cancelled) {
    ResourceWork work =
        new ResourceWork(environment, store, types, providers, caller, span, events);
    Deployer deployer = new Deployer(store, events, work, cancelled::get);
    Remover remover = new Remover(store, events, work);
    return new DeploymentRun(store, environment, events, deployer, remover, planner::plan);
  }

  /** Begins a trace of something that no request waits for. */
  static Trace trace(CloudEnvironment environment, String operation) {
    return environment
        .tracer()
        .begin(
            environment.ids().uuid(), environment.clock().instant(), "cloudformation", operation);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
