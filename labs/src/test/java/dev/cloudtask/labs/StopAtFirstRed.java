package dev.cloudtask.labs;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Leaves out the tests after a red one, for runs that ask only whether there is one. JUnit finds it
 * by itself in the runs that let it ({@code META-INF/services}); no other run does.
 */
public final class StopAtFirstRed implements ExecutionCondition, TestWatcher {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StopAtFirstRed.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return seen(context).get()
        ? ConditionEvaluationResult.disabled("a test before is red")
        : ConditionEvaluationResult.enabled("nothing is red so far");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    seen(context).set(true);
  }

  private static AtomicBoolean seen(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(AtomicBoolean.class, key -> new AtomicBoolean(), AtomicBoolean.class);
  }
}
