package dev.cloudtask.labs.cases;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A node of a case's file; what is not understood is complained of with its line.
 *
 * @param file as shown to people
 */
record CaseText(String file, Node node) {
  /** Reads a file. */
  static CaseText read(String shown, Path path) throws IOException {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(path)));
      if (root == null) {
        throw new CaseException(shown, 0, "there is nothing in it.");
      }
      return new CaseText(shown, root);
    } catch (MarkedYAMLException e) {
      throw new CaseException(
          shown, e.getProblemMark().getLine() + 1, "no YAML: " + e.getProblem());
    }
  }

  CaseException complaint(String message) {
    return new CaseException(file, node.getStartMark().getLine() + 1, message);
  }

  /** Returns the members of a map, in order. */
  Map<String, CaseText> map() {
    if (!(node instanceof MappingNode mapping)) {
      throw complaint("a map is expected here.");
    }
    Map<String, CaseText> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      CaseText name = new CaseText(file, tuple.getKeyNode());
      if (members.put(name.text(), new CaseText(file, tuple.getValueNode())) != null) {
        throw name.complaint("\"" + name.text() + "\" stands here twice.");
      }
    }
    return members;
  }

  /** Returns the members of a map that must have these and may have those, and no others. */
  Map<String, CaseText> map(Set<String> must, Set<String> may) {
    Map<String, CaseText> members = map();
    for (Map.Entry<String, CaseText> member : members.entrySet()) {
      if (!must.contains(member.getKey()) && !may.contains(member.getKey())) {
        throw member
            .getValue()
            .complaint("\"" + member.getKey() + "\" is unknown; known are " + must + " and " + may);
      }
    }
    for (String name : must) {
      if (!members.containsKey(name)) {
        throw complaint("\"" + name + "\" is missing.");
      }
    }
    return members;
  }

  /** Returns the items of a list; there must be one. */
  List<CaseText> list() {
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      throw complaint("a list is expected here, with at least one item.");
    }
    List<CaseText> items = new ArrayList<>();
    list.getValue().forEach(item -> items.add(new CaseText(file, item)));
    return items;
  }

  /** Returns a text; it must not be blank. */
  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw complaint("a text is expected here.");
    }
    return scalar.getValue();
  }

  /** Returns a text that may be empty. */
  String anyText() {
    if (!(node instanceof ScalarNode scalar)) {
      throw complaint("a text is expected here.");
    }
    return scalar.getValue();
  }

  /** Returns the text if it is one. */
  Optional<String> scalar() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }
}
