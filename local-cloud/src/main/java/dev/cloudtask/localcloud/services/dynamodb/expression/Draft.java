package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item while it is being changed: documents are opened into mutable ones where a path leads into
 * them, everything else stays as it is.
 */
final class Draft {
  /** A document that is open for change. */
  private sealed interface Node {}

  private static final class OpenMap implements Node {
    private final Map<String, Object> members = new LinkedHashMap<>();

    OpenMap(Map<String, AttributeValue> values) {
      members.putAll(values);
    }
  }

  private static final class OpenList implements Node {
    /** By index; gaps are elements that were removed, or never were. */
    private final TreeMap<Integer, Object> members = new TreeMap<>();

    OpenList(List<AttributeValue> values) {
      for (int i = 0; i < values.size(); i++) {
        members.put(i, values.get(i));
      }
    }
  }

  private final OpenMap root;

  Draft(Map<String, AttributeValue> item) {
    root = new OpenMap(item);
  }

  /** Sets the value at a path whose parent must be there. */
  void set(DocumentPath path, AttributeValue value) {
    Node parent = parent(path);
    DocumentPath.Step last = path.steps().get(path.steps().size() - 1);
    if (parent instanceof OpenMap map && last instanceof DocumentPath.Name name) {
      map.members.put(name.name(), value);
    } else if (parent instanceof OpenList list && last instanceof DocumentPath.Index index) {
      // Beyond the end DynamoDB appends, whatever the index: gaps close when the list is done.
      list.members.put(index.index(), value);
    } else {
      throw badPath();
    }
  }

  /** Removes the value at a path whose parent must be there; no value there is no error. */
  void remove(DocumentPath path) {
    Node parent = parent(path);
    DocumentPath.Step last = path.steps().get(path.steps().size() - 1);
    if (parent instanceof OpenMap map && last instanceof DocumentPath.Name name) {
      map.members.remove(name.name());
    } else if (parent instanceof OpenList list && last instanceof DocumentPath.Index index) {
      list.members.remove(index.index());
    } else {
      throw badPath();
    }
  }

  /** Checks that a path leads into documents that are there. */
  void checkParent(DocumentPath path) {
    Node parent = parent(path);
    DocumentPath.Step last = path.steps().get(path.steps().size() - 1);
    if (parent instanceof OpenMap != last instanceof DocumentPath.Name) {
      throw badPath();
    }
  }

  private Node parent(DocumentPath path) {
    Node node = root;
    for (int i = 0; i < path.steps().size() - 1; i++) {
      node = open(node, path.steps().get(i));
    }
    return node;
  }

  private static Node open(Node from, DocumentPath.Step step) {
    if (from instanceof OpenMap map && step instanceof DocumentPath.Name name) {
      Node node = opened(map.members.get(name.name()));
      map.members.put(name.name(), node);
      return node;
    }
    if (from instanceof OpenList list && step instanceof DocumentPath.Index index) {
      Node node = opened(list.members.get(index.index()));
      list.members.put(index.index(), node);
      return node;
    }
    throw badPath();
  }

  private static Node opened(@Nullable Object member) {
    if (member instanceof Node node) {
      return node;
    }
    if (member instanceof AttributeValue.MapOf map) {
      return new OpenMap(map.values());
    }
    if (member instanceof AttributeValue.ListOf list) {
      return new OpenList(list.values());
    }
    throw badPath();
  }

  private static dev.cloudtask.localcloud.protocol.AwsException badPath() {
    return UpdateEvaluator.invalid(
        "The document path provided in the update expression is invalid for update");
  }

  Map<String, AttributeValue> toItem() {
    return closed(root);
  }

  private static Map<String, AttributeValue> closed(OpenMap map) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    map.members.forEach((name, member) -> values.put(name, value(member)));
    return values;
  }

  private static AttributeValue value(Object member) {
    if (member instanceof OpenMap map) {
      return new AttributeValue.MapOf(closed(map));
    }
    if (member instanceof OpenList list) {
      List<AttributeValue> values = new ArrayList<>();
      list.members.values().forEach(inner -> values.add(value(inner)));
      return new AttributeValue.ListOf(values);
    }
    return (AttributeValue) member;
  }
}
