package dev.cloudtask.lab.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.lab.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small repository made here, with every rule of Maven's in it. */
final class LibrariesTest {
  @TempDir Path temp;

  private final List<Path> classPath = new ArrayList<>();

  @BeforeEach
  void repository() throws IOException {
    library(
        "parent",
        "<packaging>pom</packaging>"
            + managed(dependency("managed", "<scope>test</scope>"))
            + "<dependencies>"
            + dependency("inherited", "")
            + "</dependencies>");
    library(
        "bom",
        "<packaging>pom</packaging>" + managed(dependency("by-bom", "<version>1</version>")));
    library(
        "one",
        "<parent><groupId>g.h</groupId><artifactId>parent</artifactId><version>1</version></parent>"
            + "<properties><s>runtime</s></properties><dependencies>"
            + dependency("two", "<scope>${s}</scope>")
            + dependency("for-tests", "<scope>test</scope>")
            + dependency("given", "<scope>provided</scope>")
            + dependency("perhaps", "<optional>true</optional>")
            + dependency("managed", "")
            + dependency("cut-off", "")
            + dependency("direct-test", "")
            + "</dependencies>");
    library("two", "<dependencies>" + dependency("three", "") + "</dependencies>");
    for (String name :
        List.of(
            "three",
            "for-tests",
            "given",
            "perhaps",
            "managed",
            "cut-off",
            "direct-test",
            "inherited",
            "by-bom",
            "own-provided")) {
      library(name, "");
    }
  }

  @Test
  void packagedJars_areThoseOfMaven() throws IOException {
    Libraries libraries =
        Libraries.of(
            pom(
                managed(
                        dependency(
                            "bom", "<version>1</version><type>pom</type><scope>import</scope>"))
                    + "<dependencies>"
                    + dependency(
                        "one",
                        "<version>1</version><exclusions><exclusion><groupId>g.h</groupId>"
                            + "<artifactId>cut-off</artifactId></exclusion></exclusions>")
                    + dependency("by-bom", "")
                    + dependency("direct-test", "<version>1</version><scope>test</scope>")
                    + dependency("own-provided", "<version>1</version><scope>provided</scope>")
                    + "</dependencies>"),
            new ClassPath(classPath));

    assertThat(libraries.packaged())
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly(
            "one-1.jar", "by-bom-1.jar", "inherited-1.jar", "two-1.jar", "three-1.jar");
    assertThat(libraries.compileOnly())
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly("own-provided-1.jar");
  }

  @Test
  void libraryThatIsNotOnTheClassPath_isNamed() throws IOException {
    Path pom =
        pom("<dependencies>" + dependency("elsewhere", "<version>1</version>") + "</dependencies>");

    assertThatThrownBy(() -> Libraries.of(pom, new ClassPath(classPath)))
        .isInstanceOf(Finding.class)
        .hasMessageContaining("no such jar on the class path");
  }

  private static String managed(String dependencies) {
    return "<dependencyManagement><dependencies>"
        + dependencies
        + "</dependencies></dependencyManagement>";
  }

  private static String dependency(String artifact, String rest) {
    return "<dependency><groupId>g.h</groupId><artifactId>"
        + artifact
        + "</artifactId>"
        + rest
        + "</dependency>";
  }

  private void library(String artifact, String content) throws IOException {
    Path folder =
        Files.createDirectories(temp.resolve("repository/g/h").resolve(artifact).resolve("1"));
    Path jar = Files.createFile(folder.resolve(artifact + "-1.jar"));
    Files.writeString(folder.resolve(artifact + "-1.pom"), "<project>" + content + "</project>");
    classPath.add(jar);
  }

  private Path pom(String content) throws IOException {
    return Files.writeString(temp.resolve("pom.xml"), "<project>" + content + "</project>");
  }
}
