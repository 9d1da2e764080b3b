package dev.cloudtask.labs.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.labs.LabRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The player itself: what it takes for a case, and what it complains of. */
final class CasesTest {
  private static final String CASE =
      """
      title: The block is left on
      row: S1
      step: "1.3"
      change:
        template.yaml:
          - replace: "Block: false"
            with: "Block: true"
      message:
        - s3:Put\\w+
      where:
        file: template.yaml
        line: "Block: true"
      also: ["1.5"]
      why: It is on by default.
      """;
  private static final List<String> TEMPLATE = List.of("Bucket:", "  Block: true");
  private static final String MESSAGE =
      "Lab 1.3  Readable\n  Got:  s3:PutBucketPolicy\n  Where:  template.yaml:2  Bucket";

  @TempDir Path labs;

  @Test
  void mistake_isRead() throws IOException {
    Mistake mistake = mistake(CASE);

    assertThat(mistake.step()).isEqualTo("1.3");
    assertThat(mistake.also()).containsExactly("1.5");
    assertThat(mistake.changes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title: The   | titel: The      | 1  | \"titel\" is unknown",
        "row: S1      | row: first      | 2  | a row is a letter",
        "\"1.3\"      | \"third\"       | 3  | a step is written like",
        "\"1.3\"      | \"2.1\"         | 3  | is caught by then",
        "replace:     | replaced:       | 6  | is unknown",
        "s3:Put       | s3:(Put         | 9  | no regular expression",
        "line:        | lines:          | 12 | \"lines\" is unknown",
        "[\"1.5\"]    | some            | 13 | a list is expected",
        "[\"1.5\"]    | []              | 13 | with at least one item",
        "why: It      | row: It         | 14 | stands here twice",
      })
  void mistakeThatIsNotUnderstood_isRefusedWithItsLine(
      String part, String other, int line, String complaint) {
    assertThatThrownBy(() -> mistake(CASE.replace(part.strip(), other.strip())))
        .isInstanceOf(CaseException.class)
        .hasMessageStartingWith("labs/1-x/mistakes/some-case/mistake.yaml:" + line + ": ")
        .hasMessageContaining(complaint);
  }

  @Test
  void change_thatDoesNotFit_isRefusedWithItsLine() throws IOException {
    Mistake mistake = mistake(CASE);
    Path project = Files.createDirectory(labs.resolve("project"));
    Change change = mistake.changes().get(0);

    assertThatThrownBy(() -> change.make(project)).hasMessageContaining("has no file template");
    Files.writeString(project.resolve("template.yaml"), "Block: false\nBlock: false\n");
    assertThatThrownBy(() -> change.make(project))
        .hasMessageContaining("mistake.yaml:6: this must occur exactly once")
        .hasMessageContaining("more often");
    Files.writeString(project.resolve("template.yaml"), "a\nBlock: false\n");
    change.make(project);
    assertThat(project.resolve("template.yaml")).hasContent("a\nBlock: true");
  }

  @Test
  void caseFolderWithoutItsText_isRefused() throws IOException {
    Files.createDirectories(labs.resolve("1-x/mistakes/empty"));

    assertThatThrownBy(() -> Cases.all(labs, "mistakes", "mistake.yaml", Mistake::read))
        .hasMessageContaining("labs/1-x/mistakes/empty/mistake.yaml: there is no such file");
  }

  @Test
  void run_asTheCaseSays_isNotComplainedOf() throws IOException {
    assertThat(judged(green("1.1"), red("1.3", MESSAGE), red("1.5", "Lab 1.5  x"))).isEmpty();
    assertThat(judged(red("1.3", MESSAGE), new Outcome("1.5 title", "no browser", true))).isEmpty();
  }

  @Test
  void run_thatIsNotAsTheCaseSays_isComplainedOf() throws IOException {
    assertThat(judged()).contains("no test ran");
    assertThat(judged(green("1.3"))).contains("nothing is red: the tests take it for right");
    assertThat(judged(red("1.1", "Lab 1.1  x"), red("1.3", MESSAGE), red("1.5", "Lab 1.5  x")))
        .contains(
            "the first red step is 1.1, not 1.3",
            "red are [1.1, 1.3, 1.5], expected are [1.3, 1.5]");
    assertThat(judged(red("1.3", MESSAGE), green("1.5")))
        .containsExactly("red are [1.3], expected are [1.3, 1.5]");
    assertThat(
            judged(red("1.3", "Lab 1.3  x\n  Where: template.yaml:22"), red("1.5", "Lab 1.5  x")))
        .containsExactly(
            "the message does not have /s3:Put\\w+/",
            "the message must point at template.yaml:2, and points at line [22]");
    assertThat(judged(red("1.3", MESSAGE + "\nx".repeat(10)), red("1.5", "NullPointerException")))
        .containsExactly(
            "1.3 says more than 12 lines", "no message of a lab: NullPointerException");
    assertThat(judged(red("1.3", MESSAGE + " word".repeat(160)), red("1.5", "Lab 1.5  x")))
        .containsExactly("1.3 says 168 words, more than 160");
    assertThat(Judgement.ofVariant(List.of(green("1.1"), red("1.2", "Lab 1.2  x"))))
        .containsExactly("red: 1.2 title");
    assertThat(Judgement.ofVariant(List.of())).containsExactly("no test ran");
  }

  private List<String> judged(Outcome... run) throws IOException {
    return Judgement.of(mistake(CASE), List.of(run), TEMPLATE);
  }

  private static Outcome green(String step) {
    return new Outcome(step + " title", "", false);
  }

  private static Outcome red(String step, String message) {
    return new Outcome(step + " title", message, false);
  }

  private Mistake mistake(String text) throws IOException {
    Path folder = Files.createDirectories(labs.resolve("1-x/mistakes/some-case"));
    Files.writeString(folder.resolve("mistake.yaml"), text);
    return Cases.all(labs, "mistakes", "mistake.yaml", Mistake::read).get(0);
  }
}
