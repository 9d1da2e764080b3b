package dev.cloudtask.labs.checkpoint;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of a folder, without what a build or an editor leaves there. */
final class SourceFiles {
  private SourceFiles() {}

  /** Returns all files by their path below the folder, with slashes; none if there is no folder. */
  static Map<String, Path> under(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (!name.startsWith("target/") && !name.startsWith(".") && !name.contains("/.")) {
          files.put(name, path);
        }
      }
    }
    return files;
  }

  /**
   * Reads a text file.
   *
   * @throws SourceException if it is not UTF-8
   */
  static String read(String shown, Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (CharacterCodingException e) {
      throw new SourceException(shown, 0, "not a text in UTF-8.");
    }
  }
}
