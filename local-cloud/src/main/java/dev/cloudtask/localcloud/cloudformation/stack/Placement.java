package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.specification.Violation;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import java.util.List;

/** Finds the line in the template that a path into a resource's properties means. */
final class Placement {
  private Placement() {}

  static Position of(Template.Resource resource, Violation violation) {
    return find(resource.properties(), violation.path(), violation.key(), resource.position());
  }

  private static Position find(
      Expression expression, List<String> path, String key, Position nearest) {
    if (expression instanceof Expression.MapOf map) {
      String name = path.isEmpty() ? key : path.get(0);
      return map.entry(name)
          .map(
              entry ->
                  path.isEmpty()
                      ? entry.position()
                      : find(entry.value(), path.subList(1, path.size()), key, entry.position()))
          .orElse(nearest);
    }
    if (expression instanceof Expression.ListOf list && !path.isEmpty()) {
      int index = Integer.parseInt(path.get(0));
      return index < list.items().size()
          ? find(
              list.items().get(index),
              path.subList(1, path.size()),
              key,
              list.items().get(index).position())
          : nearest;
    }
    return nearest; // below a function: its own line
  }
}
