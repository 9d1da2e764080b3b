package dev.cloudtask.labs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All about one lab: {@code labs/N-slug/}.
 *
 * @param number 1 to 6
 */
record LabFolder(int number, Path folder) {
  private static final Set<String> GIVEN_FILES = Set.of("chapter.adoc", "hints.md");
  private static final String TESTS = "tests";
  private static final String STUBS = "stubs";
  private static final Set<String> KEPT_FOLDERS = Set.of(STUBS, "mistakes", "variants");

  /**
   * Finds the labs.
   *
   * @throws SourceException if two have the same number
   */
  static List<LabFolder> in(Path labs) throws IOException {
    List<LabFolder> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(labs)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String name = folder.getFileName().toString();
        if (name.matches("[1-6]-[a-z0-9-]+")) {
          found.add(new LabFolder(name.charAt(0) - '0', folder));
        }
      }
    }
    found.sort(Comparator.comparing(lab -> lab.folder().getFileName().toString()));
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).number() == found.get(i - 1).number()) {
        throw new SourceException(
            found.get(i).shown(""), 0, "there is another lab of this number.");
      }
    }
    return found;
  }

  /** Returns a file of this lab as shown to people. */
  String shown(String relative) {
    return "labs/" + folder.getFileName() + (relative.isEmpty() ? "" : "/" + relative);
  }

  /** Returns where the stub of a file of the solution is, whether or not there is one. */
  Path stub(String solutionFile) {
    return folder.resolve(STUBS).resolve(solutionFile);
  }

  /** Returns the stubs by the file of the solution that they stand for. */
  Map<String, Path> stubs() throws IOException {
    return SourceFiles.under(folder.resolve(STUBS));
  }

  /**
   * Returns the files that a student has, by their path in the student's project.
   *
   * @throws SourceException for a file that has no business here
   */
  Map<String, Path> given() throws IOException {
    Map<String, Path> given = new LinkedHashMap<>();
    for (Map.Entry<String, Path> entry : SourceFiles.under(folder).entrySet()) {
      String name = entry.getKey();
      int slash = name.indexOf('/');
      String top = slash < 0 ? "" : name.substring(0, slash);
      if (GIVEN_FILES.contains(name) || (slash < 0 && name.endsWith(".svg"))) {
        given.put("labs/" + folder.getFileName() + "/" + name, entry.getValue());
      } else if (top.equals(TESTS)) {
        given.put("src/test/java" + name.substring(slash), entry.getValue());
      } else if (!KEPT_FOLDERS.contains(top)) {
        throw new SourceException(
            shown(name),
            0,
            "a lab has a chapter, hints, pictures, tests, stubs, mistakes, variants.");
      }
    }
    return given;
  }
}
