package dev.cloudtask.localcloud.cloudformation.stack;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A deployment under way.
 *
 * @param done completes when it has ended: with nothing if it went well, with the first cause if
 *     not
 */
public record Deployment(String stackId, CompletableFuture<Optional<DeploymentFailure>> done) {}
