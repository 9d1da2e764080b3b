package dev.cloudtask.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.LabRun.Outcome;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The labs' tests fifty times over on the solution, each time in another order: none ever fails.
 */
@Tag("thorough")
final class RepeatedRunTest {
  private static final int TIMES = 50;
  private static final long FIRST_SEED = 20_261_122;

  @TempDir Path project;

  @Test
  void rightSolution_isGreenEachTime_inWhateverOrder() throws IOException {
    StudentProject.write(Progress.lab(6), project);
    StudentPackage.make(project);
    int tests = 0;
    for (int i = 0; i < TIMES; i++) {
      List<Outcome> run = LabRun.shuffled(6, FIRST_SEED + i, project);
      List<Outcome> red = run.stream().filter(Outcome::isRed).toList();
      assertThat(red).as("run %s, seed %s", i + 1, FIRST_SEED + i).isEmpty();
      assertThat(run).isNotEmpty();
      tests += run.size();
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target", "repeated-run.md"),
        "%d runs, seeds from %d, %d tests, none red%n".formatted(TIMES, FIRST_SEED, tests));
  }
}
