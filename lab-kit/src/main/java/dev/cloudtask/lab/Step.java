package dev.cloudtask.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** Makes a method the test of one step of a lab; a step may have several. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Step {
  /** Returns the step's number within its lab, from 1. */
  int number();

  /** Returns what is true when the step is done, as a sentence. */
  String title();
}
