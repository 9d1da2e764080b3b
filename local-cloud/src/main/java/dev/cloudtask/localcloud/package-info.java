/**
 * AWS in one JVM. {@link dev.cloudtask.localcloud.LocalCloud} is the only door: start, deploy,
 * endpoint, close.
 */
@NullMarked
package dev.cloudtask.localcloud;

import org.jspecify.annotations.NullMarked;
