package dev.cloudtask.lab.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabScopeTest {
  @TempDir Path project;

  @Test
  void scope_isWhatWasSaid() {
    assertThat(LabScope.of("3", "", true).includes(3)).isTrue();
    assertThat(LabScope.of("3", "", true).includes(4)).isFalse();
    assertThat(LabScope.of("all", "", true).includes(6)).isTrue();
    assertThat(LabScope.of("", "", true).kind()).isEqualTo(LabScope.Kind.NEXT);
    assertThat(LabScope.of("", "", false).kind()).isEqualTo(LabScope.Kind.PICKED);
    assertThat(LabScope.of("", "", false).isWhole()).isFalse();
  }

  @Test
  void scopeThatMakesNoSense_isRefusedInASentence() {
    assertThat(LabScope.of("9", "", true).refusal())
        .hasValueSatisfying(s -> assertThat(s).contains("\"-Dlab=9\""));
    assertThat(LabScope.of("x", "", true).refusal()).isPresent();
    assertThat(LabScope.of("", "moon", true).refusal()).isPresent();
    assertThat(LabScope.of("0", "", true).includes(2)).isFalse();
  }

  @Test
  void progress_isAddedTo_andBeginsAnewWhenItIsDamaged() throws IOException {
    Path file = project.resolve(".cloudtask/progress.json");
    new ProgressFile(project)
        .add(
            List.of(result("a", StepResult.State.RED), result("b", StepResult.State.GREEN)),
            Instant.EPOCH);
    new ProgressFile(project)
        .add(
            List.of(result("a", StepResult.State.GREEN), result("b", StepResult.State.NOT_RUN)),
            Instant.EPOCH);

    assertThat(JsonParser.parseString(Files.readString(file)))
        .isEqualTo(
            JsonParser.parseString(
                "{'1.2':{'title':'t','tests':{'a':{'green':true,'at':'1970-01-01T00:00:00Z'},"
                    + "'b':{'green':true,'at':'1970-01-01T00:00:00Z'}}}}"));
    Files.writeString(file, "{{{");
    new ProgressFile(project).add(List.of(result("a", StepResult.State.RED)), Instant.EPOCH);
    assertThat(Files.readString(file)).contains("\"message\": \"Lab 1.2  t\"");
  }

  private static StepResult result(String test, StepResult.State state) {
    return new StepResult(1, 2, "t", test, state, "Lab 1.2  t");
  }
}
