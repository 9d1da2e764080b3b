package dev.cloudtask.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Makes a class the tests of a lab: its steps run in order, against the student's own stack. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabExtension.class)
@TestMethodOrder(StepOrder.class)
@DisplayNameGeneration(StepNames.class)
public @interface Lab {
  /** Returns the lab's number, from 1. */
  int number();

  /** Returns what it is about, in a few words. */
  String title();

  /**
   * Returns the type of resource without which the lab is not begun, such as {@code
   * AWS::S3::Bucket}; empty if any template may have begun it. It is looked for before anything is
   * deployed.
   */
  String begunBy() default "";

  /** Returns its folder in the student's project, such as {@code labs/1-s3-website}. */
  String folder();
}
