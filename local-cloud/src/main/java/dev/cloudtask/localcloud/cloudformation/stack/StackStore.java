package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is kept of stacks. Changes happen inside {@link #write}. */
public final class StackStore {
  private static final Duration DELETED_STACKS_ARE_KEPT = Duration.ofDays(90);
  private static final int DELETED_STACKS_KEPT = 100;

  /** What a stack's resources were when an update began. */
  record Snapshot(List<ResourceRecord> resources) {}

  /** A value that other stacks can import. */
  public record Export(String name, String value, String stackId) {}

  private final StateStore store;
  private final StateMap<String, StackRecord> stacks;
  private final StateMap<String, String> names;
  private final StateMap<String, ResourceRecord> resources;
  private final StateMap<String, ResourceRecord> leftovers;
  private final StateMap<String, Snapshot> snapshots;
  private final StateMap<String, EventRecord> events;
  private final StateMap<String, Export> exports;
  private final StateMap<String, String> imports;
  private final StateMap<String, ChangeSetRecord> changeSets;

  /** Opens the maps. */
  public StackStore(StateStore store) {
    this.store = store;
    stacks = store.map("cloudformation.stacks", Codec.json(StackRecord.class));
    names = store.map("cloudformation.names", Codec.TEXT);
    resources = store.map("cloudformation.resources", Codec.json(ResourceRecord.class));
    leftovers = store.map("cloudformation.leftovers", Codec.json(ResourceRecord.class));
    snapshots = store.map("cloudformation.snapshots", Codec.json(Snapshot.class));
    events = store.map("cloudformation.events", Codec.json(EventRecord.class));
    exports = store.map("cloudformation.exports", Codec.json(Export.class));
    imports = store.map("cloudformation.imports", Codec.TEXT);
    changeSets = store.map("cloudformation.changesets", Codec.json(ChangeSetRecord.class));
  }

  <T> T write(Supplier<T> change) {
    return store.write(change);
  }

  void write(Runnable change) {
    store.write(change);
  }

  // Stacks

  /** Finds a stack by its ARN, deleted ones too, or a living one by its name. */
  public Optional<StackRecord> find(String nameOrId) {
    return nameOrId.startsWith("arn:")
        ? stacks.get(nameOrId)
        : names.get(nameOrId).flatMap(stacks::get);
  }

  StackRecord stack(String id) {
    return stacks.get(id).orElseThrow(() -> new IllegalStateException("no stack " + id));
  }

  /** Returns all stacks, newest first, deleted ones too. */
  public List<StackRecord> all() {
    List<StackRecord> all = new ArrayList<>(stacks.values());
    all.sort(Comparator.comparing(StackRecord::created).reversed());
    return all;
  }

  void put(StackRecord stack) {
    stacks.put(stack.id(), stack);
    if (stack.isDeleted()) {
      if (names.get(stack.name()).filter(stack.id()::equals).isPresent()) {
        names.remove(stack.name());
      }
      prune(stack.deleted());
    } else {
      names.put(stack.name(), stack.id());
    }
  }

  private void prune(@Nullable Instant now) {
    List<StackRecord> gone = all().stream().filter(StackRecord::isDeleted).toList();
    for (int i = 0; i < gone.size(); i++) {
      Instant deleted = gone.get(i).deleted();
      boolean old =
          deleted != null && now != null && deleted.isBefore(now.minus(DELETED_STACKS_ARE_KEPT));
      if (old || i >= DELETED_STACKS_KEPT) {
        forget(gone.get(i).id());
      }
    }
  }

  /** Removes every trace of a stack that was never made or has long gone. */
  void forget(String stackId) {
    stacks
        .get(stackId)
        .map(StackRecord::name)
        .flatMap(names::get)
        .filter(stackId::equals)
        .ifPresent(id -> names.remove(stack(id).name()));
    stacks.remove(stackId);
    snapshots.remove(stackId);
    for (StateMap<String, ?> map : List.of(resources, leftovers, events, changeSets)) {
      keys(map, stackId).forEach(map::remove);
    }
  }

  // Resources

  Optional<ResourceRecord> resource(String stackId, String logicalId) {
    return resources.get(stackId + "/" + logicalId);
  }

  /** Returns a stack's resources in the order in which they were made. */
  public List<ResourceRecord> resources(String stackId) {
    return inOrder(values(resources, stackId));
  }

  void put(ResourceRecord resource) {
    resources.put(resource.stackId() + "/" + resource.logicalId(), resource);
  }

  void remove(ResourceRecord resource) {
    resources.remove(resource.stackId() + "/" + resource.logicalId());
  }

  /** Returns what is to be deleted when the update or its rollback is through. */
  List<ResourceRecord> leftovers(String stackId) {
    return inOrder(values(leftovers, stackId));
  }

  void putLeftover(ResourceRecord resource) {
    leftovers.put(leftoverKey(resource), resource);
  }

  void removeLeftover(ResourceRecord resource) {
    leftovers.remove(leftoverKey(resource));
  }

  private static String leftoverKey(ResourceRecord resource) {
    return resource.stackId() + "/" + resource.logicalId() + "/" + resource.physicalId();
  }

  private static List<ResourceRecord> inOrder(List<ResourceRecord> records) {
    return records.stream().sorted(Comparator.comparingLong(ResourceRecord::order)).toList();
  }

  void snapshot(String stackId) {
    snapshots.put(stackId, new Snapshot(resources(stackId)));
  }

  List<ResourceRecord> snapshotted(String stackId) {
    return snapshots.get(stackId).map(Snapshot::resources).orElse(List.of());
  }

  void dropSnapshot(String stackId) {
    snapshots.remove(stackId);
  }

  // Events

  /** Returns a stack's events, newest first. */
  public List<EventRecord> events(String stackId) {
    return events.descending(stackId + "0", stackId + "/", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  void add(EventRecord event) {
    String last =
        events.descending(event.stackId() + "0", event.stackId() + "/", 1).stream()
            .map(Map.Entry::getKey)
            .findFirst()
            .map(key -> key.substring(key.lastIndexOf('/') + 1))
            .orElse("0");
    events.put(event.stackId() + "/%010d".formatted(Long.parseLong(last) + 1), event);
  }

  // Exports and imports

  /** Returns all exports by name. */
  public List<Export> exports() {
    return exports.values();
  }

  Optional<Export> export(String name) {
    return exports.get(name);
  }

  void setExports(StackRecord stack) {
    for (Export export : exports()) {
      if (export.stackId().equals(stack.id())) {
        exports.remove(export.name());
      }
    }
    for (StackRecord.Output output : stack.outputs()) {
      String name = output.exportName();
      if (name != null) {
        exports.put(name, new Export(name, output.value(), stack.id()));
      }
    }
  }

  /** Returns the names of the stacks that import an export. */
  public List<String> importers(String exportName) {
    return values(imports, exportName);
  }

  void setImports(StackRecord stack, List<String> exportNames) {
    for (String key : imports.keys()) {
      if (key.endsWith("/" + stack.name())) {
        imports.remove(key);
      }
    }
    exportNames.forEach(name -> imports.put(name + "/" + stack.name(), stack.name()));
  }

  // Change sets

  /** Finds a change set by its ARN, or by its name and its stack's name or ARN. */
  public Optional<ChangeSetRecord> changeSet(String nameOrId, @Nullable String stack) {
    if (nameOrId.startsWith("arn:")) {
      return changeSets.values().stream().filter(each -> each.id().equals(nameOrId)).findFirst();
    }
    return stack == null
        ? Optional.empty()
        : find(stack).flatMap(found -> changeSets.get(found.id() + "/" + nameOrId));
  }

  /** Returns the change sets of a stack. */
  public List<ChangeSetRecord> changeSets(String stackId) {
    return values(changeSets, stackId);
  }

  void put(ChangeSetRecord changeSet) {
    changeSets.put(changeSet.stackId() + "/" + changeSet.name(), changeSet);
  }

  void remove(ChangeSetRecord changeSet) {
    changeSets.remove(changeSet.stackId() + "/" + changeSet.name());
  }

  private static <V> List<V> values(StateMap<String, V> map, String prefix) {
    return map.ascending(prefix + "/", prefix + "0", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<String> keys(StateMap<String, ?> map, String prefix) {
    return map.ascending(prefix + "/", prefix + "0", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getKey)
        .toList();
  }
}
