/**
 * Stacks: made, changed and removed as CloudFormation does, with the events it writes.
 *
 * <p>{@link StackEngine} is the door; a deployment runs on a thread of its own and is described by
 * what it leaves in {@link StackStore}. {@link Plan} is a template with its parameters and
 * conditions worked out; {@link ResourceWork} does one thing to one resource; {@link Deployer}
 * decides the order. The engine knows no service: it asks {@link
 * dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider}s.
 *
 * <p>Each step and its record are one transaction, so a process that dies leaves a stack that
 * {@link StackEngine#recover} can finish: an interrupted creation or update is rolled back, a
 * deletion, a rollback or a clean-up goes on.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html">
 *     Stack events and status codes</a>
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.stack;

import org.jspecify.annotations.NullMarked;
