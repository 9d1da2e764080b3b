package dev.cloudtask.labs.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A wrong solution, with what its student must be told.
 *
 * @param lab whose solution it is; the labs before are right
 * @param step where it must be caught
 * @param messages what that step must say
 * @param whereFile the file that it must point at
 * @param whereLine a text of the line that it must point at, which occurs in one line only
 * @param also the other steps that are red for it; nothing else may be
 * @param alsoAll whether everything is red for it
 */
record Mistake(
    String file,
    int lab,
    String id,
    String title,
    String step,
    List<Change> changes,
    List<Pattern> messages,
    String whereFile,
    String whereLine,
    Set<String> also,
    boolean alsoAll,
    CaseText text) {
  private static final Pattern STEP = Pattern.compile("[1-6]\\.[1-9]");
  private static final Pattern ROW = Pattern.compile("[A-Z]\\d{1,2}");
  private static final Set<String> MUST =
      Set.of("title", "step", "change", "message", "where", "why");
  private static final Set<String> MAY = Set.of("row", "also");

  static Mistake read(String shown, int lab, String id, Path path) throws IOException {
    CaseText text = CaseText.read(shown, path);
    Map<String, CaseText> members = text.map(MUST, MAY);
    String step = step(members.get("step"));
    if (step.charAt(0) - '0' > lab) {
      throw members.get("step").complaint("a mistake of lab " + lab + " is caught by then.");
    }
    members.get("title").text();
    members.get("why").text();
    Optional.ofNullable(members.get("row"))
        .filter(row -> !ROW.matcher(row.text()).matches())
        .ifPresent(
            row -> {
              throw row.complaint("a row is a letter and a number.");
            });
    Map<String, CaseText> where = members.get("where").map(Set.of("file", "line"), Set.of());
    Set<String> also = new HashSet<>();
    CaseText others = members.get("also");
    boolean all = others != null && others.scalar().equals(Optional.of("all"));
    if (others != null && !all) {
      others.list().forEach(other -> also.add(step(other)));
    }
    return new Mistake(
        shown,
        lab,
        id,
        members.get("title").text(),
        step,
        Change.read(members.get("change")),
        members.get("message").list().stream().map(Mistake::pattern).toList(),
        where.get("file").text(),
        where.get("line").text(),
        also,
        all,
        text);
  }

  private static String step(CaseText text) {
    if (!STEP.matcher(text.text()).matches()) {
      throw text.complaint("a step is written like \"1.3\".");
    }
    return text.text();
  }

  private static Pattern pattern(CaseText text) {
    try {
      return Pattern.compile(text.text());
    } catch (PatternSyntaxException e) {
      throw text.complaint("no regular expression: " + e.getDescription());
    }
  }
}
