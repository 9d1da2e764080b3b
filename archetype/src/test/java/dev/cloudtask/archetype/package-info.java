/** The archetype as a student meets it: a real Maven, the generated project, red and green. */
@NullMarked
package dev.cloudtask.archetype;

import org.jspecify.annotations.NullMarked;
