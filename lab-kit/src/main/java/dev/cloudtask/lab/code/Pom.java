package dev.cloudtask.lab.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A pom with what it inherits, as far as its dependencies go. Profiles are not looked at.
 *
 * @see <a href="https://maven.apache.org/ref/3.9.11/maven-model/maven.html">Maven's pom</a>
 */
final class Pom {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
  private static final int DEEPEST_PROPERTY = 10;

  /** Where poms are found. */
  interface Source {
    /** Returns a pom by its coordinates, if it is there. */
    Optional<Pom> find(String group, String artifact, String version);
  }

  /**
   * A dependency.
   *
   * @param version empty if the pom leaves it open and nothing manages it
   * @param scope Maven's default, {@code compile}, if the pom says nothing
   * @param exclusions {@code group:artifact}, each part may be {@code *}
   */
  record Dependency(
      String group,
      String artifact,
      String version,
      String type,
      String classifier,
      String scope,
      boolean optional,
      Set<String> exclusions) {
    Dependency {
      exclusions = Set.copyOf(exclusions);
    }

    /** Returns what tells it from other dependencies of a pom. */
    String key() {
      return group + ":" + artifact + ":" + type + ":" + classifier;
    }

    boolean excludes(Dependency other) {
      return exclusions.contains(other.group + ":" + other.artifact)
          || exclusions.contains(other.group + ":*")
          || exclusions.contains("*:" + other.artifact)
          || exclusions.contains("*:*");
    }
  }

  private final Element project;
  private final Source source;
  private final @Nullable Pom parent;

  /**
   * Reads a pom.
   *
   * @param project its root element
   * @param source where its parent and the poms that it imports are
   */
  Pom(Element project, Source source) {
    this.project = project;
    this.source = source;
    this.parent =
        child(project, "parent")
            .flatMap(
                p ->
                    source.find(
                        rawText(p, "groupId"), rawText(p, "artifactId"), rawText(p, "version")))
            .orElse(null);
  }

  /** Returns the root element. */
  Element element() {
    return project;
  }

  /** Returns its dependencies and the inherited ones, with what is managed filled in. */
  List<Dependency> dependencies() {
    Map<String, Dependency> found = new LinkedHashMap<>();
    for (Element element : allDependencies()) {
      Dependency declared = read(element);
      found.put(declared.key(), completed(element, declared));
    }
    return List.copyOf(found.values());
  }

  /** Returns the scope that this pom demands for a dependency however deep, if it does. */
  Optional<String> managedScope(Dependency dependency) {
    return managed(dependency.key(), false).map(e -> text(e, "scope")).filter(s -> !s.isEmpty());
  }

  private List<Element> allDependencies() {
    List<Element> all = new ArrayList<>();
    if (parent != null) {
      all.addAll(parent.allDependencies());
    }
    child(project, "dependencies").ifPresent(list -> all.addAll(children(list, "dependency")));
    return all;
  }

  private Dependency completed(Element element, Dependency declared) {
    Optional<Element> managed = managed(declared.key(), declared.version().isEmpty());
    String scope = text(element, "scope");
    Set<String> exclusions = new HashSet<>(declared.exclusions());
    managed.ifPresent(m -> exclusions.addAll(exclusions(m)));
    return new Dependency(
        declared.group(),
        declared.artifact(),
        declared.version().isEmpty()
            ? managed.map(m -> text(m, "version")).orElse("")
            : declared.version(),
        declared.type(),
        declared.classifier(),
        !scope.isEmpty()
            ? scope
            : managed.map(m -> text(m, "scope")).filter(s -> !s.isEmpty()).orElse("compile"),
        declared.optional() || managed.filter(m -> text(m, "optional").equals("true")).isPresent(),
        exclusions);
  }

  private Optional<Element> managed(String key, boolean alsoImported) {
    List<Element> own =
        child(project, "dependencyManagement")
            .flatMap(management -> child(management, "dependencies"))
            .map(list -> children(list, "dependency"))
            .orElse(List.of());
    for (Element element : own) {
      if (read(element).key().equals(key)) {
        return Optional.of(element);
      }
    }
    if (parent != null) {
      Optional<Element> inherited = parent.managed(key, false);
      if (inherited.isPresent()) {
        return inherited;
      }
    }
    if (alsoImported) {
      for (Element element : own) {
        if (text(element, "scope").equals("import")) {
          Optional<Element> imported =
              source
                  .find(
                      text(element, "groupId"),
                      text(element, "artifactId"),
                      text(element, "version"))
                  .flatMap(bom -> bom.managed(key, true));
          if (imported.isPresent()) {
            return imported;
          }
        }
      }
      return parent == null ? Optional.empty() : parent.managed(key, true);
    }
    return Optional.empty();
  }

  private Dependency read(Element element) {
    return new Dependency(
        text(element, "groupId"),
        text(element, "artifactId"),
        text(element, "version"),
        text(element, "type").isEmpty() ? "jar" : text(element, "type"),
        text(element, "classifier"),
        text(element, "scope"),
        text(element, "optional").equals("true"),
        exclusions(element));
  }

  private Set<String> exclusions(Element dependency) {
    Set<String> found = new HashSet<>();
    child(dependency, "exclusions")
        .ifPresent(
            list ->
                children(list, "exclusion")
                    .forEach(e -> found.add(text(e, "groupId") + ":" + text(e, "artifactId"))));
    return found;
  }

  /** Returns the text of a child with its properties filled in; empty if there is none. */
  String text(Element element, String name) {
    return filled(rawText(element, name), 0);
  }

  private String filled(String text, int depth) {
    if (depth > DEEPEST_PROPERTY || !text.contains("${")) {
      return text;
    }
    Matcher property = PROPERTY.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (property.find()) {
      String value = property(property.group(1)).orElse(property.group());
      property.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    property.appendTail(filled);
    return filled.toString().equals(text) ? text : filled(filled.toString(), depth + 1);
  }

  private Optional<String> property(String name) {
    String plain = name.replaceFirst("^(project|pom)\\.", "");
    if (!plain.equals(name) || Set.of("groupId", "artifactId", "version").contains(name)) {
      if (plain.startsWith("parent.")) {
        return child(project, "parent")
            .map(p -> rawText(p, plain.substring("parent.".length())))
            .filter(text -> !text.isEmpty());
      }
      Optional<String> own = Optional.of(rawText(project, plain)).filter(text -> !text.isEmpty());
      return own.isPresent() || parent == null ? own : parent.property(name);
    }
    Optional<String> own =
        child(project, "properties")
            .map(properties -> rawText(properties, name))
            .filter(text -> !text.isEmpty());
    return own.isPresent() || parent == null ? own : parent.property(name);
  }

  /** Returns the first child of a name. */
  static Optional<Element> child(Element element, String name) {
    return children(element, name).stream().findFirst();
  }

  /** Returns the children of a name. */
  static List<Element> children(Element element, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  private static String rawText(Element element, String name) {
    return child(element, name).map(found -> found.getTextContent().strip()).orElse("");
  }
}
