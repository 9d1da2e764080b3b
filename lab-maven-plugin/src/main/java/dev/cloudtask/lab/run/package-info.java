/**
 * A project's stack in the foreground, in a JVM of its own.
 *
 * <p>The cloud's JVM is not Maven's: it starts with an archive of its classes, and it ends by
 * itself when its parent does, however the parent ends, because its standard input closes.
 */
@NullMarked
package dev.cloudtask.lab.run;

import org.jspecify.annotations.NullMarked;
