package dev.cloudtask.archetype;

import dev.cloudtask.labs.checkpoint.Checkpoint;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A project that the archetype has made.
 *
 * @param inputs what it was asked for
 */
record Generated(Path folder, Inputs inputs) {
  /** The top of this project's sources. */
  static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

  private static final String VERSION = System.getProperty("project.version", "");

  /** Makes the repository that all of them find their libraries in. */
  static Path repository() throws IOException {
    return CleanRepository.make(
        Path.of("target", "local-repo").toAbsolutePath(),
        Path.of(System.getProperty("maven.repo.local", "")),
        SOURCES,
        VERSION);
  }

  /** Runs the generator. */
  static Maven.Result run(Maven maven, Path folder, Inputs inputs)
      throws IOException, InterruptedException {
    Stream<String> fixed =
        Stream.of(
            "-q",
            "org.apache.maven.plugins:maven-archetype-plugin:"
                + System.getProperty("archetype.plugin.version")
                + ":generate",
            "-DarchetypeCatalog=local",
            "-DarchetypeGroupId=dev.cloudtask",
            "-DarchetypeArtifactId=cloudtask-archetype",
            "-DarchetypeVersion=" + VERSION);
    return maven.run(
        folder, Stream.concat(fixed, inputs.options().stream()).toArray(String[]::new));
  }

  /** Generates a project. */
  static Generated make(Maven maven, Path below, Inputs inputs)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(below.resolve(inputs.folder()));
    Maven.Result result = run(maven, folder, inputs);
    if (result.exit() != 0) {
      throw new AssertionError(inputs + ":\n" + result.output());
    }
    return new Generated(folder.resolve(inputs.project()), inputs);
  }

  /** Copies it, so that it can be changed. */
  Generated copy(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path place = target.resolve(folder.relativize(file).toString());
        Files.createDirectories(place.getParent());
        if (!Files.isDirectory(place)) {
          Files.copy(file, place, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return new Generated(target, inputs);
  }

  /** Writes what somebody has who has come this far. */
  void solve(Progress progress) throws IOException {
    Checkpoint checkpoint = Checkpoint.derive(SOURCES, progress);
    for (String name : checkpoint.names()) {
      if (name.matches(".*\\.(java|yaml|md|adoc)")) {
        write(inputs.moved(name), inputs.moved(checkpoint.text(name)));
      }
    }
  }

  /** Writes a file. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Returns the tests of the last run with their messages; empty for what is green. */
  Map<String, String> outcomes() throws Exception {
    Map<String, String> outcomes = new TreeMap<>();
    try (Stream<Path> reports = Files.list(folder.resolve("target/surefire-reports"))) {
      for (Path report :
          reports.filter(file -> file.getFileName().toString().matches("TEST-.*xml")).toList()) {
        NodeList cases =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          Element test = (Element) cases.item(i);
          String text =
              List.of("failure", "error", "skipped").stream()
                  .map(test::getElementsByTagName)
                  .filter(found -> found.getLength() > 0)
                  .map(found -> ((Element) found.item(0)).getAttribute("message"))
                  .collect(Collectors.joining());
          outcomes.put(
              test.getAttribute("classname")
                  + "#"
                  + test.getAttribute("name").replaceAll("\\(.*", ""),
              text);
        }
      }
    }
    return outcomes;
  }
}
