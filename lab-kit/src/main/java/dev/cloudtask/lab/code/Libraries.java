package dev.cloudtask.lab.code;

import dev.cloudtask.lab.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The libraries of a project, by its pom and the poms beside the jars on the class path: which of
 * them a function's package holds, and which the compiler may see besides. The rules are Maven's:
 * the nearest mention of an artifact counts, a direct one above all; test, provided and optional
 * dependencies of dependencies are left out; exclusions hold for what lies below them. Which
 * version is on the class path was decided by whoever made it.
 *
 * @param packaged the jars in scope compile or runtime, direct and transitive, in Maven's order
 * @param compileOnly the direct jars in scope provided
 */
public record Libraries(List<Path> packaged, List<Path> compileOnly) {
  /** Poms do not change in a repository. */
  private static final Map<Path, Element> READ = new ConcurrentHashMap<>();

  /** Copies the lists. */
  public Libraries {
    packaged = List.copyOf(packaged);
    compileOnly = List.copyOf(compileOnly);
  }

  /**
   * Finds the libraries of a project among those of this JVM's class path.
   *
   * @throws Finding if the pom cannot be read, or names a library that is not on the class path
   */
  public static Libraries of(Path pomFile) {
    return of(pomFile, ClassPath.ofThisJvm());
  }

  static Libraries of(Path pomFile, ClassPath classPath) {
    Element project;
    try {
      project = parse(pomFile);
    } catch (IOException | SAXException e) {
      throw Finding.of(Finding.Kind.NOT_TESTED, "read pom.xml to see what your functions need")
          .expected("a pom that Maven can read")
          .got(String.valueOf(e.getMessage()))
          .where("pom.xml")
          .found();
    }
    return new Search(classPath).run(project);
  }

  private record Step(Pom.Dependency dependency, List<Pom.Dependency> path) {}

  /** One walk over the graph of dependencies, level by level. */
  private static final class Search {
    private final ClassPath classPath;
    private final Set<Path> repositories = new LinkedHashSet<>();
    private final Map<String, Optional<Pom>> poms = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Path> packaged = new ArrayList<>();

    Search(ClassPath classPath) {
      this.classPath = classPath;
    }

    Libraries run(Element project) {
      noteRepositories(project);
      Pom pom = new Pom(project, this::find);
      List<Path> compileOnly = new ArrayList<>();
      List<Step> level = new ArrayList<>();
      for (Pom.Dependency direct : pom.dependencies()) {
        seen.add(direct.key());
        if (direct.scope().equals("compile") || direct.scope().equals("runtime")) {
          level.add(new Step(direct, List.of()));
        } else if (direct.scope().equals("provided")) {
          compileOnly.add(require(direct, List.of()));
        }
      }
      while (!level.isEmpty()) {
        List<Step> next = new ArrayList<>();
        for (Step step : level) {
          next.addAll(take(step, pom));
        }
        level = next;
      }
      return new Libraries(packaged, compileOnly);
    }

    private List<Step> take(Step step, Pom root) {
      Pom.Dependency dependency = step.dependency();
      Optional<Pom> own;
      if (dependency.type().equals("pom")) {
        own = find(dependency.group(), dependency.artifact(), dependency.version());
      } else {
        Path jar = require(dependency, step.path());
        packaged.add(jar);
        own = pomOf(jar);
      }
      List<Pom.Dependency> path = new ArrayList<>(step.path());
      path.add(dependency);
      List<Step> below = new ArrayList<>();
      for (Pom.Dependency child : own.map(Pom::dependencies).orElse(List.of())) {
        String scope = root.managedScope(child).orElse(child.scope());
        boolean wanted = scope.equals("compile") || scope.equals("runtime");
        boolean excluded = path.stream().anyMatch(above -> above.excludes(child));
        if (wanted && !child.optional() && !excluded && seen.add(child.key())) {
          below.add(new Step(child, path));
        }
      }
      return below;
    }

    private Path require(Pom.Dependency dependency, List<Pom.Dependency> path) {
      return classPath
          .jar(dependency.group(), dependency.artifact(), dependency.classifier())
          .map(
              jar -> {
                repositories.add(repository(jar, dependency.group()));
                return jar;
              })
          .orElseThrow(
              () ->
                  Finding.of(
                          Finding.Kind.NOT_TESTED, "gathered the libraries that your pom.xml names")
                      .expected(
                          dependency.group()
                              + ":"
                              + dependency.artifact()
                              + (path.isEmpty() ? "" : ", which a library of yours needs"))
                      .got("no such jar on the class path of the tests")
                      .where("pom.xml")
                      .why("Your IDE has not seen the change of pom.xml: reload the Maven project.")
                      .found());
    }

    /** The direct dependencies tell where the repositories are, before any pom is asked for. */
    private void noteRepositories(Element project) {
      Pom.child(project, "dependencies")
          .map(list -> Pom.children(list, "dependency"))
          .orElse(List.of())
          .forEach(
              element -> {
                String group = text(element, "groupId");
                classPath
                    .jar(group, text(element, "artifactId"), "")
                    .ifPresent(jar -> repositories.add(repository(jar, group)));
              });
    }

    private static String text(Element element, String name) {
      return Pom.child(element, name).map(found -> found.getTextContent().strip()).orElse("");
    }

    private static Path repository(Path jar, String group) {
      // Up from the file: its version, its artifact, and each part of its group.
      int levels = 2 + group.split("\\.").length;
      return jar.resolve("../".repeat(levels + 1)).normalize();
    }

    private Optional<Pom> pomOf(Path jar) {
      return read(ClassPath.pomBeside(jar));
    }

    private Optional<Pom> find(String group, String artifact, String version) {
      String key = group + ":" + artifact + ":" + version;
      Optional<Pom> known = poms.get(key);
      if (known == null) {
        known =
            repositories.stream()
                .map(
                    repository ->
                        repository
                            .resolve(group.replace('.', '/'))
                            .resolve(artifact)
                            .resolve(version)
                            .resolve(artifact + "-" + version + ".pom"))
                .filter(Files::exists)
                .findFirst()
                .flatMap(this::read);
        poms.put(key, known); // not computeIfAbsent: reading a pom finds its parent
      }
      return known;
    }

    private Optional<Pom> read(Path file) {
      Element known = READ.get(file);
      if (known == null) {
        try {
          known = parse(file);
          READ.put(file, known);
        } catch (IOException | SAXException e) {
          return Optional.empty(); // a jar without a pom needs nothing that could be known
        }
      }
      return Optional.of(new Pom(known, this::find));
    }
  }

  static Element parse(Path file) throws IOException, SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      factory.setExpandEntityReferences(false);
      javax.xml.parsers.DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java reads XML", e);
    }
  }
}
