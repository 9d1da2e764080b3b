/**
 * AWS CloudFormation's API (Query, 2010-05-15) over the engine in {@code cloudformation}.
 *
 * <p>{@link CloudFormation} is the door: the API for clients, {@link CloudFormation#deploy} for
 * code in this process. Operations are grouped by what they are about: stacks, their resources and
 * events, templates, change sets, exports. Nested stacks, stack sets, drift, hooks, macros, stack
 * policies and private types are refused by name.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html">
 *     CloudFormation API reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.cloudformation;

import org.jspecify.annotations.NullMarked;
