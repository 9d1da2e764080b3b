/**
 * Who may do what: callers, policy documents and the one evaluator.
 *
 * <p>Pure: no state, no clock, no I/O. The IAM service stores policies; this room only judges.
 */
@NullMarked
package dev.cloudtask.localcloud.iam;

import org.jspecify.annotations.NullMarked;
