package dev.cloudtask.lab.code;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What is on a class path. Jars are known by their place in a repository: {@code
 * group/parts/artifact/version/artifact-version.jar}.
 *
 * @param entries folders and jars in order; jars that only name others are replaced by those
 */
record ClassPath(List<Path> entries) {
  ClassPath {
    entries = List.copyOf(entries);
  }

  /** Returns the class path of this JVM. */
  static ClassPath ofThisJvm() {
    return parse(System.getProperty("java.class.path", ""));
  }

  static ClassPath parse(String text) {
    Set<Path> all = new LinkedHashSet<>();
    for (String entry : text.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        add(Path.of(entry).toAbsolutePath().normalize(), all);
      }
    }
    return new ClassPath(new ArrayList<>(all));
  }

  /** IDEs shorten a long class path to one jar whose manifest names the rest. */
  private static void add(Path entry, Set<Path> all) {
    if (!all.add(entry) || !entry.toString().endsWith(".jar") || !Files.isRegularFile(entry)) {
      return;
    }
    if (entry.getNameCount() > 3 && Files.exists(pomBeside(entry))) {
      return; // one of a repository: it is itself
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      Manifest manifest = jar.getManifest();
      String named = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
      if (named != null) {
        for (String uri : named.trim().split("\\s+")) {
          URI resolved = entry.toUri().resolve(uri);
          if ("file".equals(resolved.getScheme())) {
            add(Path.of(resolved).normalize(), all);
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // Not a jar, or one that names nothing that could be read: it adds nothing.
    }
  }

  /** Tells whether this folder of classes is on it. */
  boolean contains(Path folder) {
    return entries.contains(folder.toAbsolutePath().normalize());
  }

  /** Finds the jar of an artifact, in whatever version it is there. */
  Optional<Path> jar(String group, String artifact, String classifier) {
    Path place = Path.of(group.replace('.', '/'), artifact);
    for (Path entry : entries) {
      Path version = entry.getParent();
      if (version != null
          && version.getParent() != null
          && version.getParent().endsWith(place)
          && entry
              .getFileName()
              .toString()
              .equals(
                  artifact
                      + "-"
                      + version.getFileName()
                      + (classifier.isEmpty() ? "" : "-" + classifier)
                      + ".jar")) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Returns where the pom of a jar of a repository is. */
  static Path pomBeside(Path jar) {
    int names = jar.getNameCount();
    return jar.resolveSibling(jar.getName(names - 3) + "-" + jar.getName(names - 2) + ".pom");
  }

  /** Returns all jars and folders as {@code javac} takes them. */
  static String joined(Stream<Path> entries) {
    return String.join(File.pathSeparator, entries.map(Path::toString).toList());
  }
}
