package dev.cloudtask.lab;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a lab as {@code Lab 1: ...} and a step as {@code 1.2 The bucket becomes a website}. */
final class StepNames extends DisplayNameGenerator.Standard {
  @Override
  public String generateDisplayNameForClass(Class<?> testClass) {
    Lab lab = testClass.getAnnotation(Lab.class);
    return lab == null
        ? super.generateDisplayNameForClass(testClass)
        : "Lab " + lab.number() + ": " + lab.title();
  }

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> testClass, Method method) {
    Lab lab = testClass.getAnnotation(Lab.class);
    Step step = method.getAnnotation(Step.class);
    return lab == null || step == null
        ? super.generateDisplayNameForMethod(enclosing, testClass, method)
        : lab.number() + "." + step.number() + " " + step.title();
  }
}
