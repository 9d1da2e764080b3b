/** What PIT's mutants of the functions came to; under {@code -Pthorough}. */
@NullMarked
package cloudtask.mutants;

import org.jspecify.annotations.NullMarked;
