package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.declaration.TemplateReader;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Trace;
import java.util.ArrayList;
import java.util.List;
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
 * Makes, changes and deletes stacks. A request is checked at once and refused as CloudFormation
 * refuses it; the deployment then runs on a thread of its own. Thread-safe.
 */
public final class StackEngine implements AutoCloseable {
  private final CloudEnvironment environment;
  private final ResourceTypes types;
  private final StackStore store;
  private final Map<String, ResourceProvider> providers = new ConcurrentHashMap<>();
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

  /** Creates an engine that knows no resource types yet. */
  public StackEngine(CloudEnvironment environment, ResourceTypes types) {
    this.environment = environment;
    this.types = types;
    this.store = new StackStore(environment.store());
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
    Template template = TemplateReader.read(body, file);
    List<Template.Resource> unknown =
        template.resources().values().stream()
            .filter(resource -> !providers.containsKey(resource.type()))
            .toList();
    if (!unknown.isEmpty()) {
      throw new TemplateException(
          StackErrors.unrecognised(
                  unknown.stream().map(Template.Resource::type).distinct().toList())
              .message(),
          Optional.of(unknown.get(0).typePosition()),
          advice(unknown.get(0).type()));
    }
    return template;
  }

  private String advice(String type) {
    if (types.isKnownToAws(type)) {
      return "AWS has " + type + "; local-cloud does not emulate it.";
    }
    return types
        .similar(type)
        .map(known -> "Did you mean " + known + "?")
        .orElse("AWS has no type " + type + ".");
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
    StackRecord stack = newStack(request, "CREATE_IN_PROGRESS");
    Plan plan = plan(stack, request);
    Capabilities.check(plan.template(), types, request.capabilities());
    StackRecord planned = stack.withSource(source(request, plan), null);
    Events events = new Events(store, environment, request.token());
    events.stack(planned, "CREATE_IN_PROGRESS", "User Initiated");
    return start(
        planned, "CreateStack", request.caller(), events, run -> run.create(planned.id(), plan));
  }

  private StackRecord newStack(StackRequest request, String status) {
    String id =
        environment.arn(
            "cloudformation", "stack/" + request.name() + "/" + environment.ids().uuid());
    return new StackRecord(
        id,
        request.name(),
        status,
        null,
        new StackSource(
            request.templateBody(),
            request.templateFile(),
            null,
            Map.of(),
            List.of(),
            request.tags(),
            request.capabilities()),
        null,
        request.onFailure(),
        request.terminationProtection(),
        environment.clock().instant(),
        null,
        null,
        List.of(),
        null);
  }

  private static StackSource source(StackRequest request, Plan plan) {
    Template template = plan.template();
    return new StackSource(
        request.templateBody(),
        request.templateFile(),
        template.description().orElse(null),
        plan.parameters(),
        template.parameters().values().stream()
            .filter(Template.Parameter::noEcho)
            .map(Template.Parameter::name)
            .toList(),
        request.tags(),
        request.capabilities());
  }

  private Plan plan(StackRecord stack, StackRequest request) {
    return plan(stack, read(request.templateBody(), request.templateFile()), request.parameters());
  }

  private Plan plan(StackRecord stack, Template template, Map<String, String> parameters) {
    return new Plan(
        template,
        parameters,
        environment,
        types,
        stack.id(),
        stack.name(),
        name -> store.export(name).map(StackStore.Export::value));
  }

  private Plan plan(StackRecord stack) {
    StackSource source = stack.source();
    return plan(stack, read(source.templateBody(), source.templateFile()), source.parameters());
  }

  /**
   * Begins to change a stack.
   *
   * @throws TemplateException if the template or its parameters are wrong
   * @throws dev.cloudtask.localcloud.protocol.AwsException if it cannot be for another reason, or
   *     nothing would change
   */
  public synchronized Deployment update(StackRequest request) {
    StackRecord stack = updatable(request.name());
    Plan plan = planUpdate(stack, request);
    if (changes(stack, plan, request).isEmpty()) {
      throw StackErrors.noUpdates();
    }
    return startUpdate(stack, request, plan, null);
  }

  private StackRecord updatable(String nameOrId) {
    StackRecord stack =
        store
            .find(nameOrId)
            .filter(each -> !each.isDeleted())
            .orElseThrow(() -> StackErrors.noStack(nameOrId));
    boolean ready =
        stack.status().endsWith("_COMPLETE") && !stack.status().equals("ROLLBACK_COMPLETE");
    if (!ready) {
      throw StackErrors.wrongState(stack);
    }
    return stack;
  }

  private Plan planUpdate(StackRecord stack, StackRequest request) {
    Plan plan = plan(stack, request);
    List<String> changed = new ArrayList<>();
    for (ResourceRecord resource : store.resources(stack.id())) {
      Template.Resource now = plan.template().resources().get(resource.logicalId());
      if (now != null && resource.exists() && !now.type().equals(resource.type())) {
        changed.add(resource.logicalId());
      }
    }
    if (!changed.isEmpty()) {
      throw StackErrors.typeChanged(changed);
    }
    Capabilities.check(plan.template(), types, request.capabilities());
    return plan;
  }

  private Changes.Found changes(StackRecord stack, Plan plan, StackRequest request) {
    return changes(stack, plan, request.tags(), request.caller());
  }

