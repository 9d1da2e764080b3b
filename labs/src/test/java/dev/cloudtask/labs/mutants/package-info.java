/**
 * Mutants of the solution's template: each property dropped, each value changed, one at a time. The
 * labs' tests must be red for every one of them, but for those of which {@code
 * labs/harmless-template-mutants.txt} says why not.
 */
@NullMarked
package dev.cloudtask.labs.mutants;

import org.jspecify.annotations.NullMarked;
