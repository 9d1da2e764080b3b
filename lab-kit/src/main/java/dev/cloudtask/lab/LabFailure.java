package dev.cloudtask.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A red step: the message that a student reads in the terminal and in the IDE. It has at most
 * {@link #MAX_LINES} lines; of the stack only the test's own line is kept, so that a click leads
 * there.
 */
public final class LabFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** How many lines a message has at most. */
  static final int MAX_LINES = 12;

  /** How many lines one part of it has at most. */
  private static final int MAX_PART_LINES = 5;

  private static final int MAX_LINE_LENGTH = 200;

  private final String text;

  LabFailure(String step, String title, String next, Finding finding) {
    super(text(step, title, next, finding));
    this.text = String.valueOf(super.getMessage());
  }

  /** Creates a failure of the run as a whole: one sentence. */
  LabFailure(String sentence) {
    super(sentence);
    this.text = sentence;
    setStackTrace(new StackTraceElement[0]);
  }

  /** Keeps of the stack only the frames of the test class; of none, nothing. */
  LabFailure at(Class<?> testClass, Throwable thrown) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().equals(testClass.getName())) {
        frames.add(frame);
      }
    }
    setStackTrace(frames.toArray(StackTraceElement[]::new));
    return this;
  }

  private static String text(String step, String title, String next, Finding finding) {
    List<String> lines = new ArrayList<>();
    String state = finding.kind().words();
    lines.add("Lab " + step + "  " + title + (state.isEmpty() ? "" : ": " + state));
    part(lines, "Did:", finding.did(), 1);
    part(lines, "Expected:", finding.expected(), 1);
    part(lines, "Got:", finding.got(), MAX_PART_LINES);
    finding.where().ifPresent(where -> part(lines, "Where:", where, 1));
    finding.why().ifPresent(why -> part(lines, "Why:", why, 2));
    part(lines, "Next:", next, 1);
    return String.join("\n", lines);
  }

  private static void part(List<String> lines, String name, String content, int maxLines) {
    List<String> all =
        content
            .strip()
            .lines()
            .filter(line -> !line.isBlank())
            .flatMap(LabFailure::wrapped)
            .toList();
    for (int i = 0; i < Math.min(all.size(), maxLines); i++) {
      boolean cut = i == maxLines - 1 && all.size() > maxLines;
      lines.add(String.format("  %-9s  %s%s", i == 0 ? name : "", all.get(i), cut ? " …" : ""));
    }
  }

  /** Breaks a long line at spaces, so that the cause is not cut off behind a long beginning. */
  private static Stream<String> wrapped(String line) {
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > MAX_LINE_LENGTH) {
      int space = rest.lastIndexOf(' ', MAX_LINE_LENGTH);
      int end = space <= 0 ? MAX_LINE_LENGTH : space;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    parts.add(rest);
    return parts.stream();
  }

  /** Returns the message alone: a class name in front of it helps nobody. */
  @SuppressWarnings(
      "OverrideThrowableToString") // getMessage stays bare; this is what runners print
  @Override
  public String toString() {
    return text;
  }
}
