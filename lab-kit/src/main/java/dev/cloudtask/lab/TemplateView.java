package dev.cloudtask.lab;

import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import dev.cloudtask.localcloud.cloudformation.template.TemplateParser;
import java.io.IOException;
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

/**
 * The student's template as text: which resources it declares, which refer to which, and in which
 * lines, so that a message can point there. What the template <em>means</em> is for CloudFormation
 * to say, and what it makes for the services.
 *
 * <p>A path into a resource is a row of names, {@code "Properties", "Origins", "0", "DomainName"};
 * a number means an item of a list.
 */
public final class TemplateView {
  private static final String RESOURCES = "Resources";
  private static final String OUTPUTS = "Outputs";
  private static final String PROPERTIES = "Properties";
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?:\\.[^}]*)?}");
  private static final Pattern METHOD_PART = Pattern.compile("AWS::ApiGateway::(Method|Resource)");
  private static final int LONGEST_VALUE = 60;

  private final String file;
  private final @Nullable Mapping root;

  private TemplateView(String file, @Nullable Mapping root) {
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
      String text = Files.readString(path);
      boolean nothing =
          text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
      return new TemplateView(file, nothing ? null : TemplateParser.parse(text, file));
    } catch (TemplateException e) {
      throw Finding.of(Finding.Kind.NOT_DEPLOYED, "read " + file)
          .expected("a template in YAML or JSON")
          .got(e.message())
          .where(e.position().map(Position::toString).orElse(file))
          .why(
              e.advice().isEmpty()
                  ? "In YAML the indentation is the structure. Look at this line and the one above"
                      + " it."
                  : e.advice())
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
        .map(resource -> child(resource, "Type").flatMap(TemplateView::text).orElse("no type"))
        .distinct()
        .toList();
  }

  /** Returns the logical ids of the resources of a type, in the order of the file. */
  public List<String> resourcesOfType(String type) {
    return resources().keySet().stream().filter(id -> typeOf(id).equals(type)).toList();
  }

  /** Returns the type of a resource; empty if there is no such resource, or it names none. */
  public String typeOf(String logicalId) {
    return node(logicalId, "Type").flatMap(TemplateView::text).orElse("");
  }

  /**
   * Returns the resources of a type that have this text, or a list with this text, at this path.
   */
  public List<String> resourcesWith(String type, String value, String... path) {
    return resourcesOfType(type).stream()
        .filter(id -> node(id, path).filter(node -> holds(node, value)).isPresent())
        .toList();
  }

  /** Returns the resources of a type that refer to this resource anywhere in their properties. */
  public List<String> resourcesReferringTo(String logicalId, String type) {
    return resourcesOfType(type).stream()
        .filter(id -> references(id, PROPERTIES).contains(logicalId))
        .toList();
  }

  /**
   * Returns the logical ids that a resource, or the part of it at this path, refers to by {@code
   * Ref}, {@code GetAtt} or {@code Sub}, in the order of the file.
   */
  public Set<String> references(String logicalId, String... path) {
    Set<String> found = new LinkedHashSet<>();
    node(logicalId, path).ifPresent(node -> collect(node, found));
    found.retainAll(resources().keySet());
    return found;
  }

  /**
   * Returns the methods of the API that the template declares for a verb and a path.
   *
   * @param verb {@code GET}; methods for {@code ANY} count as well
   * @param path such as {@code /tasks/{taskId}}; what a parameter is called does not matter
   */
  public List<String> apiMethods(String verb, String path) {
    String wanted = path.replaceAll("\\{[^}]*}", "{}");
    return resourcesOfType("AWS::ApiGateway::Method").stream()
        .filter(
            id -> {
              String own = text(id, PROPERTIES, "HttpMethod").orElse("");
              return own.equals(verb) || own.equals("ANY");
            })
        .filter(id -> apiPath(id, "ResourceId").replaceAll("\\{[^}]*}", "{}").equals(wanted))
        .toList();
  }

  /** Follows the parents of a method or an API resource up to the root. */
  private String apiPath(String logicalId, String property) {
    StringBuilder path = new StringBuilder();
    Set<String> seen = new LinkedHashSet<>();
    String at = logicalId;
    String up = property;
    while (seen.add(at)) {
      Optional<String> parent =
          references(at, PROPERTIES, up).stream()
              .filter(id -> METHOD_PART.matcher(typeOf(id)).matches())
              .findFirst();
      if (parent.isEmpty()) {
        break;
      }
      at = parent.orElseThrow();
      up = "ParentId";
      path.insert(0, "/" + text(at, PROPERTIES, "PathPart").orElse("?"));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** Returns the text, number or boolean at a path; empty if there is none or it is no such. */
  public Optional<String> text(String logicalId, String... path) {
    return node(logicalId, path).flatMap(TemplateView::text);
  }

  /** Tells whether there is anything at a path. */
  public boolean has(String logicalId, String... path) {
    return node(logicalId, path).isPresent();
  }

  /** Returns how many items the list at a path has; 0 if there is no list. */
  public int size(String logicalId, String... path) {
    return node(logicalId, path).orElse(null) instanceof Sequence list ? list.items().size() : 0;
  }

  /** Tells whether the template has an output of this name. */
  public boolean hasOutput(String name) {
    return child(root, OUTPUTS).flatMap(outputs -> child(outputs, name)).isPresent();
  }

  /** Returns the first resource that an output's value refers to. */
  public Optional<String> outputReference(String name) {
    Set<String> found = new LinkedHashSet<>();
    child(root, OUTPUTS)
        .flatMap(outputs -> child(outputs, name))
        .flatMap(output -> child(output, "Value"))
        .ifPresent(value -> collect(value, found));
    return found.stream().filter(resources()::containsKey).findFirst();
  }

  /** Returns where an output is, or where it should be. */
  public String outputPlace(String name) {
    return place(OUTPUTS, List.of(name));
  }

  /**
   * Returns where a part of a resource is, or, as far as the template goes, where it should be:
   * {@code template.yaml:58 Distribution > Origins[0] > OriginProtocolPolicy: https-only}.
   */
  public String resourcePlace(String logicalId, String... path) {
    return place(RESOURCES, Stream.concat(Stream.of(logicalId), Arrays.stream(path)).toList());
  }

  /** Returns where the resources begin, or the file. */
  public String resourcesPlace() {
    return place(RESOURCES, List.of());
  }

  private String place(String section, List<String> path) {
    Optional<Member> top = root == null ? Optional.empty() : root.member(section);
    if (top.isEmpty()) {
      return file + "  (it has no " + section + ")";
    }
    Position position = top.orElseThrow().position();
    @Nullable TemplateNode node = top.orElseThrow().value();
    StringBuilder words = new StringBuilder(section.equals(RESOURCES) ? "" : section);
    for (String name : path) {
      if (node instanceof Sequence list && isItem(list, name)) {
        node = list.items().get(Integer.parseInt(name));
        position = node.position();
      } else if (node instanceof Mapping map && map.member(name).isPresent()) {
        Member member = map.member(name).orElseThrow();
        node = member.value();
        position = member.position();
      } else {
        node = null; // from here on the path is how it should be
      }
      if (name.matches("\\d+")) {
        words.append('[').append(name).append(']');
      } else {
        words.append(words.isEmpty() ? "" : " > ").append(name);
      }
    }
    if (path.isEmpty()) {
      words = new StringBuilder(section);
    } else if (path.size() > 1 && node instanceof Scalar scalar) {
      String value = scalar.written().lines().findFirst().orElse("");
      if (value.length() <= LONGEST_VALUE) {
        words.append(": ").append(value);
      }
    }
    return position + "  " + words;
  }

  private static boolean isItem(Sequence list, String name) {
    return name.matches("\\d{1,4}") && Integer.parseInt(name) < list.items().size();
  }

  private Optional<TemplateNode> node(String logicalId, String... path) {
    Optional<TemplateNode> node = Optional.ofNullable(resources().get(logicalId));
    for (String name : path) {
      node = node.flatMap(at -> child(at, name));
    }
    return node;
  }

  private Map<String, TemplateNode> resources() {
    Map<String, TemplateNode> found = new LinkedHashMap<>();
    if (child(root, RESOURCES).orElse(null) instanceof Mapping resources) {
      for (Member resource : resources.members()) {
        found.put(resource.name(), resource.value());
      }
    }
    return found;
  }

  private static Optional<TemplateNode> child(@Nullable TemplateNode node, String name) {
    if (node instanceof Mapping map) {
      return map.get(name);
    }
    return node instanceof Sequence list && isItem(list, name)
        ? Optional.of(list.items().get(Integer.parseInt(name)))
        : Optional.empty();
  }

  private static Optional<String> text(TemplateNode node) {
    return node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  private static List<String> names(TemplateNode node) {
    return node instanceof Sequence list
        ? list.items().stream().flatMap(item -> text(item).stream()).toList()
        : text(node).stream().toList();
  }

  private static boolean holds(TemplateNode node, String value) {
    return node instanceof Sequence list
        ? list.items().stream().anyMatch(item -> text(item).equals(Optional.of(value)))
        : text(node).equals(Optional.of(value));
  }

  private static void collect(TemplateNode node, Set<String> found) {
    if (node instanceof Sequence list) {
      list.items().forEach(item -> collect(item, found));
    } else if (node instanceof Mapping map) {
      for (Member member : map.members()) {
        switch (member.name()) {
          case "DependsOn" -> names(member.value()).forEach(found::add);
          case "Ref" -> text(member.value()).ifPresent(found::add);
          case "Fn::GetAtt" ->
              child(member.value(), "0")
                  .flatMap(TemplateView::text)
                  .or(() -> text(member.value()).map(text -> text.replaceFirst("\\..*", "")))
                  .ifPresent(found::add);
          case "Fn::Sub" -> {
            child(member.value(), "0")
                .flatMap(TemplateView::text)
                .or(() -> text(member.value()))
                .ifPresent(
                    text -> {
                      Matcher name = SUBSTITUTED.matcher(text);
                      while (name.find()) {
                        found.add(name.group(1));
                      }
                    });
            child(member.value(), "1").ifPresent(values -> collect(values, found));
          }
          default -> collect(member.value(), found);
        }
      }
    }
  }
}
