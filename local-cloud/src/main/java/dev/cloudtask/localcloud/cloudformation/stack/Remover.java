package dev.cloudtask.localcloud.cloudformation.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes resources away: a whole stack, what failed to become one, what an update leaves over. */
final class Remover {
  private final StackStore store;
  private final Events events;
  private final ResourceWork work;

  Remover(StackStore store, Events events, ResourceWork work) {
    this.store = store;
    this.events = events;
    this.work = work;
  }

  /**
   * Deletes a stack's resources in the reverse order of dependency.
   *
   * @param rollback whether the stack is one that failed to be made
   * @param retained logical ids to leave alone
   * @return the logical ids of those that could not be deleted
   */
  List<String> deleteAll(StackRecord stack, boolean rollback, Set<String> retained) {
    List<String> failed = new ArrayList<>();
    List<ResourceRecord> rest =
        new ArrayList<>(
            store.resources(stack.id()).stream()
                .filter(resource -> !resource.status().equals("DELETE_COMPLETE"))
                .filter(resource -> !resource.status().equals("DELETE_SKIPPED"))
                .toList());
    while (!rest.isEmpty()) {
      Optional<ResourceRecord> next =
          rest.stream()
              .filter(each -> rest.stream().noneMatch(other -> needs(other, each)))
              .filter(each -> failed.stream().noneMatch(id -> needs(stack, id, each)))
              .max(Comparator.comparingLong(ResourceRecord::order));
      if (next.isEmpty()) {
        break; // what is left is needed by what could not be deleted
      }
      rest.remove(next.get());
      if (!delete(stack, next.get(), rollback, retained.contains(next.get().logicalId()))) {
        failed.add(next.get().logicalId());
      }
    }
    return failed;
  }

  private boolean needs(StackRecord stack, String logicalId, ResourceRecord resource) {
    return store
        .resource(stack.id(), logicalId)
        .filter(other -> needs(other, resource))
        .isPresent();
  }

  private static boolean needs(ResourceRecord other, ResourceRecord resource) {
    return !other.logicalId().equals(resource.logicalId())
        && other.dependsOn().contains(resource.logicalId());
  }

  private boolean delete(
      StackRecord stack, ResourceRecord resource, boolean rollback, boolean retained) {
    if (!resource.exists()) {
      events.resource(stack, resource, "DELETE_COMPLETE", null);
      return true;
    }
    boolean keep =
        resource.deletionPolicy().equals("Retain")
            || (resource.deletionPolicy().equals("RetainExceptOnCreate") && !rollback);
    if (retained || keep) {
      events.resource(stack, resource, "DELETE_SKIPPED", null);
      return true;
    }
    ResourceRecord current = events.resource(stack, resource, "DELETE_IN_PROGRESS", null);
    try {
      work.delete(stack, current, () -> events.resource(stack, current, "DELETE_COMPLETE", null));
      return true;
    } catch (FailedStepException e) {
      events.resource(stack, current, "DELETE_FAILED", e.reason());
      return false;
    }
  }

  /** Moves what the new template has no more to what is to be deleted. */
  void letGo(StackRecord stack, Set<String> included) {
    store.write(
        () -> {
          for (ResourceRecord resource : store.resources(stack.id())) {
            if (!included.contains(resource.logicalId())) {
              store.remove(resource);
              if (resource.exists()) {
                store.putLeftover(resource);
              }
            }
          }
        });
  }

  /** Deletes what an update or its rollback has left over; a failure there fails nothing more. */
  void cleanUp(StackRecord stack, Set<String> kept) {
    List<ResourceRecord> leftovers = new ArrayList<>(store.leftovers(stack.id()));
    leftovers.sort(Comparator.comparingLong(ResourceRecord::order).reversed());
    while (!leftovers.isEmpty()) {
      ResourceRecord next =
          leftovers.stream()
              .filter(each -> leftovers.stream().noneMatch(other -> needs(other, each)))
              .findFirst()
              .orElse(leftovers.get(0));
      leftovers.remove(next);
      String policy =
          kept.contains(next.logicalId()) ? next.updateReplacePolicy() : next.deletionPolicy();
      if (policy.startsWith("Retain")) {
        events.leftover(stack, next, "DELETE_SKIPPED", null);
        store.write(() -> store.removeLeftover(next));
        continue;
      }
      events.leftover(stack, next, "DELETE_IN_PROGRESS", null);
      try {
        work.delete(
            stack,
            next,
            () -> {
              store.removeLeftover(next);
              events.leftover(stack, next, "DELETE_COMPLETE", null);
            });
      } catch (FailedStepException e) {
        events.leftover(stack, next, "DELETE_FAILED", e.reason());
        store.write(() -> store.removeLeftover(next));
      }
    }
  }

  /**
   * Brings a stack's resources back to what they were before an update.
   *
   * @return the logical ids of those that could not be brought back
   */
  List<String> restore(StackRecord stack) {
    List<String> failed = new ArrayList<>();
    List<ResourceRecord> before = store.snapshotted(stack.id());
    for (ResourceRecord old : before) {
      Optional<ResourceRecord> now = store.resource(stack.id(), old.logicalId());
      if (now.isPresent() && !restore(stack, old, now.get())) {
        failed.add(old.logicalId());
      } else if (now.isEmpty()) {
        store.write(
            () -> {
              store.removeLeftover(old);
              store.put(old);
            });
      }
    }
    Set<String> known = Set.copyOf(before.stream().map(ResourceRecord::logicalId).toList());
    letGo(stack, known);
    return failed;
  }

  private boolean restore(StackRecord stack, ResourceRecord old, ResourceRecord now) {
    if (!java.util.Objects.equals(old.physicalId(), now.physicalId())) {
      store.write(
          () -> {
            store.removeLeftover(old);
            if (now.exists()) {
              store.putLeftover(now);
            }
            events.resource(stack, old, "UPDATE_COMPLETE", null);
          });
      return true;
    }
    boolean touched = !old.properties().equals(now.properties()) || !old.tags().equals(now.tags());
    if (!touched) {
      if (now.status().endsWith("_FAILED") || now.status().endsWith("_IN_PROGRESS")) {
        events.resource(stack, old, "UPDATE_COMPLETE", null);
      } else {
        store.write(() -> store.put(old));
      }
      return true;
    }
    try {
      ResourceRecord current = events.resource(stack, now, "UPDATE_IN_PROGRESS", null);
      work.update(stack, current, old);
      return true;
    } catch (FailedStepException e) {
      events.resource(stack, now, "UPDATE_FAILED", e.reason());
      return false;
    }
  }
}