  private Changes.Found changes(
      StackRecord stack, Plan plan, Map<String, String> tags, Caller caller) {
    Trace trace = trace("changes of " + stack.name());
    try (var span = trace.root()) {
      ResourceWork work =
          new ResourceWork(
              environment,
              store,
              types,
              providers,
              caller,
              span,
              new Events(store, environment, null));
      Changes.Found found = new Changes(store, work).find(stack, plan, tags);
      boolean retagged = !stack.source().tags().equals(tags);
      return retagged ? new Changes.Found(found.resources(), true) : found;
    }
  }

  private Deployment startUpdate(
      StackRecord stack, StackRequest request, Plan plan, @Nullable String changeSetId) {
    StackRecord planned =
        stack
            .withSource(source(request, plan), stack.source())
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
    AtomicBoolean other = running.get(stack.id());
    CompletableFuture<Optional<DeploymentFailure>> before =
        results.getOrDefault(stack.id(), CompletableFuture.completedFuture(Optional.empty()));
    if (other != null) {
      other.set(true); // a creation under way stops at the next resource
    }
    Events events = new Events(store, environment, token);
    return Optional.of(
        start(
            stack,
            "DeleteStack",
            caller,
            events,
            run -> {
              before.join();
              events.stack(store.stack(stack.id()), "DELETE_IN_PROGRESS", "User Initiated");
              return run.delete(stack.id(), retained);
            },
            other == null
                ? () -> events.stack(stack, "DELETE_IN_PROGRESS", "User Initiated")
                : () -> {}));
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
    boolean creates = type.equals("CREATE");
    Optional<StackRecord> existing = store.find(request.name()).filter(each -> !each.isDeleted());
    StackRecord stack;
    if (creates) {
      stack = existing.orElseGet(() -> newStack(request, "REVIEW_IN_PROGRESS"));
      if (!stack.status().equals("REVIEW_IN_PROGRESS")) {
        throw StackErrors.validation(
            "Stack ["
                + stack.name()
                + "] already exists and cannot be created again with the changeSet ["
                + name
                + "].");
      }
    } else {
      stack = updatable(request.name());
    }
    if (store.changeSet(name, stack.id()).isPresent()) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
          "AlreadyExistsException", 400, "ChangeSet [" + name + "] already exists");
    }
    Plan plan = creates ? plan(stack, request) : planUpdate(stack, request);
    Capabilities.check(plan.template(), types, request.capabilities());
    Changes.Found found = changes(stack, plan, request);
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
            source(request, plan),
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
  public synchronized Deployment execute(
      ChangeSetRecord changeSet, @Nullable String token, Caller caller) {
    if (!changeSet.executionStatus().equals("AVAILABLE")) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
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
    Plan plan = plan(stack, request);
    store.write(
        () -> {
          for (ChangeSetRecord other : store.changeSets(stack.id())) {
            store.remove(other);
          }
          store.put(changeSet.withExecution("EXECUTE_COMPLETE"));
        });
    if (!changeSet.type().equals("CREATE")) {
      return startUpdate(updatable(stack.id()), request, plan, changeSet.id());
    }
    StackRecord planned =
        stack
            .withSource(source(request, plan), null)
            .withOnFailure(request.onFailure())
            .withUpdated(environment.clock().instant())
            .withChangeSet(changeSet.id());
    Events events = new Events(store, environment, token);
    events.stack(planned, "CREATE_IN_PROGRESS", "User Initiated");
    return start(planned, "ExecuteChangeSet", caller, events, run -> run.create(stack.id(), plan));
  }

  /** Forgets a change set. */
  public synchronized void deleteChangeSet(ChangeSetRecord changeSet) {
    store.write(() -> store.remove(changeSet));
  }

  /**
   * Goes on with every stack that the death of the process left in the middle; returns when done.
   */
  public void recover() {
    for (StackRecord stack : store.all()) {
      if (stack.isInProgress()) {
        Events events = new Events(store, environment, null);
        Trace trace = trace("recover " + stack.name());
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
    return start(stack, operation, caller, events, work, () -> {});
  }

  private Deployment start(
      StackRecord stack,
      String operation,
      Caller caller,
      Events events,
      Function<DeploymentRun, Optional<DeploymentFailure>> work,
      Runnable first) {
    first.run();
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<Optional<DeploymentFailure>> done = new CompletableFuture<>();
    running.put(stack.id(), cancelled);
    results.put(stack.id(), done);
    threads.execute(
        () -> {
          Trace trace = trace(operation + " " + stack.name());
          try (var span = trace.root()) {
            Optional<DeploymentFailure> failure = work.apply(run(caller, span, events, cancelled));
            failure.ifPresent(cause -> span.fail(cause.logicalId() + ": " + cause.reason()));
            finish(stack.id(), cancelled, done);
            done.complete(failure);
          } catch (RuntimeException | Error defect) {
            System.getLogger(StackEngine.class.getName())
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

  private DeploymentRun run(
      Caller caller,
      dev.cloudtask.localcloud.trace.Span span,
      Events events,
      AtomicBoolean cancelled) {
    ResourceWork work =
        new ResourceWork(environment, store, types, providers, caller, span, events);
    Deployer deployer = new Deployer(store, events, work, cancelled::get);
    Remover remover = new Remover(store, events, work);
    return new DeploymentRun(store, environment, events, deployer, remover, this::plan);
  }

  private Trace trace(String operation) {
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
