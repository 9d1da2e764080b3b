package dev.cloudtask.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.checkpoint.Checkpoint;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One project, generated once; tests that change it work on copies. */
final class GeneratedProjectTest {
  private static final Inputs INPUTS = Inputs.FEW.get(0);

  @TempDir static Path temp;

  private static Maven maven;
  private static Generated generated;

  @BeforeAll
  static void generate() throws Exception {
    maven = Maven.ofThisBuild(Generated.repository());
    generated = Generated.make(maven, temp, INPUTS);
  }

  @Test
  void project_isTheSkeletonInItsFrame() throws IOException {
    Path project = generated.folder();
    assertThat(project.resolve("mvnw")).isExecutable();
    for (String file :
        List.of(
            ".gitignore",
            "README.md",
            ".mvn/jvm.config",
            ".mvn/maven.config",
            ".run/Lab 6.run.xml",
            ".vscode/tasks.json",
            "template.yaml")) {
      assertThat(project.resolve(file)).isNotEmptyFile();
    }
    for (String file : List.of("mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties")) {
      assertThat(project.resolve(file)).hasSameBinaryContentAs(Generated.SOURCES.resolve(file));
    }
    Checkpoint skeleton = Checkpoint.derive(Generated.SOURCES, Progress.lab(0));
    for (String file : skeleton.names()) {
      assertThat(project.resolve(file)).hasContent(skeleton.text(file).replace("\r\n", "\n"));
    }
    assertThat(Files.readString(project.resolve("pom.xml")))
        .contains("<groupId>org.example.deep</groupId>", "<artifactId>my-tasks</artifactId>")
        .doesNotContain("@", "${artifactId}", "<parent>");
  }

  @Test
  void firstRun_isRed_andReadsAsKept() throws Exception {
    Generated project = copy("first red");

    Maven.Result result = maven.run(project.folder(), "test");

    assertThat(result.exit()).isNotZero();
    Golden.assertSame("first-red", result.output(), project);
    Map<String, String> outcomes = project.outcomes();
    assertThat(outcomes).isNotEmpty();
    outcomes.forEach(
        (test, message) ->
            assertThat(message).as(test).containsAnyOf("not started", "not reached"));
  }

  @Test
  void firstStepDone_readsAsKept() throws Exception {
    Generated project = copy("first green");
    project.solve(new Progress(1, 1));

    Maven.Result result = maven.run(project.folder(), "test", "-Dlab=1");

    assertThat(result.exit()).isNotZero();
    Golden.assertSame("first-green", result.output(), project);
    assertThat(Files.readString(project.folder().resolve(".cloudtask/progress.json")))
        .contains("\"1.1\"", "\"green\": true", "\"green\": false");
  }

  @Test
  void labDone_readsAsKept() throws Exception {
    Generated project = copy("lab 1 done");
    project.solve(Progress.lab(1));

    Maven.Result green = maven.run(project.folder(), "test", "-Dlab=1");
    Maven.Result next = maven.run(project.folder(), "test");

    assertThat(green.exit()).as(green.output()).isZero();
    Golden.assertSame("lab-1-green", green.output(), project);
    assertThat(next.exit()).isNotZero();
    Golden.assertSame("lab-2-next", next.output(), project);
  }

  @Test
  void labThatThereIsNot_isRefusedInASentence() throws Exception {
    Generated project = copy("no such lab");

    Golden.assertSame(
        "no-such-lab", maven.run(project.folder(), "test", "-Dlab=9").output(), project);
    Golden.assertSame(
        "no-such-cloud", maven.run(project.folder(), "test", "-Dcloud=moon").output(), project);
  }

  @Test
  void codeThatDoesNotCompile_readsAsKept() throws Exception {
    Generated project = copy("no code");
    project.write(
        "src/main/java/cloudtask/Broken.java",
        "package cloudtask;\n\nfinal class Broken {\n  int answer = \"42\";\n}\n");

    Maven.Result result = maven.run(project.folder(), "test", "-Dlab=1");

    assertThat(result.exit()).isNotZero();
    Golden.assertSame("does-not-compile", result.output(), project);
  }

  @Test
  void templateThatIsRefused_readsAsKept() throws Exception {
    Generated project = copy("no stack");
    project.solve(Progress.lab(1));
    Path template = project.folder().resolve("template.yaml");
    Files.writeString(
        template, Files.readString(template).replace("AWS::S3::Bucket\n", "AWS::S3::Buckett\n"));

    Maven.Result result = maven.run(project.folder(), "test", "-Dlab=1");

    assertThat(result.exit()).isNotZero();
    Golden.assertSame("does-not-deploy", result.output(), project);
  }

  @Test
  void labWithoutTests_isRed() throws Exception {
    Generated project = copy("no tests");
    Files.delete(project.folder().resolve("src/test/java/labs/Lab1S3WebsiteTest.java"));

    Maven.Result result = maven.run(project.folder(), "test", "-Dlab=2");

    assertThat(result.exit()).isNotZero();
    Golden.assertSame("no-tests", result.output(), project);
  }

  @Test
  @Tag("thorough")
  void generation_insideAnotherProject_isRefusedAndLeavesNothing() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("inside"));
    String other =
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>x</groupId>
          <artifactId>y</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
        </project>
        """;
    Files.writeString(folder.resolve("pom.xml"), other);

    Maven.Result result = Generated.run(maven, folder, new Inputs("g", "tasks", "", ""));

    assertThat(result.exit()).isNotZero();
    assertThat(result.output()).contains("CloudTask cannot live inside another Maven project");
    assertThat(folder.resolve("tasks")).doesNotExist();
    assertThat(Files.readString(folder.resolve("pom.xml"))).doesNotContain("<module>tasks");
  }

  @Test
  @Tag("thorough")
  void packageThatNoCompilerTakes_isRefusedAndLeavesNothing() throws Exception {
    for (String name : List.of("my-tasks", "org.2nd", "a.class.b", "java.util")) {
      Path folder = Files.createDirectory(temp.resolve("bad " + name));

      Maven.Result result = Generated.run(maven, folder, new Inputs("g", "tasks", name, ""));

      assertThat(result.exit()).as(name).isNotZero();
      assertThat(result.output()).contains("is no name for a package of your own");
      assertThat(folder.resolve("tasks")).doesNotExist();
    }
  }

  /** Copies the generated project to a path that is not simple either. */
  private static Generated copy(String name) throws IOException {
    return generated.copy(temp.resolve("a path with ümlauts").resolve(name));
  }
}
