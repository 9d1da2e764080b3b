package dev.cloudtask.localcloud.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.cloudformation.declaration.TemplateReader;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden pairs: a template beside what is said of it, with the line. */
class TemplateErrorsTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/cloudtask/localcloud/cloudformation/errors");

  static Stream<String> templates() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".errors"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  @Fact({"CFN-001", "CFN-003", "CFN-007"})
  void read_wrongTemplate_isRefusedWithItsLine(String file) throws IOException {
    String expected =
        Files.readString(FOLDER.resolve(file.substring(0, file.lastIndexOf('.')) + ".errors"));
    String body = Files.readString(FOLDER.resolve(file));

    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> TemplateReader.read(body, file));

    assertThat(refused).as("nothing is wrong with " + file).isNotNull();
    assertThat(refused.position().map(at -> at.line() + ": ").orElse("") + refused.message() + "\n")
        .isEqualTo(expected);
    assertThat(refused.position().orElseThrow().toString()).startsWith(file + ":");
  }
}
