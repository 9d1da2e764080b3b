package dev.cloudtask.archetype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a student answers the generator: red as it comes, green with the solution in it. */
final class ArchetypeMatrixTest {
  @TempDir static Path temp;

  private static Path repository;

  @BeforeAll
  static void makeRepository() throws IOException {
    repository = Generated.repository();
  }

  static Stream<Inputs> few() {
    return Inputs.FEW.stream();
  }

  static Stream<Inputs> many() {
    return Inputs.MANY.stream();
  }

  @ParameterizedTest
  @MethodSource("few")
  void project_isRed_andGreenWithTheSolution(Inputs inputs) throws Exception {
    redThenGreen(Maven.ofThisBuild(repository), inputs);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("thorough")
  void everyOtherProject_isRed_andGreenWithTheSolution(Inputs inputs) throws Exception {
    redThenGreen(Maven.ofThisBuild(repository), inputs);
  }

  @Test
  @Tag("thorough")
  void onTheNewestJdk_itIsTheSame() throws Exception {
    Path jdk = Jdks.newest().orElse(Path.of(System.getProperty("java.home")));
    assumeTrue(
        !jdk.equals(Path.of(System.getProperty("java.home"))),
        "not run: there is no other JDK in the usual places");
    redThenGreen(
        Maven.ofThisBuild(repository).on(jdk), new Inputs("org.example", "newest", "", "jdk"));
  }

  @Test
  @Tag("thorough")
  void withTheWrappersMaven_itIsTheSame() throws Exception {
    Inputs inputs = new Inputs("org.example", "wrapped", "", "wrapper");
    Generated project = Generated.make(Maven.ofThisBuild(repository), temp, inputs);
    Maven wrapper = Maven.ofThisBuild(repository).throughWrapper(project.folder());
    requireRed(project, wrapper.run(project.folder(), "test", "-Dlab=all"));
    project.solve(Progress.lab(6));
    requireGreen(project, wrapper.run(project.folder(), "test", "-Dlab=all"));
  }

  /** The states in between, in the project as it is generated. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @Tag("thorough")
  void labsThatAreDone_areGreen_andEveryTestOfTheNextIsRed(int done) throws Exception {
    Maven maven = Maven.ofThisBuild(repository);
    Inputs inputs = new Inputs("org.example", "state" + done, "org.example.fn", "states");
    Generated project = Generated.make(maven, temp, inputs);
    project.solve(Progress.lab(done));

    Maven.Result result = maven.run(project.folder(), "test", "-Dlab=" + (done + 1));

    assertThat(result.exit()).as(result.output()).isNotZero();
    project
        .outcomes()
        .forEach(
            (test, message) -> {
              int lab = test.charAt("labs.Lab".length()) - '0';
              if (lab <= done) {
                assertThat(message).as(test).isEmpty();
              } else {
                assertThat(message).as(test).startsWith("Lab " + lab + ".");
              }
            });
  }

  private static void redThenGreen(Maven maven, Inputs inputs) throws Exception {
    Generated project = Generated.make(maven, temp, inputs);
    String place = "src/main/java/" + inputs.functions().replace('.', '/');
    assertThat(project.folder().resolve(place).resolve("CreateTask.java"))
        .content()
        .startsWith("package " + inputs.functions() + ";");
    if (!inputs.functions().startsWith("cloudtask")) {
      assertThat(project.folder().resolve("src/main/java/cloudtask")).doesNotExist();
    }
    requireRed(project, maven.run(project.folder(), "test", "-Dlab=all"));

    project.solve(Progress.lab(6));
    assertThat(Files.readString(project.folder().resolve("template.yaml")))
        .contains("Handler: " + inputs.functions() + ".CreateTask");
    requireGreen(project, maven.run(project.folder(), "test", "-Dlab=all"));
  }

  private static void requireRed(Generated project, Maven.Result result) throws Exception {
    assertThat(result.exit()).as(result.output()).isNotZero();
    Map<String, String> outcomes = project.outcomes();
    assertThat(outcomes.keySet()).extracting(test -> test.substring(0, 9)).contains("labs.Lab1");
    outcomes.forEach(
        (test, message) ->
            assertThat(message).as(test).startsWith("Lab ").contains("not started yet"));
  }

  private static void requireGreen(Generated project, Maven.Result result) throws Exception {
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output()).contains("All green");
    assertThat(List.copyOf(project.outcomes().values())).isNotEmpty().containsOnly("");
  }
}
