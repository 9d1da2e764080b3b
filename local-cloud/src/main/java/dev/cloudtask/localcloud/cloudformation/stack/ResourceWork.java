package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.cloudformation.specification.PropertyCheck;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Replacement;
import dev.cloudtask.localcloud.cloudformation.specification.Violation;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.trace.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Does one thing to one resource: checks its properties, asks its provider and keeps the record,
 * the last two in one transaction.
 */
final class ResourceWork {
  private final CloudEnvironment environment;
  private final StackStore store;
  private final ResourceTypes types;
  private final Map<String, ResourceProvider> providers;
  private final Caller caller;
  private final Span span;
  private final Events events;
  private final PhysicalNames names;

  ResourceWork(
      CloudEnvironment environment,
      StackStore store,
      ResourceTypes types,
      Map<String, ResourceProvider> providers,
      Caller caller,
      Span span,
      Events events) {
    this.environment = environment;
    this.store = store;
    this.types = types;
    this.providers = providers;
    this.caller = caller;
    this.span = span;
    this.events = events;
    this.names = new PhysicalNames(environment.ids());
  }

  /**
   * Checks properties and converts their scalars.
   *
   * @throws FailedStepException with the reason that the event gives
   */
  JsonObject checked(Template.Resource resource, JsonObject properties) {
    Optional<TypeSpecification> type = types.find(resource.type());
    if (type.isEmpty()) {
      return properties; // a type of a test's own
    }
    PropertyCheck.Result result = PropertyCheck.check(type.get(), properties);
    List<Violation> own = result.violations().stream().filter(each -> !each.byService()).toList();
    if (!own.isEmpty()) {
      throw new FailedStepException(
          StackErrors.invalidProperties(
              resource.logicalId(), own.stream().map(Violation::message).toList()),
          Optional.of(Placement.of(resource, own.get(0))),
          own.get(0).advice(),
          true);
    }
    for (Violation violation : result.violations()) {
      throw new FailedStepException(
          HandlerFailure.reason(
              resource.type(), violation.message(), 400, "InvalidRequest", environment.ids()),
          Optional.of(Placement.of(resource, violation)),
          violation.advice(),
          false);
    }
    refuse(resource, result.properties());
    return result.properties();
  }

  private void refuse(Template.Resource resource, JsonObject properties) {
    Set<String> used = new TreeSet<>(PropertyPaths.of(properties));
    Set<String> refused = provider(resource.type()).refused();
    used.removeIf(path -> refused.stream().noneMatch(path::equals));
    if (!used.isEmpty()) {
      throw new FailedStepException(
          "local-cloud does not emulate the property "
              + String.join(", ", used)
              + " of "
              + resource.type(),
          Optional.of(
              PropertyPaths.position(resource.properties(), used.iterator().next())
                  .orElse(resource.position())),
          "AWS knows it; take it out of the template to run it here.",
          true);
    }
  }

  /** Returns the properties used that AWS acts upon and this cloud only keeps. */
  List<String> withoutEffect(String type, JsonObject properties) {
    Set<String> without = provider(type).acceptedWithoutEffect();
    return PropertyPaths.of(properties).stream().filter(without::contains).sorted().toList();
  }

  /** Makes a record of a resource that is about to be made. */
  ResourceRecord planned(
      StackRecord stack,
      Plan plan,
      String logicalId,
      JsonObject properties,
      long order,
      String status) {
    Template.Resource resource = plan.template().resource(logicalId);
    return new ResourceRecord(
        stack.id(),
        logicalId,
        resource.type(),
        null,
        null,
        new JsonObject(),
        properties,
        stack.source().tags(),
        List.copyOf(plan.dependencies(logicalId)),
        resource.deletionPolicy().orElse("Delete"),
        resource.updateReplacePolicy().orElse("Delete"),
        order,
        List.of(),
        status,
        null,
        environment.clock().instant());
  }

  /**
   * Makes a resource; on return it exists and its record says so.
   *
   * @param verb {@code CREATE}, or {@code UPDATE} when it replaces another one
   */
  void create(StackRecord stack, ResourceRecord planned, JsonObject properties, String verb) {
    create(stack, planned, properties, verb, () -> {});
  }

  /** As {@link #create}, with something more in the same transaction. */
  void create(
      StackRecord stack,
      ResourceRecord planned,
      JsonObject properties,
      String verb,
      Runnable alongside) {
    ResourceRecord record = record(planned, properties, withoutEffect(planned.type(), properties));
    String generated =
        names.name(stack.name(), record.logicalId(), record.type(), types.find(record.type()));
    ask(
        record,
        "create",
        step -> {
          ResourceState state =
              provider(record.type()).create(request(stack, record, generated, step));
          alongside.run();
          ResourceRecord made =
              events.resource(
                  stack,
                  record.withState(state),
                  verb + "_IN_PROGRESS",
                  "Resource creation Initiated");
          events.resource(stack, made, verb + "_COMPLETE", null);
        });
    if (!record.withoutEffect().isEmpty()) {
      span.note(
          record.logicalId() + " accepted, has no effect here",
          String.join(", ", record.withoutEffect()));
    }
  }

  /** Changes a resource in place. */
  void update(StackRecord stack, ResourceRecord current, ResourceRecord planned) {
    ResourceRecord record =
        record(planned, planned.properties(), withoutEffect(planned.type(), planned.properties()))
            .withState(current.state());
    ask(
        record,
        "update",
        step -> {
          ResourceState state =
              provider(record.type())
                  .update(
                      request(stack, record, Objects.requireNonNull(current.physicalId()), step),
                      current.state(),
                      current.properties());
          events.resource(stack, record.withState(state), "UPDATE_COMPLETE", null);
        });
  }

