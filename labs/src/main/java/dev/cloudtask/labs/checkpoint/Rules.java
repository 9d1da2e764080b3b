package dev.cloudtask.labs.checkpoint;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of each file of the solution: {@code labs/skeleton.rules}, one rule a line, the
 * first that fits counts.
 *
 * <pre>
 * given    website/**                 the student has it from the start
 * marked   template.yaml              its regions are replaced by the stubs beside the labs
 * stub 4   src/main/java/x/Y.java     until lab 4 is done, the whole file is a stub
 * stub 6 after 4  src/main/java/x/Z.java   the stub is working code, which is there once lab 4 is
 *                                     done; until then the file is lab 4's stub, or is not there
 * absent 4 src/main/java/x/Z.java     until lab 4 is done, there is no such file
 * never    pom.xml                    never handed out
 * </pre>
 */
final class Rules {
  private static final Pattern FORM =
      Pattern.compile("(given|marked|never|stub ([1-6])(?: after ([0-5]))?|absent ([1-6])) (\\S+)");

  /** What a rule does. */
  enum Kind {
    GIVEN,
    MARKED,
    STUB,
    ABSENT,
    NEVER
  }

  /**
   * One rule.
   *
   * @param lab for {@link Kind#STUB} and {@link Kind#ABSENT} the lab that brings the file; else 0
   * @param after the lab since which the stub is working code, 0 for the start; -1 if it is none
   */
  record Rule(Kind kind, int lab, int after, String glob, int line) {
    /** Tells whether the stub is working code of an earlier stage. */
    boolean staged() {
      return after >= 0;
    }

    boolean fits(Path relative) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return matcher.matches(relative);
    }
  }

  private final String file;
  private final List<Rule> rules;
  private final Set<Rule> used = new HashSet<>();

  private Rules(String file, List<Rule> rules) {
    this.file = file;
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads rules.
   *
   * @throws SourceException if a line is not a rule
   */
  static Rules parse(String file, String text) {
    List<Rule> rules = new ArrayList<>();
    int number = 0;
    for (String line : MarkedText.lines(text)) {
      number++;
      String rule = line.strip();
      if (rule.isEmpty() || rule.startsWith("#")) {
        continue;
      }
      Matcher form = FORM.matcher(rule.replaceAll(" +", " "));
      if (!form.matches()) {
        throw new SourceException(file, number, "not a rule: " + rule);
      }
      String brought = form.group(2) != null ? form.group(2) : form.group(4);
      int lab = brought == null ? 0 : Integer.parseInt(brought);
      int after = form.group(3) == null ? -1 : Integer.parseInt(form.group(3));
      if (after >= 0 && after >= lab) {
        throw new SourceException(
            file, number, "what is there after lab " + after + " cannot be a stub of lab " + lab);
      }
      Kind kind = Kind.valueOf(form.group(1).replaceAll(" .*", "").toUpperCase(Locale.ROOT));
      rules.add(new Rule(kind, lab, after, form.group(5), number));
    }
    return new Rules(file, rules);
  }

  /**
   * Returns the rule of a file.
   *
   * @throws SourceException if no rule fits
   */
  Rule of(Path relative) {
    for (Rule rule : rules) {
      if (rule.fits(relative)) {
        used.add(rule);
        return rule;
      }
    }
    throw new SourceException(
        "solutions/" + relative.toString().replace('\\', '/'),
        0,
        "no rule of " + file + " says whether students get this file. Add one.");
  }

  /**
   * Makes sure that every rule was needed.
   *
   * @throws SourceException if one was not
   */
  void requireAllUsed() {
    for (Rule rule : rules) {
      if (!used.contains(rule)) {
        throw new SourceException(
            file, rule.line(), "this rule fits no file, or an earlier one takes them all.");
      }
    }
  }
}
