package dev.cloudtask.labs.cases;

import dev.cloudtask.labs.LabRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the tests say of a case what they must; each complaint in a sentence. */
final class Judgement {
  private static final int MAX_LINES = 12;
  private static final int MAX_WORDS = 160;

  private Judgement() {}

  /**
   * Judges the run of a wrong solution.
   *
   * @param whereLines the lines of the file that the message must point at
   */
  static List<String> of(Mistake mistake, List<Outcome> run, List<String> whereLines) {
    List<String> complaints = new ArrayList<>(requireRun(run));
    List<Outcome> red = run.stream().filter(Outcome::isRed).toList();
    if (red.isEmpty()) {
      complaints.add("nothing is red: the tests take it for right");
      return complaints;
    }
    Outcome first = red.get(0);
    if (!first.step().equals(mistake.step())) {
      complaints.add("the first red step is " + first.step() + ", not " + mistake.step());
    }
    Set<String> steps = new TreeSet<>(red.stream().map(Outcome::step).toList());
    Set<String> expected = new TreeSet<>(mistake.also());
    expected.add(mistake.step());
    if (mistake.alsoAll()) {
      run.stream()
          .filter(outcome -> !outcome.isRed() && !outcome.skipped())
          .forEach(outcome -> complaints.add("not red: " + outcome.name()));
    } else {
      Set<String> ran = new TreeSet<>();
      // A step that stepped aside, for want of a browser, says nothing.
      run.stream().filter(o -> !o.skipped()).forEach(o -> ran.add(o.step()));
      expected.retainAll(ran);
      if (!steps.equals(expected)) {
        complaints.add("red are " + steps + ", expected are " + expected);
      }
    }
    String message =
        red.stream()
            .filter(outcome -> outcome.step().equals(mistake.step()))
            .map(Outcome::message)
            .findFirst()
            .orElse(first.message());
    mistake.messages().stream()
        .filter(pattern -> !pattern.matcher(message).find())
        .forEach(pattern -> complaints.add("the message does not have /" + pattern + "/"));
    complaints.addAll(place(mistake, message, whereLines));
    for (Outcome outcome : red) {
      complaints.addAll(form(outcome));
    }
    return complaints;
  }

  /** Judges the run of a right solution. */
  static List<String> ofVariant(List<Outcome> run) {
    List<String> complaints = new ArrayList<>(requireRun(run));
    run.stream().filter(Outcome::isRed).forEach(o -> complaints.add("red: " + o.name()));
    return complaints;
  }

  private static List<String> requireRun(List<Outcome> run) {
    return run.isEmpty() ? List.of("no test ran") : List.of();
  }

  /** A message is short and begins with its step; a stack trace is none. */
  static List<String> form(Outcome outcome) {
    List<String> complaints = new ArrayList<>();
    String message = outcome.message();
    if (!message.startsWith("Lab " + outcome.step() + "  ")) {
      complaints.add("no message of a lab: " + message.lines().findFirst().orElse(""));
    }
    if (message.lines().count() > MAX_LINES) {
      complaints.add(outcome.step() + " says more than " + MAX_LINES + " lines");
    }
    long words = Pattern.compile("\\S+").matcher(message).results().count();
    if (words > MAX_WORDS) {
      complaints.add(outcome.step() + " says " + words + " words, more than " + MAX_WORDS);
    }
    return complaints;
  }

  private static List<String> place(Mistake mistake, String message, List<String> lines) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(mistake.whereLine())) {
        found.add(i + 1);
      }
    }
    if (found.size() != 1) {
      return List.of(
          "\""
              + mistake.whereLine()
              + "\" is in the lines "
              + found
              + " of "
              + mistake.whereFile());
    }
    Matcher pointed =
        Pattern.compile("(?<![\\w/.-])" + Pattern.quote(mistake.whereFile()) + ":(\\d+)\\b")
            .matcher(message);
    List<String> places = new ArrayList<>();
    while (pointed.find()) {
      places.add(pointed.group(1));
    }
    return places.contains(String.valueOf(found.get(0)))
        ? List.of()
        : List.of(
            "the message must point at "
                + mistake.whereFile()
                + ":"
                + found.get(0)
                + ", and points at "
                + (places.isEmpty() ? "no line of it" : "line " + places));
  }
}
