package dev.cloudtask.labs.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The list of mutants that no test needs to notice, each with the reason. A reason stands at the
 * beginning of a line, the mutants below it are indented; {@code #} begins a comment.
 */
final class HarmlessList {
  private static final String INDENTED = "  ";

  private HarmlessList() {}

  /** Reads the list: of each mutant's name the reason. */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    String reason = "";
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(INDENTED)) {
        reason = line.strip();
      } else if (reason.isEmpty()) {
        throw new AssertionError(file + ":" + number + ": a mutant without a reason above it");
      } else if (reasons.put(line.strip(), reason) != null) {
        throw new AssertionError(file + ":" + number + ": this mutant is listed twice");
      }
    }
    return reasons;
  }
}
