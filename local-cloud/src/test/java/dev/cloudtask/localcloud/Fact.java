package dev.cloudtask.localcloud;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the facts about real AWS that a test proves, by their ids ({@code S3-001}). The book's
 * table of facts is generated from these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Fact {
  /** Returns the ids. */
  String[] value();
}
