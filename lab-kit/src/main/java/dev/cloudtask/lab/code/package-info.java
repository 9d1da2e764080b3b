/**
 * The student's functions as a package: the classes compiled a moment ago and the libraries that a
 * package must hold, found without Maven, so that a test started in an IDE has them too.
 */
@NullMarked
package dev.cloudtask.lab.code;

import org.jspecify.annotations.NullMarked;
