/**
 * Which labs a run is about, and how far the student is: a filter and a listener that JUnit finds
 * by itself, so that Maven's runs and those of an IDE count alike.
 */
@NullMarked
package dev.cloudtask.lab.progress;

import org.jspecify.annotations.NullMarked;
