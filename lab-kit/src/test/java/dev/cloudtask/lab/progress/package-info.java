/** Which labs a run is about, and what is kept of it. */
@NullMarked
package dev.cloudtask.lab.progress;

import org.jspecify.annotations.NullMarked;
