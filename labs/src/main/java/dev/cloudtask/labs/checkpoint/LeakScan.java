package dev.cloudtask.labs.checkpoint;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Proves that no line of an unsolved step is in what a student gets.
 *
 * <p>Lines that say nothing (braces, bare YAML keys, imports, comments) are not looked for, and
 * neither are lines that students have anyhow because they also stand in a shared or solved part.
 */
final class LeakScan {
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(
          "" // an empty line
              + "|[\\W_]*" // braces, dashes
              + "|[\\w-]+:" // a YAML key that only opens a level
              + "|(#|//|/?\\*|<!--).*" // a comment
              + "|(package|import) .*" // the head of a Java file
              + "|@\\w+"
              + "|return\\W*\\w*\\W*" // of a constant or a variable
              + "|.*[{(]" // the head of a class or a method,
              + "|(public |final |sealed )*(class|record|interface|enum) \\w+" // or its first half
              + "|implements .*");

  private final Map<String, String> withheld = new TreeMap<>();
  private final Set<String> anyhow = new HashSet<>();

  /** Notes a line of an unsolved step. */
  void withhold(String file, int number, String line) {
    String text = line.strip();
    if (!SAYS_NOTHING.matcher(text).matches()) {
      withheld.putIfAbsent(text, file + ":" + number);
    }
  }

  /** Notes a line that students have by right. */
  void hasByRight(String line) {
    anyhow.add(line.strip());
  }

  /**
   * Looks through a text that students get and that is not the solution's own: a stub, a test, a
   * chapter's hints.
   *
   * @throws SourceException if a withheld line is in it
   */
  void check(String file, String text) {
    int number = 0;
    for (String line : MarkedText.lines(text)) {
      number++;
      String origin = withheld.get(line.strip());
      if (origin != null && !anyhow.contains(line.strip())) {
        throw new SourceException(
            file, number, "gives away a solved line (solutions/" + origin + "): " + line.strip());
      }
    }
  }
}
