package dev.cloudtask.labs.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.cloudtask.labs.LabRun;
import dev.cloudtask.labs.LabRun.Outcome;
import dev.cloudtask.labs.StudentPackage;
import dev.cloudtask.labs.StudentProject;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The six labs' tests against every mutant of the solution's template: a lab is red, or the list
 * says why no lab needs to be. Takes some twenty minutes.
 */
@Tag("thorough")
final class TemplateMutantsTest {
  private static final Path LIST = Path.of("harmless-template-mutants.txt");
  private static final Path REPORT = Path.of("target", "template-mutants.md");
  private static final Path PROGRESS = Path.of("target", "template-mutants.txt");
  private static final int LAST_LAB = 6;

  /** Tries only the mutants with this text in their names: for whoever works on one. */
  private static final String ONLY = System.getProperty("mutant", "");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @TempDir static Path folder;
  private static StudentProject project;
  private static JsonObject template;

  @BeforeAll
  static void deriveTheSolution() throws IOException {
    project = StudentProject.write(Progress.lab(LAST_LAB), folder);
    StudentPackage.make(project.folder());
    template = TemplateJson.read(project.text("template.yaml"));
  }

  @Test
  void everyMutantIsCaughtOrListedAsHarmless() throws IOException {
    Instant begun = Instant.now();
    Files.createDirectories(PROGRESS.getParent());
    Files.deleteIfExists(PROGRESS);
    List<Mutant> mutants =
        Mutants.of(template).stream().filter(mutant -> mutant.name().contains(ONLY)).toList();
    Map<String, String> reasons = HarmlessList.read(LIST);
    assertThat(firstRed(template, 1)).as("the solution itself, written as JSON").isEmpty();

    Map<Mutant, String> caught = new LinkedHashMap<>();
    List<Mutant> survivors = new ArrayList<>();
    List<Mutant> listed = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (reasons.containsKey(mutant.name())) {
        listed.add(mutant);
      } else {
        Instant started = Instant.now();
        Optional<Outcome> red = firstRed(mutant.of(template), mutant.lab());
        red.ifPresentOrElse(test -> caught.put(mutant, test.step()), () -> survivors.add(mutant));
        progress(mutant, red, started);
      }
    }
    List<String> notHarmless = new ArrayList<>();
    for (List<Mutant> together : groups(listed)) {
      requireHarmless(together, notHarmless);
    }
    Files.writeString(
        REPORT, report(caught, listed, survivors, reasons, Duration.between(begun, Instant.now())));

    assertThat(survivors.stream().map(Mutant::name))
        .as("no lab is red for these, and %s does not say why", LIST)
        .isEmpty();
    assertThat(notHarmless).as("%s has these, and a lab is red for them", LIST).isEmpty();
    Set<String> gone = new LinkedHashSet<>(reasons.keySet());
    listed.forEach(mutant -> gone.remove(mutant.name()));
    gone.removeIf(name -> !name.contains(ONLY));
    assertThat(gone).as("%s has these, and there are no such mutants", LIST).isEmpty();
  }

  /** For whoever waits: what has been tried so far, with what came of it. */
  private static void progress(Mutant mutant, Optional<Outcome> red, Instant started)
      throws IOException {
    String outcome = red.map(Outcome::step).orElse("-");
    long millis = Duration.between(started, Instant.now()).toMillis();
    Files.writeString(
        PROGRESS,
        "%s  %5d ms  %s%n".formatted(outcome, millis, mutant.name()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Asks the labs until one is red, the likely one first. */
  private static Optional<Outcome> firstRed(JsonObject mutant, int likely) throws IOException {
    project.write("template.yaml", GSON.toJson(mutant));
    List<Integer> labs =
        IntStream.concat(
                IntStream.of(likely),
                IntStream.rangeClosed(1, LAST_LAB).filter(lab -> lab != likely))
            .boxed()
            .toList();
    return LabRun.firstRed(labs, project.folder());
  }

  /** What is harmless alone is nearly always so together: one run instead of many. */
  private static List<List<Mutant>> groups(List<Mutant> listed) {
    List<List<Mutant>> groups = new ArrayList<>();
    for (Mutant mutant : listed) {
      groups.stream()
          .filter(group -> group.stream().noneMatch(mutant::meets))
          .findFirst()
          .orElseGet(
              () -> {
                List<Mutant> group = new ArrayList<>();
                groups.add(group);
                return group;
              })
          .add(mutant);
    }
    return groups;
  }

  private static void requireHarmless(List<Mutant> together, List<String> notHarmless)
      throws IOException {
    Optional<Outcome> red = firstRed(Mutant.allOf(together, template), together.get(0).lab());
    if (red.isPresent() && together.size() == 1) {
      notHarmless.add(together.get(0).name() + " (" + red.get().name() + ")");
    } else if (red.isPresent()) {
      int half = together.size() / 2;
      requireHarmless(together.subList(0, half), notHarmless);
      requireHarmless(together.subList(half, together.size()), notHarmless);
    }
  }

  private static String report(
      Map<Mutant, String> caught,
      List<Mutant> listed,
      List<Mutant> survivors,
      Map<String, String> reasons,
      Duration time) {
    Map<String, List<String>> bySteps = new TreeMap<>();
    caught.forEach(
        (mutant, step) ->
            bySteps.computeIfAbsent(step, key -> new ArrayList<>()).add(mutant.name()));
    Map<String, List<String>> byReasons = new LinkedHashMap<>();
    listed.forEach(
        mutant ->
            byReasons
                .computeIfAbsent(reasons.get(mutant.name()), key -> new ArrayList<>())
                .add(mutant.name()));
    return "# Mutants of the template\n\n"
        + "Each property of the solution's template dropped, each value changed, one at a time, and the\n"
        + "six labs' tests run on it until one is red. `TemplateMutantsTest`, under `-Pthorough`.\n\n"
        + "| mutants | caught | harmless | survived | minutes |\n|---:|---:|---:|---:|---:|\n"
        + "| %d | %d | %d | %d | %d |\n"
            .formatted(
                caught.size() + listed.size() + survivors.size(),
                caught.size(),
                listed.size(),
                survivors.size(),
                time.plusSeconds(30).toMinutes())
        + section("Caught, by the first step that was red", bySteps)
        + section("Harmless, by the reason", byReasons)
        + section(
            "Survived", Map.of("Not explained yet", survivors.stream().map(Mutant::name).toList()));
  }

  private static String section(String title, Map<String, List<String>> groups) {
    StringBuilder text = new StringBuilder("\n## " + title + "\n");
    groups.forEach(
        (group, mutants) -> {
          text.append("\n**").append(group).append("** (").append(mutants.size()).append(")\n\n");
          mutants.forEach(name -> text.append("- `").append(name).append("`\n"));
        });
    return text.toString();
  }
}
