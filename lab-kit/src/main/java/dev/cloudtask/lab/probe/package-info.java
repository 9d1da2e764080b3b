/** Functions of the tests' own, which attack from where the student's functions stand. */
@NullMarked
package dev.cloudtask.lab.probe;

import org.jspecify.annotations.NullMarked;
