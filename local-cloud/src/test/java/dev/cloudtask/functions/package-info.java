/** Functions that tests deploy: each does one thing a student's function might do. */
@NullMarked
package dev.cloudtask.functions;

import org.jspecify.annotations.NullMarked;
