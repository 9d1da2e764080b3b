package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.stack.ChangeSetRecord.Change;
import dev.cloudtask.localcloud.cloudformation.stack.ChangeSetRecord.PropertyChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Works out what a changed template would do to a stack, without doing it. */
final class Changes {
  private final StackStore store;
  private final ResourceWork work;

  Changes(StackStore store, ResourceWork work) {
    this.store = store;
    this.work = work;
  }

  /** What would change; {@code other} tells of outputs and policies. */
  record Found(List<Change> resources, boolean other) {
    boolean isEmpty() {
      return resources.isEmpty() && !other;
    }
  }

  Found find(StackRecord stack, Plan plan, Map<String, String> tags) {
    List<Change> changes = new ArrayList<>();
    Set<String> unsettled = new HashSet<>();
    boolean other = false;
    Function<String, Optional<ResourceRecord>> settled =
        id -> store.resource(stack.id(), id).filter(each -> !unsettled.contains(id));
    Set<String> rest = new HashSet<>(plan.included());
    while (!rest.isEmpty()) {
      for (String id : plan.included()) {
        if (!rest.contains(id) || plan.dependencies(id).stream().anyMatch(rest::contains)) {
          continue;
        }
        rest.remove(id);
        Template.Resource resource = plan.template().resource(id);
        Optional<ResourceRecord> current =
            store.resource(stack.id(), id).filter(ResourceRecord::exists);
        if (current.isEmpty()) {
          unsettled.add(id);
          changes.add(new Change("Add", id, null, resource.type(), null, List.of(), false));
          continue;
        }
        other |= policiesDiffer(resource, current.get());
        Optional<Change> change = modified(plan, current.get(), resource, settled, tags);
        change.ifPresent(changes::add);
        if (change.filter(each -> !"False".equals(each.replacement())).isPresent()) {
          unsettled.add(id);
        }
      }
    }
    for (ResourceRecord resource : store.resources(stack.id())) {
      if (resource.exists() && !plan.included().contains(resource.logicalId())) {
        changes.add(
            new Change(
                "Remove",
                resource.logicalId(),
                resource.physicalId(),
                resource.type(),
                null,
                List.of(),
                false));
      }
    }
    return new Found(changes, other || outputsDiffer(stack, plan, settled));
  }

  private static boolean policiesDiffer(Template.Resource resource, ResourceRecord current) {
    return !current.deletionPolicy().equals(resource.deletionPolicy().orElse("Delete"))
        || !current.updateReplacePolicy().equals(resource.updateReplacePolicy().orElse("Delete"));
  }

  private Optional<Change> modified(
      Plan plan,
      ResourceRecord current,
      Template.Resource resource,
      Function<String, Optional<ResourceRecord>> settled,
      Map<String, String> tags) {
    JsonObject properties = plan.properties(resource.logicalId(), settled);
    try {
      properties = work.checked(resource, properties);
    } catch (FailedStepException e) {
      // the deployment will say so; for the list of changes the properties stand as written
    }
    ResourceWork.Change kind = work.change(current, properties, tags);
    if (kind == ResourceWork.Change.NONE) {
      return Optional.empty();
    }
    List<PropertyChange> changed = new ArrayList<>();
    for (String name : ResourceWork.changed(current, properties)) {
      changed.add(
          new PropertyChange(
              name,
              switch (work.replacement(current.type(), name)) {
                case NEVER -> "Never";
                case CONDITIONAL -> "Conditionally";
                case ALWAYS -> "Always";
              }));
    }
    return Optional.of(
        new Change(
            "Modify",
            current.logicalId(),
            current.physicalId(),
            current.type(),
            kind == ResourceWork.Change.REPLACE ? "True" : "False",
            changed,
            changed.isEmpty()));
  }

  private static boolean outputsDiffer(
      StackRecord stack, Plan plan, Function<String, Optional<ResourceRecord>> settled) {
    List<Template.Output> outputs = plan.outputs();
    if (outputs.size() != stack.outputs().size()) {
      return true;
    }
    for (Template.Output output : outputs) {
      Optional<StackRecord.Output> before =
          stack.outputs().stream().filter(each -> each.key().equals(output.name())).findFirst();
      if (before.isEmpty() || !same(output, before.get(), plan, settled)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(
      Template.Output output,
      StackRecord.Output before,
      Plan plan,
      Function<String, Optional<ResourceRecord>> settled) {
    try {
      JsonElement value = plan.evaluation(settled).evaluate(output.value());
      String export =
          output
              .exportName()
              .map(name -> plan.evaluation(settled).evaluate(name).getAsString())
              .orElse(null);
      return value.isJsonPrimitive()
          && value.getAsString().equals(before.value())
          && java.util.Objects.equals(export, before.exportName());
    } catch (FailedStepException e) {
      return false;
    }
  }
}
