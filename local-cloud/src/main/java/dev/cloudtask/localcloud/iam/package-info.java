/**
 * Who may do what: callers, policy documents and the one evaluator.
 *
 * <p>{@link PolicyDocument#parse} reads a policy and refuses a malformed one in AWS's words; {@link
 * Evaluator} answers an {@link AccessRequest} in view of the caller's {@link Identity}; {@link
 * TrustPolicy} answers who may assume a role; {@link PublicPolicy} tells whether S3 calls a bucket
 * policy public.
 *
 * <p>Pure: no state, no clock, no I/O. The IAM service stores policies; this room only judges. One
 * account: principals of other accounts can be named in policies and never match.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">
 *     Policy evaluation logic</a>
 */
@NullMarked
package dev.cloudtask.localcloud.iam;

import org.jspecify.annotations.NullMarked;
