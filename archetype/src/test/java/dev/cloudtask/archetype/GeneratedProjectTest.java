package dev.cloudtask.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.checkpoint.Checkpoint;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** One project, generated once; tests that change it work on copies. */
final class GeneratedProjectTest {
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();
  private static final String VERSION = System.getProperty("project.version", "");

  @TempDir static Path temp;

  private static Maven maven;
  private static Path generated;

  @BeforeAll
  static void generate() throws Exception {
    Path repository =
        CleanRepository.make(
            Path.of("target", "local-repo").toAbsolutePath(),
            Path.of(System.getProperty("maven.repo.local", "")),
            SOURCES,
            VERSION);
    maven =
        new Maven(
            Path.of(System.getProperty("maven.home", "")),
            repository,
            System.getProperty("maven.mode", "").endsWith("true"));
    Path folder = Files.createDirectory(temp.resolve("a student's Übung"));
    Maven.Result result = generateIn(folder, "my-tasks");
    assertThat(result.exit()).as(result.output()).isZero();
    generated = folder.resolve("my-tasks");
  }

  @Test
  void project_isTheSkeletonInItsFrame() throws IOException {
    Path project = generated;
    assertThat(project.resolve("mvnw")).isExecutable();
    assertThat(project)
        .isDirectoryContaining("glob:**/.gitignore")
        .isDirectoryContaining("glob:**/template.yaml");
    for (String file : List.of("mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties")) {
      assertThat(project.resolve(file)).hasSameBinaryContentAs(SOURCES.resolve(file));
    }
    Checkpoint skeleton = Checkpoint.derive(SOURCES, Progress.lab(0));
    for (String file : skeleton.names()) {
      assertThat(project.resolve(file)).hasContent(skeleton.text(file).replace("\r\n", "\n"));
    }
    String pom = Files.readString(project.resolve("pom.xml"));
    assertThat(pom)
        .contains("<groupId>org.example.deep</groupId>", "<artifactId>my-tasks</artifactId>")
        .contains("<version>" + VERSION + "</version>")
        .doesNotContain("@", "${artifactId}", "<parent>");
  }

  @Test
  void skeleton_isRedWithTheMessageOfItsFirstStep() throws Exception {
    Path project = copy("red");

    Maven.Result result = maven.run(project, "-q", "test");

    assertThat(result.exit()).as(result.output()).isNotZero();
    assertThat(result.output())
        .contains(
            """
            Lab 1.1  There is a bucket: not started yet
              Did:       read template.yaml
              Expected:  a resource of the type AWS::S3::Bucket
              Got:       so far only AWS::DynamoDB::Table
              Where:     template.yaml:23  Resources
            """)
        .contains("  Next:      labs/1-s3-website/chapter.adoc, step 1.1\n")
        .doesNotContain("Caused by", "at org.junit", "at dev.cloudtask", "COMPILATION ERROR");
    assertThat(outcomes(project).values())
        .isNotEmpty()
        .allMatch(text -> text.contains("not started yet"));
  }

  @Test
  void firstStep_doneAsInTheSolution_isGreen() throws Exception {
    Path project = copy("green");
    Checkpoint.derive(SOURCES, new Progress(1, 1)).writeTo(project);

    Maven.Result result = maven.run(project, "-q", "test");

    Map<String, String> outcomes = outcomes(project);
    assertThat(outcomes.remove("bucket")).as(result.output()).isEmpty();
    assertThat(outcomes.values()).isNotEmpty().allMatch(text -> text.startsWith("Lab 1."));
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

    Maven.Result result = generateIn(folder, "tasks");

    assertThat(result.exit()).isNotZero();
    assertThat(result.output()).contains("CloudTask cannot live inside another Maven project");
    assertThat(folder.resolve("tasks")).doesNotExist();
    assertThat(Files.readString(folder.resolve("pom.xml"))).doesNotContain("<module>tasks");
  }

  private static Maven.Result generateIn(Path folder, String artifactId) throws Exception {
    return maven.run(
        folder,
        "-q",
        "org.apache.maven.plugins:maven-archetype-plugin:"
            + System.getProperty("archetype.plugin.version")
            + ":generate",
        "-DarchetypeCatalog=local",
        "-DarchetypeGroupId=dev.cloudtask",
        "-DarchetypeArtifactId=cloudtask-archetype",
        "-DarchetypeVersion=" + VERSION,
        "-DgroupId=org.example.deep",
        "-DartifactId=" + artifactId);
  }

  /** Copies the generated project to a path that is not easy either. */
  private static Path copy(String name) throws IOException {
    Path target = temp.resolve("a path with ümlauts").resolve(name);
    try (Stream<Path> files = Files.walk(generated)) {
      for (Path file : files.toList()) {
        Path place = target.resolve(generated.relativize(file).toString());
        Files.createDirectories(place.getParent());
        Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return target;
  }

  /** Returns the tests of the last run with their messages; empty for what is green. */
  private static Map<String, String> outcomes(Path project) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                project.resolve("target/surefire-reports/TEST-labs.Lab1S3WebsiteTest.xml").toFile())
            .getElementsByTagName("testcase");
    Map<String, String> outcomes = new TreeMap<>();
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String text =
          List.of("failure", "error").stream()
              .map(kind -> test.getElementsByTagName(kind))
              .filter(found -> found.getLength() > 0)
              .map(found -> ((Element) found.item(0)).getAttribute("message"))
              .collect(Collectors.joining());
      outcomes.put(test.getAttribute("name").replaceAll("\\(.*", ""), text);
    }
    return outcomes;
  }
}
