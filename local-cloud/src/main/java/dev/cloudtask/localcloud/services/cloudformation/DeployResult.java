package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.DeploymentFailure;
import dev.cloudtask.localcloud.cloudformation.stack.EventRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a deployment.
 *
 * @param status the stack's status, {@code CREATE_COMPLETE} for instance; empty if the request
 *     itself was refused
 * @param changed whether anything was there to do
 * @param outputs the stack's outputs with AWS's names in them
 * @param events what happened, oldest first
 * @param failure the first cause, if it failed
 * @param resources what the stack consists of, in the order it was made
 * @param withoutEffect for each logical id the properties that AWS acts upon and local-cloud only
 *     keeps
 */
public record DeployResult(
    String stackId,
    String status,
    boolean changed,
    Map<String, String> outputs,
    List<EventRecord> events,
    Optional<DeploymentFailure> failure,
    List<StackResource> resources,
    Map<String, List<String>> withoutEffect) {

  /**
   * A resource of the stack.
   *
   * @param physicalId what the service calls it
   */
  public record StackResource(String logicalId, String type, String physicalId) {}

  /** Tells whether the stack is as asked. */
  public boolean succeeded() {
    return failure.isEmpty();
  }
}
