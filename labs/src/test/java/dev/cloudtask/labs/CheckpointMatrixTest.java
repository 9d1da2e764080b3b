package dev.cloudtask.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.LabRun.Outcome;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done is green; every test of the lab that comes next is red, by its own message. */
final class CheckpointMatrixTest {
  private static final int LABS = 6;

  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void labsThatAreDone_areGreen_andEveryTestOfTheNextIsRed(int done) throws IOException {
    StudentProject.write(Progress.lab(done), project);
    StudentPackage.make(project);

    List<Outcome> run = LabRun.ofLabs(1, Math.min(done + 1, LABS), project);

    for (int lab = 1; lab <= Math.min(done + 1, LABS); lab++) {
      String name = lab + ".";
      assertThat(run).as("tests of lab %s", lab).anyMatch(test -> test.step().startsWith(name));
    }
    for (Outcome outcome : run) {
      int lab = outcome.step().charAt(0) - '0';
      if (lab <= done) {
        assertThat(outcome.message()).as(outcome.name()).isEmpty();
      } else {
        assertThat(outcome.message())
            .as(outcome.name())
            .startsWith("Lab " + outcome.name().replaceFirst(" ", "  "));
        assertThat(outcome.message().lines()).as(outcome.name()).hasSizeLessThanOrEqualTo(12);
        if (done == 0) {
          assertThat(outcome.message()).contains(": not started yet\n");
        }
      }
    }
  }
}
