package dev.cloudtask.lab.progress;

import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Step;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Watches a run: keeps the progress, whoever started it, and, in Maven's runs, has the last word:
 * Surefire itself is silent in the generated project. An IDE shows each message by itself.
 */
public final class RunJournal implements TestExecutionListener {
  private static volatile Set<Integer> labsWithTests = Set.of();

  private final List<StepResult> results = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private Path project = Path.of("");
  private @Nullable TestPlan plan;

  /** Made by JUnit. */
  public RunJournal() {}

  /** Returns the labs that have a test in this JVM's newest run. */
  public static Set<Integer> labsWithTests() {
    return labsWithTests;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
    project = Path.of(started.getConfigurationParameters().get("cloudtask.project").orElse("."));
    Set<Integer> labs = new TreeSet<>();
    for (TestIdentifier root : started.getRoots()) {
      for (TestIdentifier test : started.getDescendants(root)) {
        if (test.isTest()) {
          test.getSource().flatMap(LabFilter::lab).ifPresent(lab -> labs.add(lab.number()));
        }
      }
    }
    labsWithTests = Set.copyOf(labs);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      add(test, StepResult.State.NOT_RUN, reason);
    } else {
      // A lab that was not reached: each of its steps.
      for (TestIdentifier child : Objects.requireNonNull(plan).getDescendants(test)) {
        if (child.isTest()) {
          add(child, StepResult.State.NOT_RUN, reason);
        }
      }
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String message = result.getThrowable().map(Throwable::toString).orElse("");
    if (test.isTest()) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> add(test, StepResult.State.GREEN, "");
        case ABORTED ->
            add(
                test,
                StepResult.State.NOT_RUN,
                result.getThrowable().map(Throwable::getMessage).orElse(""));
        default -> add(test, StepResult.State.RED, message);
      }
    } else if (!message.isEmpty()) {
      refusals.add(message);
    }
  }

  private void add(TestIdentifier test, StepResult.State state, String message) {
    Optional<MethodSource> source =
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    Optional<Lab> lab = source.flatMap(LabFilter::lab);
    if (source.isPresent() && lab.isPresent()) {
      Method method = source.orElseThrow().getJavaMethod();
      Step step = method.getAnnotation(Step.class);
      if (step != null) {
        results.add(
            new StepResult(
                lab.orElseThrow().number(),
                step.number(),
                step.title(),
                method.getName(),
                state,
                message));
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    if (results.isEmpty() && (refusals.isEmpty() || labsWithTests.isEmpty())) {
      return; // a run of other tests
    }
    try {
      new ProgressFile(project).add(results, Instant.now());
    } catch (IOException e) {
      refusals.add("The progress could not be kept: " + e);
    }
    LabScope scope = LabScope.ofThisRun();
    if (System.getProperty("surefire.real.class.path") != null) {
      refusals.stream().distinct().forEach(System.out::println);
      new RunReport(results, scope).lines().forEach(System.out::println);
      System.out.println(); // Maven's own closing block follows
      System.out.flush();
    }
  }
}
