/** The labs' tests, held against checkpoints: red where they must be, for the right reason. */
@NullMarked
package dev.cloudtask.labs;

import org.jspecify.annotations.NullMarked;
