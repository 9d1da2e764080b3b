/**
 * Durable state: ordered maps in one embedded store, in memory or in one file.
 *
 * <p>An operation changes all its maps inside {@link StateStore#write}; it is answered only after
 * its commit. What was acknowledged survives the death of the process (not the loss of power).
 */
@NullMarked
package dev.cloudtask.localcloud.store;

import org.jspecify.annotations.NullMarked;
