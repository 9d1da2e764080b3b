package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.environment.Ids;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What all execution environments share.
 *
 * @param endpointSource where the cloud answers, known once it listens
 */
record EnvironmentParts(
    Clock clock,
    Ids ids,
    String region,
    Supplier<URI> endpointSource,
    RuntimeApiServer api,
    JavaCommand command,
    BootPool pool,
    LogWriter logs) {
  String endpoint() {
    return endpointSource.get().toString();
  }
}