  /**
   * Removes a resource from its service.
   *
   * @param alongside what is kept of that, in the same transaction
   */
  void delete(StackRecord stack, ResourceRecord record, Runnable alongside) {
    if (!providers.containsKey(record.type())) {
      throw new FailedStepException(
          "local-cloud does not emulate " + record.type() + " any more",
          Optional.empty(),
          "",
          false);
    }
    ask(
        record,
        "delete",
        step -> {
          provider(record.type())
              .delete(
                  request(stack, record, Objects.requireNonNull(record.physicalId()), step),
                  record.state());
          alongside.run();
        });
  }

  /** What a changed resource needs. */
  enum Change {
    /** Nothing of it has changed. */
    NONE,
    /** It is changed where it is. */
    IN_PLACE,
    /** A new one takes its place. */
    REPLACE
  }

  /** Tells what has become of a resource's properties and tags. */
  Change change(ResourceRecord current, JsonObject properties, Map<String, String> tags) {
    List<String> changed = changed(current, properties);
    boolean retagged =
        !current.tags().equals(tags)
            && types.find(current.type()).flatMap(TypeSpecification::tagProperty).isPresent();
    if (changed.isEmpty() && !retagged) {
      return Change.NONE;
    }
    boolean replace =
        changed.stream()
            .anyMatch(
                name ->
                    switch (replacement(current.type(), name)) {
                      case NEVER -> false;
                      case ALWAYS -> true;
                      case CONDITIONAL ->
                          provider(current.type())
                              .needsReplacement(name, current.properties(), properties);
                    });
    return replace ? Change.REPLACE : Change.IN_PLACE;
  }

  /** Returns the names of the properties that have changed, at the first level. */
  static List<String> changed(ResourceRecord current, JsonObject properties) {
    Set<String> names = new TreeSet<>(current.properties().keySet());
    names.addAll(properties.keySet());
    List<String> changed = new ArrayList<>();
    for (String name : names) {
      JsonElement before = current.properties().get(name);
      JsonElement after = properties.get(name);
      if (!Objects.equals(before, after)) {
        changed.add(name);
      }
    }
    return changed;
  }

  /** Returns what a change of a property does to a resource of a type. */
  Replacement replacement(String type, String property) {
    return types
        .find(type)
        .flatMap(each -> Optional.ofNullable(each.properties().members().get(property)))
        .map(TypeSpecification.Shape::replacement)
        .orElse(Replacement.NEVER);
  }

  /** Refuses to replace a resource whose own name stays: there cannot be two of that name. */
  void refuseCustomNamed(ResourceRecord current, JsonObject properties) {
    types
        .find(current.type())
        .flatMap(TypeSpecification::nameProperty)
        .filter(properties::has)
        .filter(name -> Objects.equals(properties.get(name), current.properties().get(name)))
        .ifPresent(
            name -> {
              throw new FailedStepException(
                  StackErrors.customNamed(properties.get(name).getAsString()),
                  Optional.empty(),
                  "Change " + name + ", or leave it out and let CloudFormation choose a name.",
                  false);
            });
  }

  /** Tells whether a resource of this type is a picture of what is there when it is made. */
  boolean picturesItsSurroundings(String type) {
    return provider(type).picturesItsSurroundings();
  }

  private ResourceProvider provider(String type) {
    return Objects.requireNonNull(providers.get(type), type);
  }

  private static ResourceRecord record(
      ResourceRecord planned, JsonObject properties, List<String> withoutEffect) {
    return new ResourceRecord(
        planned.stackId(),
        planned.logicalId(),
        planned.type(),
        null,
        null,
        new JsonObject(),
        properties,
        planned.tags(),
        planned.dependsOn(),
        planned.deletionPolicy(),
        planned.updateReplacePolicy(),
        planned.order(),
        withoutEffect,
        planned.status(),
        null,
        planned.at());
  }

  private ResourceRequest request(
      StackRecord stack, ResourceRecord record, String generated, Span step) {
    Map<String, String> tags = new LinkedHashMap<>(record.tags());
    tags.put("aws:cloudformation:stack-name", stack.name());
    tags.put("aws:cloudformation:stack-id", stack.id());
    tags.put("aws:cloudformation:logical-id", record.logicalId());
    return new ResourceRequest(
        stack.id(),
        stack.name(),
        record.logicalId(),
        record.properties(),
        generated,
        tags,
        caller,
        step);
  }

  /** One step of a provider. */
  private interface Step {
    void run(Span step);
  }

  /** Runs a provider in a transaction and words its failure. */
  private void ask(ResourceRecord record, String verb, Step work) {
    try (Span step = span.child("cloudformation", verb + " " + record.logicalId())) {
      step.note("type", record.type());
      Supplier<Boolean> change =
          () -> {
            work.run(step);
            return Boolean.TRUE;
          };
      try {
        store.write(change);
      } catch (AwsException e) {
        step.fail(e.code() + ": " + e.message());
        throw new FailedStepException(
            HandlerFailure.reason(record.type(), e, environment.ids()),
            Optional.empty(),
            "",
            false);
      } catch (RuntimeException e) {
        step.fail(e.toString());
        throw internal(record, e);
      }
    }
  }

  private FailedStepException internal(ResourceRecord record, RuntimeException defect) {
    System.Logger log = System.getLogger(ResourceWork.class.getName());
    log.log(System.Logger.Level.ERROR, "a provider of " + record.type() + " failed", defect);
    return new FailedStepException(
        HandlerFailure.reason(
            record.type(), String.valueOf(defect), 500, "InternalFailure", environment.ids()),
        Optional.empty(),
        "This is a defect of local-cloud, not of the template.",
        false);
  }
}
