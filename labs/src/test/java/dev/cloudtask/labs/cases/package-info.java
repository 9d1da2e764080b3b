/**
 * Solutions that are wrong, each in one way, and solutions that are right in another way than ours:
 * {@code labs/N-slug/mistakes/} and {@code labs/N-slug/variants/}. The build plays them all.
 */
@NullMarked
package dev.cloudtask.labs.cases;

import org.jspecify.annotations.NullMarked;
