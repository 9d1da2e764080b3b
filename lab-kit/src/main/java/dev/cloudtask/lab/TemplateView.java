package dev.cloudtask.lab;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The student's template as text: which resources it declares and in which lines, so that a message
 * can point there. What the template <em>means</em> is for CloudFormation to say.
 */
public final class TemplateView {
  private static final String RESOURCES = "Resources";
  private static final String OUTPUTS = "Outputs";
  private static final Pattern IN_TEXT = Pattern.compile("\\$\\{(\\w+)");

  private final String file;
  private final @Nullable MappingNode root;

  private TemplateView(String file, @Nullable MappingNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a template.
   *
   * @throws Finding if it is not there or not well-formed
   */
  static TemplateView read(Path path) {
    String file = path.getFileName().toString();
    try {
      Node node = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(path)));
      return new TemplateView(file, node instanceof MappingNode mapping ? mapping : null);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw Finding.of(Finding.Kind.NOT_DEPLOYED, "read " + file)
          .expected("YAML")
          .got(String.valueOf(e.getProblem()))
          .where(file + ":" + line)
          .why("In YAML the indentation is the structure. Look at this line and the one above it.")
          .found();
    } catch (IOException e) {
      throw Finding.of(Finding.Kind.NOT_DEPLOYED, "read " + path)
          .expected("your template")
          .got("no such file that could be read")
          .where(path.toAbsolutePath().normalize().toString())
          .why("The tests work on the project in the folder that they are started in.")
          .found();
    }
  }

  /** Tells whether it declares any resource. */
  boolean isEmpty() {
    return resources().isEmpty();
  }

  /** Returns the types of its resources as written, in the order of the file. */
  List<String> types() {
    return resources().values().stream()
        .map(resource -> child(resource, "Type").map(this::text).orElse("no type"))
        .distinct()
        .toList();
  }

  /** Returns the logical ids of the resources of a type, in the order of the file. */
  public List<String> resourcesOfType(String type) {
    return resources().entrySet().stream()
        .filter(
            resource ->
                child(resource.getValue(), "Type").map(this::text).equals(Optional.of(type)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Returns the text that a property of a resource has in the template, if it has one and it is
   * plain text. A number in the path is the place in a list, from 0.
   */
  public Optional<String> text(String logicalId, String... path) {
    return at(logicalId, path)
        .filter(node -> node instanceof ScalarNode && node.getTag().getValue().startsWith("tag:"))
        .map(this::text);
  }

  /**
   * Returns the logical ids of the resources that a part of a resource names, by Ref, GetAtt, Sub
   * or DependsOn; of the whole resource, if there is no path. In the order of the text.
   */
  public Set<String> references(String logicalId, String... path) {
    Set<String> names = new LinkedHashSet<>();
    at(logicalId, path).ifPresent(node -> collectNames(node, names));
    names.retainAll(resources().keySet());
    return names;
  }

  private Optional<Node> at(String logicalId, String... path) {
    Optional<Node> node = Optional.ofNullable(resources().get(logicalId));
    for (String name : path) {
      node = node.flatMap(parent -> child(parent, name).or(() -> item(parent, name)));
    }
    return node;
  }

  /** Collects what might be a name; the caller keeps what is one. */
  private void collectNames(Node node, Set<String> names) {
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> collectNames(tuple.getValueNode(), names));
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> collectNames(item, names));
    } else if (node instanceof ScalarNode scalar) {
      // Ref and DependsOn have the bare name, GetAtt a dot after it, Sub ${ before it.
      names.add(scalar.getValue().split("\\.", 2)[0]);
      Matcher inText = IN_TEXT.matcher(scalar.getValue());
      while (inText.find()) {
        names.add(inText.group(1));
      }
    }
  }

  /** Tells whether the template has an output of this name. */
  public boolean hasOutput(String name) {
    return child(root, OUTPUTS).flatMap(outputs -> child(outputs, name)).isPresent();
  }

  /** Returns the resource that an output names by {@code !Ref}, if it does. */
  public Optional<String> outputReference(String name) {
    Optional<Node> value =
        child(root, OUTPUTS)
            .flatMap(outputs -> child(outputs, name))
            .flatMap(o -> child(o, "Value"));
    return value
        .filter(node -> node.getTag().getValue().equals("!Ref"))
        .or(() -> value.flatMap(node -> child(node, "Ref")))
        .map(this::text);
  }

  /** Returns where an output is, or where it should be. */
  public String outputPlace(String name) {
    return place(OUTPUTS, List.of(name));
  }

  /**
   * Returns where a property of a resource is, or, as far as the template goes, where it should be:
   * {@code template.yaml:58 Bucket > Properties > WebsiteConfiguration}. A number in the path is
   * the place in a list, from 0.
   */
  public String resourcePlace(String logicalId, String... path) {
    return place(RESOURCES, Stream.concat(Stream.of(logicalId), Arrays.stream(path)).toList());
  }

  /** Returns where the resources begin, or the file. */
  public String resourcesPlace() {
    return place(RESOURCES, List.of());
  }

  private String place(String section, List<String> path) {
    Optional<NodeTuple> at = member(root, section);
    if (at.isEmpty()) {
      return file + "  (it has no " + section + ")";
    }
    Node deepest = at.orElseThrow().getKeyNode();
    Node value = at.orElseThrow().getValueNode();
    boolean found = true;
    for (String name : path) {
      Optional<NodeTuple> next = member(value, name);
      Optional<Node> item = item(value, name);
      if (next.isPresent()) {
        deepest = next.orElseThrow().getKeyNode();
        value = next.orElseThrow().getValueNode();
      } else if (item.isPresent()) {
        deepest = item.orElseThrow();
        value = deepest;
      } else {
        found = false;
        break;
      }
    }
    String words = String.join(" > ", path).replaceAll(" > (\\d+)(?= > |$)", "[$1]");
    if (path.isEmpty() || section.equals(OUTPUTS)) {
      words = path.isEmpty() ? section : section + " > " + words;
    }
    if (found
        && value instanceof ScalarNode scalar
        && value.getTag().getValue().startsWith("tag:")) {
      words += ": " + scalar.getValue();
    }
    return file + ":" + (deepest.getStartMark().getLine() + 1) + "  " + words;
  }

  private static Optional<Node> item(Node node, String index) {
    return node instanceof SequenceNode list && index.matches("\\d{1,4}")
        ? list.getValue().stream().skip(Integer.parseInt(index)).findFirst()
        : Optional.empty();
  }

  private Map<String, Node> resources() {
    Map<String, Node> found = new LinkedHashMap<>();
    if (child(root, RESOURCES).orElse(null) instanceof MappingNode resources) {
      for (NodeTuple tuple : resources.getValue()) {
        found.put(text(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return found;
  }

  private Optional<Node> child(@Nullable Node node, String name) {
    return member(node, name).map(NodeTuple::getValueNode);
  }

  private Optional<NodeTuple> member(@Nullable Node node, String name) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .filter(tuple -> text(tuple.getKeyNode()).equals(name))
          .findFirst();
    }
    return Optional.empty();
  }

  private String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
