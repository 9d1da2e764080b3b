package dev.cloudtask.lab.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Which files in {@code target/} a pom makes as packages with all libraries in them. A template
 * that names another file (the thin jar, a name misspelt) gets what really lies there.
 *
 * @param target the project's folder of built files
 * @param names the files that the shade plugin makes; empty if another plugin makes them, and then
 *     every archive in the folder counts
 */
record PackageFiles(Path target, Set<String> names) {
  private static final String SHADE = "maven-shade-plugin";

  PackageFiles {
    names = Set.copyOf(names);
  }

  static PackageFiles of(Path pomFile) {
    Path target = pomFile.resolveSibling("target");
    try {
      Element project = Libraries.parse(pomFile);
      Set<String> names = new HashSet<>();
      for (Element plugin : plugins(project)) {
        if (text(plugin, "artifactId").equals(SHADE)) {
          names.addAll(shaded(plugin, project));
        }
      }
      return new PackageFiles(target, names);
    } catch (IOException | SAXException e) {
      return new PackageFiles(target, Set.of());
    }
  }

  /** Tells whether this file is a package that a build would make. */
  boolean makes(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return target.equals(file.getParent())
        && (names.isEmpty()
            ? name.endsWith(".jar") || name.endsWith(".zip")
            : names.contains(name));
  }

  private static List<Element> plugins(Element project) {
    return Pom.child(project, "build")
        .flatMap(build -> Pom.child(build, "plugins"))
        .map(plugins -> Pom.children(plugins, "plugin"))
        .orElse(List.of());
  }

  private static Set<String> shaded(Element plugin, Element project) {
    Set<String> names = new HashSet<>();
    Pom.child(plugin, "configuration").ifPresent(c -> outputFile(c).ifPresent(names::add));
    for (Element execution :
        Pom.child(plugin, "executions").map(e -> Pom.children(e, "execution")).orElse(List.of())) {
      Pom.child(execution, "configuration").ifPresent(c -> outputFile(c).ifPresent(names::add));
    }
    if (names.isEmpty()) {
      // Without a name of its own, the shaded jar replaces the thin one.
      String finalName =
          Pom.child(project, "build").map(build -> text(build, "finalName")).orElse("");
      names.add(
          (finalName.isEmpty()
                  ? text(project, "artifactId") + "-" + text(project, "version")
                  : finalName)
              + ".jar");
    }
    return names;
  }

  private static Optional<String> outputFile(Element configuration) {
    String file = text(configuration, "outputFile");
    if (!file.isEmpty()) {
      return Optional.of(file.substring(file.lastIndexOf('/') + 1));
    }
    String finalName = text(configuration, "finalName");
    return finalName.isEmpty() ? Optional.empty() : Optional.of(finalName + ".jar");
  }

  private static String text(Element element, String name) {
    return Pom.child(element, name).map(found -> found.getTextContent().strip()).orElse("");
  }
}
