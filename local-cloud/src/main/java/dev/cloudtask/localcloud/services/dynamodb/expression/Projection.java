package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an item that are wanted. Documents keep their shape with only the wanted members;
 * lists close up, in the order of the item.
 *
 * @param paths none of which leads into another
 */
public record Projection(List<DocumentPath> paths) {
  /** Copies the paths. */
  public Projection {
    paths = List.copyOf(paths);
  }

  /** What is wanted below one step: everything, or certain members. */
  private static final class Tree {
    private final Map<DocumentPath.Step, Tree> members = new TreeMap<>((a, b) -> compare(a, b));
    private boolean everything;

    private static int compare(DocumentPath.Step a, DocumentPath.Step b) {
      if (a instanceof DocumentPath.Index x && b instanceof DocumentPath.Index y) {
        return Integer.compare(x.index(), y.index());
      }
      return a.toString().compareTo(b.toString());
    }
  }

  /** Returns the wanted part of an item. */
  public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Tree root = new Tree();
    for (DocumentPath path : paths) {
      Tree tree = root;
      for (DocumentPath.Step step : path.steps()) {
        tree = tree.members.computeIfAbsent(step, key -> new Tree());
      }
      tree.everything = true;
    }
    return members(item, root);
  }

  private static Map<String, AttributeValue> members(Map<String, AttributeValue> from, Tree tree) {
    Map<String, AttributeValue> wanted = new LinkedHashMap<>();
    tree.members.forEach(
        (step, below) -> {
          AttributeValue value = from.get(step.toString());
          AttributeValue part =
              value == null || !(step instanceof DocumentPath.Name) ? null : part(value, below);
          if (part != null) {
            wanted.put(step.toString(), part);
          }
        });
    return wanted;
  }

  private static @Nullable AttributeValue part(AttributeValue value, Tree tree) {
    if (tree.everything) {
      return value;
    }
    if (value instanceof AttributeValue.MapOf map) {
      Map<String, AttributeValue> wanted = members(map.values(), tree);
      return wanted.isEmpty() ? null : new AttributeValue.MapOf(wanted);
    }
    if (value instanceof AttributeValue.ListOf list) {
      List<AttributeValue> wanted = new ArrayList<>();
      tree.members.forEach(
          (step, below) -> {
            AttributeValue member = DocumentPath.step(list, step);
            AttributeValue part = member == null ? null : part(member, below);
            if (part != null) {
              wanted.add(part);
            }
          });
      return wanted.isEmpty() ? null : new AttributeValue.ListOf(wanted);
    }
    return null;
  }
}
