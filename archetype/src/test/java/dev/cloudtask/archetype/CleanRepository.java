package dev.cloudtask.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A local repository with this build's own artifacts, which nobody has installed yet, in front of
 * the libraries of the real one. The real one is linked to, never written into by our own groupId.
 */
final class CleanRepository {
  private static final Path OURS = Path.of("dev", "cloudtask");

  private final Path folder;
  private final String version;

  private CleanRepository(Path folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  /**
   * Makes the repository.
   *
   * @param libraries the real local repository
   * @param sources the top of this project's sources, built
   */
  static Path make(Path folder, Path libraries, Path sources, String version) throws IOException {
    CleanRepository repository = new CleanRepository(folder, version);
    repository.link(libraries, Path.of(""));
    repository.link(libraries, OURS.getName(0));
    repository.put("cloudtask-parent", sources.resolve("pom.xml"), "pom");
    repository.putModule("local-cloud", sources.resolve("local-cloud"));
    repository.putModule("lab-kit", sources.resolve("lab-kit"));
    repository.putModule("cloudtask-archetype", sources.resolve("archetype"));
    return folder;
  }

  /** Links everything in a folder of the libraries but what leads to our own artifacts. */
  private void link(Path libraries, Path below) throws IOException {
    Path from = libraries.resolve(below);
    Path to = Files.createDirectories(folder.resolve(below));
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        Path link = to.resolve(entry.getFileName().toString());
        if (!OURS.startsWith(folder.relativize(link)) && !Files.exists(link)) {
          Files.createSymbolicLink(link, entry.toAbsolutePath());
        }
      }
    }
  }

  private void putModule(String artifactId, Path module) throws IOException {
    put(artifactId, module.resolve("pom.xml"), "pom");
    put(artifactId, module.resolve("target").resolve(artifactId + "-" + version + ".jar"), "jar");
  }

  private void put(String artifactId, Path file, String type) throws IOException {
    Path place = folder.resolve(OURS).resolve(artifactId).resolve(version);
    Files.createDirectories(place);
    Files.copy(
        file,
        place.resolve(artifactId + "-" + version + "." + type),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
