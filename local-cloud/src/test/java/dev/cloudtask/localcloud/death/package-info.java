/**
 * What is left when the cloud's process dies: what was acknowledged is there, nothing is half done,
 * no file grows without bound, no process outlives it.
 *
 * <p>{@link dev.cloudtask.localcloud.death.ChildCloud} is a cloud in a JVM of its own, so that it
 * can be killed; writers use it as any client would and remember what they were told.
 */
@NullMarked
package dev.cloudtask.localcloud.death;

import org.jspecify.annotations.NullMarked;
