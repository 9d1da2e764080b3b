package dev.cloudtask.lab;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Runs the labs in the order of their numbers; tests that are no lab's come after them. */
final class LabOrder implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.<ClassDescriptor>comparingInt(
                    type ->
                        type.findAnnotation(Lab.class).map(Lab::number).orElse(Integer.MAX_VALUE))
                .thenComparing(type -> type.getTestClass().getName()));
  }
}
