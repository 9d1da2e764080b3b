package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Brings a stack to what its template says, one resource after the other.
 *
 * <p>AWS works on independent resources at the same time. Here they are announced at the same time
 * and made one by one, in the reverse order of the file, so that a missing DependsOn shows: a
 * template that is right works in any order. What pictures its surroundings comes before all that
 * it does not depend on.
 */
final class Deployer {
  /** What services say when something is not there yet, or there too early. */
  private static final Pattern MISSED =
      Pattern.compile(
          "(?i)(\\bnot|n't|\\bno) (exist|found|such|have|contain)|already exists|cannot be assumed");

  private final StackStore store;
  private final Events events;
  private final ResourceWork work;
  private final BooleanSupplier cancelled;

  Deployer(StackStore store, Events events, ResourceWork work, BooleanSupplier cancelled) {
    this.store = store;
    this.events = events;
    this.work = work;
    this.cancelled = cancelled;
  }

  /** What went wrong: the resources that failed, and the first cause. */
  record Failed(List<String> logicalIds, String stackReason, DeploymentFailure cause) {}

  /**
   * Checks everything that can be known beforehand; nothing has been made when this fails.
   *
   * @return the properties that are known to be wrong, or an attribute that does not exist
   */
  Optional<Failed> check(StackRecord stack, Plan plan) {
    try {
      for (Template.Output output : plan.outputs()) {
        plan.evaluation(name -> Optional.empty()).evaluate(output.value());
      }
    } catch (FailedStepException e) {
      return Optional.of(failed(e));
    }
    List<String> invalid = new ArrayList<>();
    Optional<DeploymentFailure> first = Optional.empty();
    for (String id : plan.included()) {
      try {
        JsonObject properties = plan.properties(id, name -> Optional.empty());
        work.checked(plan.template().resource(id), properties);
      } catch (FailedStepException e) {
        if (!e.invalid()) {
          if (!e.reason().startsWith("Resource handler")) {
            return Optional.of(failed(e));
          }
          continue; // the service says so, when it is its turn
        }
        invalid.add(id);
        fail(stack, plan, id, e);
        first = first.or(() -> Optional.of(failure(id, e, plan)));
      }
    }
    return first.map(cause -> new Failed(invalid, StackErrors.validationFailed(invalid), cause));
  }

  private void fail(StackRecord stack, Plan plan, String id, FailedStepException e) {
    Optional<ResourceRecord> existing = store.resource(stack.id(), id);
    String verb = existing.isPresent() ? "UPDATE" : "CREATE";
    ResourceRecord record =
        existing.orElseGet(
            () ->
                work.planned(
                    stack,
                    plan,
                    id,
                    known(plan.properties(id, name -> Optional.empty())),
                    0,
                    "CREATE_IN_PROGRESS"));
    events.resource(stack, record, verb + "_FAILED", e.reason(), "VALIDATION_FAILED");
  }

  private static Failed failed(FailedStepException e) {
    return new Failed(
        List.of(),
        e.reason(),
        new DeploymentFailure("", e.reason().strip(), e.position(), e.advice()));
  }

  private static DeploymentFailure failure(String id, FailedStepException e, Plan plan) {
    return new DeploymentFailure(
        id,
        e.reason(),
        e.position().or(() -> Optional.of(plan.template().resource(id).position())),
        e.advice());
  }

