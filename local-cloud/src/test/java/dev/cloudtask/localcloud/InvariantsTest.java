package dev.cloudtask.localcloud;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds INVARIANTS.md to its word: every test that it names exists, every rule names one. */
final class InvariantsTest {
  private static final Path HOUSE = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

  @Test
  void everyRule_namesTestsThatExist() throws IOException {
    String text = Files.readString(HOUSE.resolve("INVARIANTS.md"));
    Map<String, String> tests = sourcesOfTests();

    List<String> rules = Stream.of(text.split("\n- ")).skip(1).toList();
    List<String> gone =
        NAME.matcher(text)
            .results()
            .filter(found -> !declares(tests.get(found.group(1) + ".java"), found.group(2)))
            .map(found -> found.group())
            .toList();

    assertThat(rules)
        .as("rules of INVARIANTS.md, each of which names a test")
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule).containsPattern(NAME));
    assertThat(gone).as("tests that INVARIANTS.md names and nobody has").isEmpty();
  }

  private static boolean declares(@Nullable String source, String test) {
    if (source == null) {
      return false;
    }
    Matcher declaration =
        Pattern.compile("(void|ArchRule|Stream<DynamicTest>)\\s+" + test + "\\b").matcher(source);
    return declaration.find();
  }

  private static Map<String, String> sourcesOfTests() throws IOException {
    try (Stream<Path> modules = Files.list(HOUSE)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(InvariantsTest::files)
          .filter(file -> file.getFileName().toString().matches(".*(Test|IT)\\.java"))
          .collect(
              toMap(file -> file.getFileName().toString(), InvariantsTest::read, String::concat));
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
