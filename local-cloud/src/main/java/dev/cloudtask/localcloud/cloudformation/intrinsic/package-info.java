/**
 * CloudFormation's functions: a sealed family of expressions, how they are read from nodes, and
 * what they come to.
 *
 * <p>{@link Expression} is what a template says, {@link ExpressionReader} checks that it says it
 * rightly, {@link Evaluation} works it out in view of a {@link Scope}. What is not known yet (the
 * ARN of a resource that is still to be made) is {@link Unknown}, so that a template can be checked
 * before anything is made.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html">
 *     Intrinsic function reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.intrinsic;

import org.jspecify.annotations.NullMarked;