  /** Makes every resource of a new stack. */
  Optional<Failed> create(StackRecord stack, Plan plan) {
    Schedule schedule = schedule(plan);
    Map<String, ResourceRecord> announced = new LinkedHashMap<>();
    while (!schedule.isEmpty()) {
      List<String> ready = schedule.ready();
      for (String id : ready) {
        announced.computeIfAbsent(id, each -> announce(stack, plan, each));
      }
      String id = ready.get(0);
      try {
        if (cancelled.getAsBoolean()) {
          throw new FailedStepException("Resource creation cancelled", Optional.empty(), "", false);
        }
        make(stack, plan, id);
      } catch (FailedStepException e) {
        List<String> inFlight = new ArrayList<>(ready);
        events.resource(stack, record(stack, id), "CREATE_FAILED", e.reason());
        for (String other : inFlight.subList(1, inFlight.size())) {
          events.resource(
              stack, record(stack, other), "CREATE_FAILED", "Resource creation cancelled");
        }
        return Optional.of(
            new Failed(
                inFlight,
                StackErrors.failedResources("create", inFlight),
                schedule.comesFirst(id) || MISSED.matcher(e.reason()).find()
                    ? withUnmade(
                        failure(id, e, plan),
                        unmade(plan, schedule, id, inFlight.subList(1, inFlight.size())),
                        e)
                    : failure(id, e, plan)));
      }
      schedule.done(id);
    }
    return Optional.empty();
  }

  private Schedule schedule(Plan plan) {
    return new Schedule(
        plan, id -> work.picturesItsSurroundings(plan.template().resource(id).type()));
  }

  /**
   * Returns what had not been made yet: what has to do with the same resources, else what would
   * have been made at the same time.
   */
  private static List<String> unmade(
      Plan plan, Schedule schedule, String failed, List<String> siblings) {
    Set<String> needs = plan.dependencies(failed);
    List<String> related =
        plan.included().stream()
            .filter(id -> !id.equals(failed) && schedule.isWaiting(id))
            .filter(id -> !plan.dependencies(id).contains(failed))
            .filter(id -> plan.dependencies(id).stream().anyMatch(needs::contains))
            .toList();
    return related.isEmpty() ? siblings : related;
  }

  /** Names what had not been made yet: perhaps the resource needs it and does not say so. */
  private static DeploymentFailure withUnmade(
      DeploymentFailure failure, List<String> unmade, FailedStepException e) {
    if (unmade.isEmpty() || !e.advice().isEmpty() || e.position().isPresent()) {
      return failure;
    }
    return new DeploymentFailure(
        failure.logicalId(),
        failure.reason(),
        failure.position(),
        "If "
            + failure.logicalId()
            + " needs what is not there yet, add DependsOn: AWS makes independent resources at the"
            + " same time, and another order would work only by luck.\nNot made yet: "
            + String.join(", ", unmade)
            + ".");
  }

  private ResourceRecord announce(StackRecord stack, Plan plan, String id) {
    ResourceRecord planned =
        work.planned(stack, plan, id, new JsonObject(), nextOrder(stack), "CREATE_IN_PROGRESS");
    return events.resource(stack, planned, "CREATE_IN_PROGRESS", null);
  }

  private void make(StackRecord stack, Plan plan, String id) {
    JsonObject properties = resolved(stack, plan, id);
    work.create(stack, record(stack, id).withOrder(nextOrder(stack)), properties, "CREATE");
  }

  private JsonObject resolved(StackRecord stack, Plan plan, String id) {
    try {
      JsonObject properties = plan.properties(id, name -> store.resource(stack.id(), name));
      return work.checked(plan.template().resource(id), properties);
    } catch (dev.cloudtask.localcloud.cloudformation.template.TemplateException e) {
      throw new FailedStepException(e.message(), e.position(), e.advice(), false);
    }
  }

  /** Brings an existing stack to a changed template. */
  Optional<Failed> update(StackRecord stack, Plan plan) {
    Schedule schedule = schedule(plan);
    while (!schedule.isEmpty()) {
      String id = schedule.ready().get(0);
      Optional<ResourceRecord> before =
          store.resource(stack.id(), id).filter(ResourceRecord::exists);
      String verb = before.isPresent() ? "UPDATE" : "CREATE";
      try {
        if (before.isPresent()) {
          change(stack, plan, before.get());
        } else {
          announce(stack, plan, id);
          make(stack, plan, id);
        }
      } catch (FailedStepException e) {
        events.resource(stack, record(stack, id), verb + "_FAILED", e.reason());
        String what = before.isPresent() ? "update" : "create";
        return Optional.of(
            new Failed(
                List.of(id), StackErrors.failedResources(what, List.of(id)), failure(id, e, plan)));
      }
      schedule.done(id);
    }
    return Optional.empty();
  }

