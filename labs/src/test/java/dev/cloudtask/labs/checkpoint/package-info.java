/** Strictness of the one source: what is wrong in it stops the build, with file and line. */
@NullMarked
package dev.cloudtask.labs.checkpoint;

import org.jspecify.annotations.NullMarked;
