package dev.cloudtask.labs.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Proves that no line of an unsolved step is in what a student gets.
 *
 * <p>Lines that say nothing (braces, bare YAML keys, imports, comments) are not looked for, and
 * neither are lines that students have anyhow because they also stand in a shared or solved part,
 * or in working code of an earlier stage that the solution replaces.
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
              + "|implements .*"
              + "|\\w+( ->)?" // a name alone, or the head of a lambda
              + "|private \\w+\\(\\) \\{\\}"); // nobody is to make one

  private final Map<String, String> withheld = new TreeMap<>();
  private final Set<String> anyhow = new HashSet<>();

  /** Notes a line of an unsolved step. */
  void withhold(String file, int number, String line) {
    String text = line.strip();
    if (saysSomething(text)) {
      withheld.putIfAbsent(text, file + ":" + number);
    }
  }

  /** Tells whether a line is one to look for. */
  static boolean saysSomething(String line) {
    return !SAYS_NOTHING.matcher(line.strip()).matches();
  }

  /** Notes a line that students have by right. */
  void hasByRight(String line) {
    anyhow.add(line.strip());
  }

  /**
   * Looks through a text that students get and that is not the solution's own: a stub, a test, a
   * chapter's hints.
   *
   * @param first the number of the first line
   * @throws SourceException if a withheld line is in it
   */
  void check(String file, int first, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String origin = withheld.get(line);
      if (origin != null && !anyhow.contains(line)) {
        throw new SourceException(
            file, first + i, "gives away a solved line (" + origin + "): " + line);
      }
    }
  }
}