  private void change(StackRecord stack, Plan plan, ResourceRecord before) {
    String id = before.logicalId();
    JsonObject properties = resolved(stack, plan, id);
    ResourceRecord planned =
        work.planned(stack, plan, id, properties, before.order(), before.status());
    switch (work.change(before, properties, stack.source().tags())) {
      case NONE -> keep(before, planned);
      case IN_PLACE -> {
        ResourceRecord current = events.resource(stack, before, "UPDATE_IN_PROGRESS", null);
        work.update(stack, current, planned);
      }
      case REPLACE -> {
        work.refuseCustomNamed(before, properties);
        events.resource(
            stack,
            before,
            "UPDATE_IN_PROGRESS",
            "Requested update requires the creation of a new physical resource; hence creating"
                + " one.");
        work.create(
            stack,
            planned.withOrder(nextOrder(stack)),
            properties,
            "UPDATE",
            () -> store.putLeftover(before));
      }
    }
  }

  /** Keeps an unchanged resource's new policies and dependencies. */
  private void keep(ResourceRecord before, ResourceRecord planned) {
    ResourceRecord kept =
        new ResourceRecord(
            before.stackId(),
            before.logicalId(),
            before.type(),
            before.physicalId(),
            before.ref(),
            before.attributes(),
            before.properties(),
            planned.tags(),
            planned.dependsOn(),
            planned.deletionPolicy(),
            planned.updateReplacePolicy(),
            before.order(),
            before.withoutEffect(),
            before.status(),
            before.reason(),
            before.at());
    store.write(() -> store.put(kept));
  }

  private ResourceRecord record(StackRecord stack, String id) {
    return store.resource(stack.id(), id).orElseThrow();
  }

  private long nextOrder(StackRecord stack) {
    return 1
        + store.resources(stack.id()).stream().mapToLong(ResourceRecord::order).max().orElse(0);
  }

  private static JsonObject known(JsonObject properties) {
    JsonObject known = new JsonObject();
    properties
        .asMap()
        .forEach(
            (name, value) -> {
              if (!Unknown.within(value)) {
                known.add(name, value);
              }
            });
    return known;
  }

  /** Which resources may be made next. */
  private static final class Schedule {
    private final List<String> order;
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();
    private final Predicate<String> first;

    Schedule(Plan plan, Predicate<String> first) {
      this.first = first;
      List<String> reversed = new ArrayList<>(plan.included());
      Collections.reverse(reversed);
      Set<String> early = withDependencies(plan, reversed.stream().filter(first).toList());
      order = new ArrayList<>(reversed.stream().filter(early::contains).toList());
      reversed.stream().filter(id -> !early.contains(id)).forEach(order::add);
      order.forEach(id -> waiting.put(id, new LinkedHashSet<>(plan.dependencies(id))));
    }

    private static Set<String> withDependencies(Plan plan, List<String> ids) {
      Set<String> all = new LinkedHashSet<>();
      Deque<String> open = new ArrayDeque<>(ids);
      while (!open.isEmpty()) {
        String id = open.pop();
        if (all.add(id)) {
          open.addAll(plan.dependencies(id));
        }
      }
      return all;
    }

    boolean comesFirst(String id) {
      return first.test(id);
    }

    boolean isWaiting(String id) {
      return waiting.containsKey(id);
    }

    boolean isEmpty() {
      return waiting.isEmpty();
    }

    /**
     * Returns those that wait for nothing, pictures of their surroundings and their needs first.
     */
    List<String> ready() {
      return waiting.entrySet().stream()
          .filter(entry -> entry.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .sorted(Comparator.comparingInt(order::indexOf))
          .toList();
    }

    void done(String id) {
      waiting.remove(id);
      waiting.values().forEach(others -> others.remove(id));
    }
  }
}
