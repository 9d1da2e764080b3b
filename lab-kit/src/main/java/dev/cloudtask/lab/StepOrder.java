package dev.cloudtask.lab;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Runs the steps of a lab in the order in which a student does them. */
final class StepOrder implements MethodOrderer {
  @Override
  public void orderMethods(MethodOrdererContext context) {
    context
        .getMethodDescriptors()
        .sort(
            Comparator.<MethodDescriptor>comparingInt(StepOrder::number)
                .thenComparing(method -> method.getMethod().getName()));
  }

  private static int number(MethodDescriptor method) {
    return method.findAnnotation(Step.class).map(Step::number).orElse(Integer.MAX_VALUE);
  }
}
