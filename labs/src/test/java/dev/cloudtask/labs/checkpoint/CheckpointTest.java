package dev.cloudtask.labs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small sources made here, and the real ones. */
final class CheckpointTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final String STUB = "labs/1-s3-website/stubs/template.yaml";

  @TempDir Path sources;

  @BeforeEach
  void smallSources() throws IOException {
    write(
        "solutions/template.yaml",
        """
        Resources:
          # >>> 1.1
          Bucket:
            Type: AWS::S3::Bucket
          # <<<
          # >>> 1.2
            BucketName: notes
          # <<<
        """);
    write("solutions/website/index.html", "<h1>Hello</h1>\n");
    write("solutions/pom.xml", "<project/>\n");
    write("solutions/src/Handler.java", "class Handler {\n  int answer = 42;\n}\n");
    write("solutions/src/Friend.java", "class Friend {\n  String secret = \"xyzzy\";\n}\n");
    write(
        STUB,
        """
        # >>> 1.1
          # TODO 1.1
        # <<<
        # >>> 1.2
        # <<<
        """);
    write("labs/1-s3-website/chapter.adoc", "= Lab 1\n");
    write("labs/1-s3-website/tests/labs/Lab1Test.java", "class Lab1Test {}\n");
    write("labs/4-lambda/stubs/src/Handler.java", "class Handler {\n  // TODO\n}\n");
    rules(
        """
        marked   template.yaml
        given    website/**
        stub 4   src/Handler.java
        absent 4 src/*.java
        never    pom.xml
        """);
  }

  @Test
  void skeleton_hasStubsInPlaceOfRegions() throws IOException {
    Checkpoint skeleton = derive(Progress.lab(0));

    assertThat(skeleton.text("template.yaml")).isEqualTo("Resources:\n  # TODO 1.1\n");
    assertThat(skeleton.text("src/Handler.java")).contains("// TODO");
    assertThat(skeleton.names())
        .containsExactlyInAnyOrder(
            "template.yaml",
            "website/index.html",
            "src/Handler.java",
            "labs/1-s3-website/chapter.adoc",
            "src/test/java/labs/Lab1Test.java");
  }

  @Test
  void step_bringsItsOwnRegionOnly() throws IOException {
    assertThat(derive(new Progress(1, 1)).text("template.yaml"))
        .isEqualTo("Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n");
  }

  @Test
  void lastCheckpoint_isTheSolutionWithoutMarks() throws IOException {
    Checkpoint done = derive(Progress.lab(6));

    assertThat(done.text("template.yaml"))
        .isEqualTo("Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    BucketName: notes\n");
    assertThat(done.text("src/Handler.java")).contains("42");
    assertThat(done.text("src/Friend.java")).contains("xyzzy");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "# >>> 1.1 % # >>> 1.2 % # <<< % # <<<| 2| a region begins inside region 1.1 of line 1",
        "# >>> 1.1 % a: 1                     | 1| region 1.1 never ends",
        "a: 1 % # <<<                         | 2| no region is open here",
        "# >>> 1.1 % # <<< % # >>> 1.1 % # <<<| 3| region 1.1 is there already, in line 1",
        "# >>> 7.1 % # <<<                    | 1| \"7.1\" names no region",
        "# >>> 1,1 % # <<<                    | 1| \"1,1\" names no region",
        "# >>>     % # <<<                    | 1| \"\" names no region",
        "# >>> 1.1 % # <<< 1.1                | 2| after <<< nothing may follow",
        "# >>> 2.1 % # <<<                    | 1| there is no folder of lab 2",
        "# >>> 1.5 % # <<<                    | 1| region 1.5 has no stub",
      })
  void marks_thatAreWrong_stopTheBuild(String text, int line, String complaint) throws IOException {
    write("solutions/template.yaml", text.replaceAll(" *% *", "\n").strip() + "\n");
    write(STUB, "");

    assertThatThrownBy(() -> derive(Progress.lab(0)))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("solutions/template.yaml:" + line + ": ")
        .hasMessageContaining(complaint);
  }

  @Test
  void marks_inAFileThatIsNotCalledMarked_stopTheBuild() throws IOException {
    write("solutions/website/index.html", "<p>\n<!-- >>> 1.1 -->\n</p>\n<!-- <<< -->\n");

    complains("solutions/website/index.html:2: a mark in a file");
  }

  @Test
  void marks_inAnUnsupportedKindOfFile_stopTheBuild() throws IOException {
    write("solutions/notes.txt", "# >>> 1.1\n# <<<\n");
    rules("marked notes.txt\n" + Files.readString(sources.resolve("labs/skeleton.rules")));

    complains("solutions/notes.txt: files of this kind cannot have marks");
  }

  @Test
  void stub_withoutARegion_stopsTheBuild() throws IOException {
    write(STUB, "# >>> 1.1\n# <<<\n# >>> 1.2\n# <<<\n\n# >>> 1.3\n# <<<\n");

    complains(STUB + ":6: solutions/template.yaml has no region 1.3 of lab 1");
  }

  @Test
  void stub_ofNoFile_stopsTheBuild() throws IOException {
    write("labs/1-s3-website/stubs/website/index.html", "<p>\n");

    complains("labs/1-s3-website/stubs/website/index.html: stands for nothing");
  }

  @Test
  void stub_thatIsMissing_stopsTheBuild() throws IOException {
    Files.delete(sources.resolve("labs/4-lambda/stubs/src/Handler.java"));

    complains("asks for a stub: labs/4-lambda/stubs/src/Handler.java");
  }

  @Test
  void file_withoutARule_stopsTheBuild() throws IOException {
    write("solutions/answers.md", "42\n");

    complains("solutions/answers.md: no rule of labs/skeleton.rules");
  }

  @Test
  void rule_withoutAFile_stopsTheBuild() throws IOException {
    rules(Files.readString(sources.resolve("labs/skeleton.rules")) + "given *.png\n");

    complains("labs/skeleton.rules:6: this rule fits no file");
  }

  @Test
  void rule_thatIsNone_stopsTheBuild() throws IOException {
    rules("keep everything\n");

    complains("labs/skeleton.rules:1: not a rule: keep everything");
  }

  @Test
  void file_thatHasNoBusinessInALab_stopsTheBuild() throws IOException {
    write("labs/1-s3-website/todo.txt", "remember the milk\n");

    complains("labs/1-s3-website/todo.txt: a lab has a chapter");
  }

  @Test
  @DisplayName("a solved line in a stub, or in a lab's test, stops the build")
  void solvedLine_inWhatStudentsGet_stopsTheBuild() throws IOException {
    write(STUB, "# >>> 1.1\n# <<<\n# >>> 1.2\n  BucketName: notes\n# <<<\n");
    complains(STUB + ":4: gives away a solved line (solutions/template.yaml:7): BucketName: notes");

    write(STUB, "# >>> 1.1\n# <<<\n# >>> 1.2\n# <<<\n");
    write("labs/4-lambda/stubs/src/Handler.java", "class Handler {\n  int answer = 42;\n}\n");
    complains("labs/4-lambda/stubs/src/Handler.java:2: gives away a solved line");

    write("labs/4-lambda/stubs/src/Handler.java", "class Handler {}\n");
    write("labs/1-s3-website/tests/labs/Lab1Test.java", "  String secret = \"xyzzy\";\n");
    complains("labs/1-s3-website/tests/labs/Lab1Test.java:1: gives away a solved line");
  }

  @Test
  @DisplayName("a stub may be working code, from a lab on or from the start")
  void stage_isThereFromItsLabOn() throws IOException {
    stages("BucketName: draft", "  int answer = 41;\n");

    Checkpoint skeleton = derive(Progress.lab(0));
    assertThat(skeleton.text("template.yaml")).isEqualTo("Resources:\n  BucketName: draft\n");
    assertThat(skeleton.text("src/Handler.java")).contains("// TODO");
    assertThat(skeleton.text("src/Friend.java")).contains("plugh");
    assertThat(derive(new Progress(4, 1)).text("src/Handler.java")).contains("// TODO");

    for (int lab = 4; lab <= 5; lab++) {
      Checkpoint stage = derive(Progress.lab(lab));
      assertThat(stage.text("template.yaml"))
          .isEqualTo("Resources:\n  BucketName: draft\n  Policy: Scan\n");
      assertThat(stage.text("src/Handler.java")).contains("41");
      assertThat(stage.text("src/Friend.java")).contains("plugh");
    }

    Checkpoint done = derive(Progress.lab(6));
    assertThat(done.text("template.yaml"))
        .isEqualTo("Resources:\n  BucketName: notes\n  Policy: Query\n");
    assertThat(done.text("src/Handler.java")).contains("42");
    assertThat(done.text("src/Friend.java")).contains("xyzzy");
  }

  @Test
  void stage_withoutAnEarlierStub_isNoFileUntilThen() throws IOException {
    stages("BucketName: draft", "  int answer = 41;\n");
    Files.delete(sources.resolve("labs/4-lambda/stubs/src/Handler.java"));

    assertThat(derive(Progress.lab(3)).names()).doesNotContain("src/Handler.java");
    assertThat(derive(Progress.lab(4)).text("src/Handler.java")).contains("41");
  }

  @Test
  @DisplayName("working code of a later stage, in what students have before it, stops the build")
  void stage_beforeItsLab_isASolvedLine() throws IOException {
    stages("BucketName: draft", "  int answer = 41;\n");
    write("labs/4-lambda/stubs/src/Handler.java", "class Handler {\n  int answer = 41;\n}\n");
    complains(
        "labs/4-lambda/stubs/src/Handler.java:2: gives away a solved line"
            + " (labs/6-dynamodb/stubs/src/Handler.java:2): int answer = 41;");

    write("labs/4-lambda/stubs/src/Handler.java", "class Handler {}\n");
    write("labs/4-lambda/tests/labs/Lab4Test.java", "  Policy: Scan\n");
    complains("labs/4-lambda/tests/labs/Lab4Test.java:1: gives away a solved line");
  }

  @Test
  void stage_thatIsTheSolution_stopsTheBuild() throws IOException {
    stages("BucketName: notes", "  int answer = 41;\n");
    complains("labs/6-dynamodb/stubs/template.yaml:1: has all lines of the solution");

    stages("BucketName: draft", "  int answer = 42;\n");
    complains("labs/6-dynamodb/stubs/src/Handler.java: has all lines of the solution");
  }

  @Test
  void stage_thatIsWrong_stopsTheBuild() throws IOException {
    stages("BucketName: draft", "  int answer = 41;\n");
    write("labs/6-dynamodb/stubs/template.yaml", "# >>> 6\n  BucketName: draft\n# <<<\n");
    complains("labs/6-dynamodb/stubs/template.yaml:1: solutions/template.yaml has no region 6 of");

    write("solutions/template.yaml", "# >>> 4 after 5\n# <<<\n");
    complains("solutions/template.yaml:1: \"4 after 5\" names no region");
    write("solutions/template.yaml", "# >>> 4.2 after 4.3\n# <<<\n");
    complains("solutions/template.yaml:1: \"4.2 after 4.3\" names no region");

    rules("stub 4 after 4 src/Handler.java\n");
    complains("labs/skeleton.rules:1: what is there after lab 4 cannot be a stub of lab 4");
    rules("given after 4 src/Handler.java\n");
    complains("labs/skeleton.rules:1: not a rule");
  }

  /** A course in which labs 4 and 5 run on a draft that lab 6 replaces. */
  private void stages(String draft, String draftOfHandler) throws IOException {
    write(
        "solutions/template.yaml",
        """
        Resources:
          # >>> 6 after 0
          BucketName: notes
          # <<<
          # >>> 6-policy after 4
          Policy: Query
          # <<<
        """);
    Files.deleteIfExists(sources.resolve(STUB));
    write(
        "labs/6-dynamodb/stubs/template.yaml",
        "# >>> 6 after 0\n  " + draft + "\n# <<<\n# >>> 6-policy after 4\n  Policy: Scan\n# <<<\n");
    write("labs/6-dynamodb/stubs/src/Handler.java", "class Handler {\n" + draftOfHandler + "}\n");
    write("labs/6-dynamodb/stubs/src/Friend.java", "class Friend {\n  String s = \"plugh\";\n}\n");
    rules(
        """
        marked         template.yaml
        given          website/**
        stub 6 after 4 src/Handler.java
        stub 6 after 0 src/*.java
        never          pom.xml
        """);
  }

  @Test
  void realSources_giveAllCheckpoints() throws IOException {
    String solution = Files.readString(REPOSITORY.resolve("solutions/template.yaml"));
    List<String> unmarked =
        solution.lines().filter(line -> !line.matches(" *# (>>> .*|<<<)")).toList();
    for (int lab = 0; lab <= 6; lab++) {
      Checkpoint checkpoint = Checkpoint.derive(REPOSITORY, Progress.lab(lab));
      String template = checkpoint.text("template.yaml");

      assertThat(template.contains("AWS::S3::Bucket\n")).isEqualTo(lab >= 1);
      assertThat(template.contains("AWS::CloudFront::Distribution\n")).isEqualTo(lab >= 2);
      assertThat(template.contains("AWS::Cognito::UserPool\n")).isEqualTo(lab >= 3);
      assertThat(template.contains("AWS::Lambda::Function\n")).isEqualTo(lab >= 4);
      assertThat(template.contains("AWS::ApiGateway::RestApi\n")).isEqualTo(lab >= 5);
      assertThat(template.contains("AWS::DynamoDB::Table\n")).isTrue();
      assertThat(template.contains("KeyType: RANGE")).isEqualTo(lab >= 6);
      assertThat(template.contains("dynamodb:Scan")).isEqualTo(lab == 4 || lab == 5);
      assertThat(template.contains("dynamodb:Query")).isEqualTo(lab >= 6);
      assertThat(template.contains("TODO")).isEqualTo(lab < 6);
      assertThat(checkpoint.text("src/main/java/cloudtask/DynamoDbTaskStore.java").contains("scan"))
          .isEqualTo(lab < 6);
      String getTasks = checkpoint.text("src/main/java/cloudtask/GetTasks.java");
      assertThat(getTasks.contains("not written yet")).isEqualTo(lab < 4);
      assertThat(getTasks.contains("tasks.list(")).isEqualTo(lab >= 4);
      assertThat(getTasks.contains("PageToken")).isEqualTo(lab >= 6);
    }
    assertThat(Checkpoint.derive(REPOSITORY, Progress.lab(6)).text("template.yaml").lines())
        .containsExactlyElementsOf(unmarked);
  }

  private Checkpoint derive(Progress progress) throws IOException {
    return Checkpoint.derive(sources, progress);
  }

  private void complains(String message) {
    assertThatThrownBy(() -> derive(Progress.lab(0)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }

  private void rules(String text) throws IOException {
    write("labs/skeleton.rules", text);
  }

  private void write(String name, String text) throws IOException {
    Path file = sources.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
