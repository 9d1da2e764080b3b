package dev.cloudtask.labs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a lab's tests on a project, in this JVM, and keeps what they say. */
final class LabRun implements TestExecutionListener {
  private final Map<String, String> outcomes = new TreeMap<>();

  private LabRun() {}

  /** Returns what each test says, by its display name; an empty text for what is green. */
  static Map<String, String> of(String testClass, Path project) {
    LabRun run = new LabRun();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(testClass))
            .configurationParameter("cloudtask.project", project.toString())
            .build();
    LauncherFactory.create().execute(request, run);
    return run.outcomes;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    outcomes.put(test.getDisplayName(), "skipped: " + reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() || result.getThrowable().isPresent()) {
      outcomes.put(
          test.getDisplayName(), result.getThrowable().map(Throwable::toString).orElse(""));
    }
  }
}
