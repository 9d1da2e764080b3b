package dev.cloudtask.lab.progress;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a student reads at the end of a run: the first red step in full, since one thing is done at
 * a time, then how far each lab is.
 */
final class RunReport {
  private static final int LISTED = 8;

  private final List<StepResult> results;
  private final LabScope scope;

  RunReport(List<StepResult> results, LabScope scope) {
    this.results = List.copyOf(results);
    this.scope = scope;
  }

  /** Returns the lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<StepResult> red =
        results.stream().filter(result -> result.state() == StepResult.State.RED).toList();
    if (!red.isEmpty()) {
      lines.addAll(red.get(0).message().lines().toList());
      Set<String> others = new LinkedHashSet<>();
      red.stream().skip(1).map(StepResult::name).forEach(others::add);
      others.remove(red.get(0).name());
      if (!others.isEmpty()) {
        lines.add("");
        lines.add("Then: " + listed(others));
      }
    }
    if (!lines.isEmpty() && !results.isEmpty()) {
      lines.add("");
    }
    TreeMap<Integer, List<StepResult>> labs = new TreeMap<>();
    results.forEach(
        result -> labs.computeIfAbsent(result.lab(), any -> new ArrayList<>()).add(result));
    labs.forEach((lab, own) -> lines.add(bar(lab, own)));
    results.stream()
        .filter(result -> result.state() == StepResult.State.NOT_RUN && !result.message().isEmpty())
        .filter(result -> !isUnreached(labs.getOrDefault(result.lab(), List.of())))
        .map(result -> "Not tried: " + result.message())
        .distinct()
        .forEach(lines::add);
    if (red.isEmpty() && !labs.isEmpty()) {
      lines.add("");
      lines.add(next(labs.lastKey()));
    }
    return lines;
  }

  private String next(int lastLab) {
    if (lastLab >= LabScope.LABS) {
      return "All green: this is the whole app.";
    }
    return scope.kind() == LabScope.Kind.PICKED
        ? "Green."
        : "Green up to here. On with lab "
            + (lastLab + 1)
            + ": ./mvnw test \"-Dlab="
            + (lastLab + 1)
            + "\"";
  }

  private static String listed(Set<String> steps) {
    List<String> all = List.copyOf(steps);
    return all.size() <= LISTED
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, LISTED)) + " and " + (all.size() - LISTED) + " more";
  }

  private static String bar(int lab, List<StepResult> own) {
    if (isUnreached(own)) {
      return "Lab " + lab + "  not reached";
    }
    Set<String> steps = new TreeSet<>();
    Set<String> undone = new TreeSet<>();
    for (StepResult result : own) {
      steps.add(result.name());
      if (result.state() != StepResult.State.GREEN) {
        undone.add(result.name());
      }
    }
    int done = steps.size() - undone.size();
    return "Lab "
        + lab
        + "  ["
        + "#".repeat(done)
        + ".".repeat(undone.size())
        + "]  "
        + done
        + " of "
        + steps.size()
        + " steps";
  }

  private static boolean isUnreached(List<StepResult> own) {
    return own.stream().allMatch(result -> result.state() == StepResult.State.NOT_RUN);
  }
}
