package dev.cloudtask.labs.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.LabRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong solution is caught, at its step, with its cause named. */
final class MistakesTest {
  private static final List<String> CAUGHT = new ArrayList<>();
  private static final List<Long> RED = new ArrayList<>();

  @TempDir static Path temp;

  @TestFactory
  Stream<DynamicTest> mistake() throws IOException {
    return Selection.of(Cases.mistakes(), Mistake::lab, Mistake::id).stream()
        .map(
            mistake ->
                DynamicTest.dynamicTest(
                    "lab " + mistake.lab() + ", " + mistake.id() + ": " + mistake.title(),
                    () -> play(mistake)));
  }

  private static void play(Mistake mistake) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(mistake.lab() + "-" + mistake.id()));
    int first = Player.THOROUGH ? 1 : Math.min(mistake.lab(), mistake.step().charAt(0) - '0');
    Player.Played played = Player.play(mistake.lab(), mistake.changes(), folder, first);
    Path where = folder.resolve(mistake.whereFile());
    List<String> lines = Files.exists(where) ? Files.readAllLines(where) : List.of();

    List<String> complaints = Judgement.of(mistake, played.outcomes(), lines);

    assertThat(complaints).as("%s%n%s", mistake.file(), told(played.outcomes())).isEmpty();
    long red = played.outcomes().stream().filter(Outcome::isRed).count();
    RED.add(red);
    CAUGHT.add(
        "| %d | %s | %s | %s | %d |"
            .formatted(mistake.lab(), mistake.id(), mistake.title(), mistake.step(), red));
  }

  /** Returns what a student would read, for whoever has to find out why a case is not as said. */
  static String told(List<Outcome> outcomes) {
    List<String> messages = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.isRed()) {
        messages.add(outcome.message());
      } else if (outcome.skipped()) {
        messages.add(outcome.name() + " skipped: " + outcome.message());
      }
    }
    return messages.isEmpty() ? "all green" : String.join("\n\n", messages);
  }

  @AfterAll
  static void report() throws IOException {
    RED.sort(Comparator.naturalOrder());
    String median = RED.isEmpty() ? "-" : String.valueOf(RED.get(RED.size() / 2));
    CAUGHT.sort(Comparator.naturalOrder());
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target", "mistakes.md"),
        "%d wrong solutions caught; red tests for one: median %s%n%n".formatted(RED.size(), median)
            + "| Lab | Case | What is wrong | Step | Red |\n|---|---|---|---|---|\n"
            + String.join("\n", CAUGHT)
            + "\n");
  }
}
