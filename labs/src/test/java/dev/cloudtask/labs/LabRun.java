package dev.cloudtask.labs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs labs' tests on a project, in this JVM, and keeps what they say. */
public final class LabRun implements TestExecutionListener {
  private final List<Outcome> outcomes = new ArrayList<>();

  private LabRun() {}

  /**
   * What became of a test.
   *
   * @param name as shown to people: step and title
   * @param message what it says; empty if it is green
   * @param skipped whether it stepped aside; the message says why
   */
  public record Outcome(String name, String message, boolean skipped) {
    /** Returns the step, {@code 1.3}; the name of what is no step, such as a class. */
    public String step() {
      return name.matches("\\d\\.\\d+ .*") ? name.substring(0, name.indexOf(' ')) : name;
    }

    /** Tells whether it is red. */
    public boolean isRed() {
      return !skipped && !message.isEmpty();
    }
  }

  /** Returns what each test says, by its display name; an empty text for what is green. */
  static Map<String, String> of(String testClass, Path project) {
    Map<String, String> said = new TreeMap<>();
    for (Outcome outcome : of(List.of(testClass), project)) {
      said.put(outcome.name(), (outcome.skipped() ? "skipped: " : "") + outcome.message());
    }
    return said;
  }

  /** Runs labs on a project, one after the other, and returns what each test says, in order. */
  public static List<Outcome> ofLabs(int first, int last, Path project) throws IOException {
    return of(testClasses(first, last), project);
  }

  /** Runs all labs on a project, in an order that the seed decides. */
  static List<Outcome> shuffled(int last, long seed, Path project) throws IOException {
    return of(
        testClasses(1, last),
        project,
        Map.of(
            "junit.jupiter.testclass.order.default",
            "org.junit.jupiter.api.ClassOrderer$Random",
            "junit.jupiter.execution.order.random.seed",
            String.valueOf(seed)));
  }

  /** Runs labs on a project, in the order given, until a test is red; returns that one. */
  public static Optional<Outcome> firstRed(List<Integer> labs, Path project) throws IOException {
    List<String> testClasses = new ArrayList<>();
    for (int lab : labs) {
      testClasses.addAll(testClasses(lab, lab));
    }
    Map<String, String> stopAtFirstRed =
        Map.of("junit.jupiter.extensions.autodetection.enabled", "true");
    return of(testClasses, project, stopAtFirstRed).stream().filter(Outcome::isRed).findFirst();
  }

  private static List<Outcome> of(List<String> testClasses, Path project) {
    return of(testClasses, project, Map.of());
  }

  private static List<Outcome> of(
      List<String> testClasses, Path project, Map<String, String> parameters) {
    LabRun run = new LabRun();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .configurationParameter("cloudtask.project", project.toString())
            .configurationParameter("cloudtask.scope", "PICKED");
    parameters.forEach(request::configurationParameter);
    testClasses.forEach(name -> request.selectors(selectClass(name)));
    LauncherDiscoveryRequest built = request.build();
    // Neither this build's command line nor its progress is the student's.
    LauncherConfig plain =
        LauncherConfig.builder()
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();
    LauncherFactory.create(plain).execute(built, run);
    return run.outcomes;
  }

  /** Returns the test classes of some labs, in the labs' order. */
  static List<String> testClasses(int first, int last) throws IOException {
    List<String> names = new ArrayList<>();
    for (int lab = first; lab <= last; lab++) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(""), lab + "-*")) {
        for (Path folder : folders) {
          Path tests = folder.resolve("tests").resolve("labs");
          if (Files.isDirectory(tests)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(tests, "Lab*Test.java")) {
              files.forEach(
                  file -> names.add("labs." + file.getFileName().toString().replace(".java", "")));
            }
          }
        }
      }
    }
    return names;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    outcomes.add(new Outcome(test.getDisplayName(), reason, true));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() || result.getThrowable().isPresent()) {
      outcomes.add(
          new Outcome(
              test.getDisplayName(),
              result.getThrowable().map(Throwable::toString).orElse(""),
              result.getStatus() == TestExecutionResult.Status.ABORTED));
    }
  }
}
