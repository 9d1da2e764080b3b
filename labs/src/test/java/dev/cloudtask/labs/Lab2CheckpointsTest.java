package dev.cloudtask.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lab 2 at each point of a student's way through it. */
final class Lab2CheckpointsTest {
  private static final int TESTS = 7;

  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void stepsThatAreDone_areGreen_andTheRestIsRed(int step) throws IOException {
    StudentProject.write(new Progress(2, step), project);

    Map<String, String> outcomes = run();

    assertThat(outcomes).hasSize(TESTS);
    outcomes.forEach(
        (name, message) -> {
          int number = name.charAt(2) - '0';
          if (number <= step) {
            assertThat(message).as(name).isEmpty();
          } else {
            assertThat(message).as(name).startsWith("Lab 2." + number + "  ");
            assertThat(message).as(name).contains("template.yaml:");
          }
        });
  }

  @Test
  void beforeTheFirstStep_isNotStarted() throws IOException {
    StudentProject.write(Progress.lab(1), project);

    assertThat(run())
        .hasSize(TESTS)
        .allSatisfy(
            (name, message) ->
                assertThat(message)
                    .startsWith("Lab " + name.replaceFirst(" ", "  ") + ": not started yet\n"));
  }

  private Map<String, String> run() {
    return LabRun.of("labs.Lab2CloudFrontTest", project);
  }
}
