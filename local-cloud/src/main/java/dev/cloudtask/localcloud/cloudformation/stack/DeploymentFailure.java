package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.template.Position;
import java.util.Optional;

/**
 * Why a deployment failed: the first cause.
 *
 * @param logicalId the resource; empty if it was none
 * @param reason CloudFormation's words, as in the event
 * @param position where in the template
 * @param advice what to do, in our words; may be empty
 */
public record DeploymentFailure(
    String logicalId, String reason, Optional<Position> position, String advice) {}
