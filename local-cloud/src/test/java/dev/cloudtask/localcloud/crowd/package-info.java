/** Two hundred clients at once, on all services: nothing lost, nothing doubled, nothing leaks. */
@NullMarked
package dev.cloudtask.localcloud.crowd;

import org.jspecify.annotations.NullMarked;
