package cloudtask.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * PIT has changed the functions in every way that it knows, one at a time, and run the unit tests:
 * no change goes unnoticed but those of which {@code harmless-mutants.txt} says why.
 */
@Tag("thorough")
final class SurvivorsIT {
  private static final Path LIST = Path.of("src", "test", "harmless-mutants.txt");
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** The second is of records with annotations, each mutant of which needs a JVM of its own. */
  private static final List<Path> FOUND =
      List.of(
          Path.of("target", "mutants", "mutations.xml"),
          Path.of("target", "mutants-of-records", "mutations.xml"));

  private static final Set<String> NOTICED = Set.of("KILLED", "TIMED_OUT");
  private static final Set<String> SURVIVED = Set.of("SURVIVED", "NO_COVERAGE");

  /** What has been tried: of each class how many mutants, and the names of those left. */
  private static final Map<String, Integer> TRIED = new TreeMap<>();

  private static final Set<String> SURVIVORS = new TreeSet<>();
  private static final List<String> NOT_TRIED = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException, ParserConfigurationException, SAXException {
    for (Path file : FOUND) {
      NodeList mutations =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getElementsByTagName("mutation");
      for (int i = 0; i < mutations.getLength(); i++) {
        mutation((Element) mutations.item(i));
      }
    }
  }

  private static void mutation(Element mutation) throws IOException {
    String type = text(mutation, "mutatedClass");
    String name = type.substring(type.lastIndexOf('.') + 1);
    Path source =
        SOURCES
            .resolve(type.substring(0, type.lastIndexOf('.')).replace('.', '/'))
            .resolve(text(mutation, "sourceFile"));
    String line =
        Files.readAllLines(source).get(Integer.parseInt(text(mutation, "lineNumber")) - 1).strip();
    String mutant =
        "%s.%s: %s: %s"
            .formatted(name, text(mutation, "mutatedMethod"), text(mutation, "description"), line);
    String status = mutation.getAttribute("status");
    TRIED.merge(name, 1, Integer::sum);
    if (SURVIVED.contains(status)) {
      SURVIVORS.add(mutant);
    } else if (!NOTICED.contains(status)) {
      NOT_TRIED.add(status + " " + mutant);
    }
  }

  private static String text(Element mutation, String name) {
    return mutation.getElementsByTagName(name).item(0).getTextContent();
  }

  @Test
  void everyMutantWasTried() {
    assertThat(TRIED).containsKeys("ApiCall", "DynamoDbTaskStore", "TaskInput");
    assertThat(NOT_TRIED).isEmpty();
  }

  @Test
  void whatSurvivesIsListedAsHarmless_andNothingElseIs() throws IOException {
    Map<String, String> reasons = reasons();
    report(reasons);

    assertThat(SURVIVORS).as("survived; %s says of which why", LIST).isEqualTo(reasons.keySet());
  }

  /** Reads the list: reasons at the beginning of a line, the mutants below them indented. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    String reason = "";
    for (String line : Files.readAllLines(LIST)) {
      if (line.startsWith("  ")) {
        assertThat(reason).as("a reason above: %s", line).isNotEmpty();
        assertThat(reasons.put(line.strip(), reason)).as("listed twice: %s", line).isNull();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        reason = line.strip();
      }
    }
    return reasons;
  }

  private static void report(Map<String, String> reasons) throws IOException {
    int tried = TRIED.values().stream().mapToInt(Integer::intValue).sum();
    StringBuilder report =
        new StringBuilder(
            "# Mutants of the functions\n\n"
                + "PIT changes the functions' bytecode (its set STRONGER), one place at a time, and runs the\n"
                + "unit tests; the table's store is tried on a table in local-cloud. `SurvivorsIT`, under\n"
                + "`-Pthorough`.\n\n");
    report.append(
        "%d mutants, %d killed, %d harmless.%n%n"
            .formatted(tried, tried - SURVIVORS.size(), SURVIVORS.size()));
    report.append("| class | mutants |\n|---|---:|\n");
    TRIED.forEach((type, count) -> report.append("| %s | %d |%n".formatted(type, count)));
    report.append("\n## Harmless\n\n");
    SURVIVORS.forEach(
        mutant ->
            report.append(
                "- `%s`%n  %s%n"
                    .formatted(mutant, reasons.getOrDefault(mutant, "Not explained yet."))));
    Files.writeString(Path.of("target", "function-mutants.md"), report.toString());
  }
}
