package dev.cloudtask.localcloud.services.apigateway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API as it was at one moment: what a stage serves.
 *
 * @param id six lower-case letters and digits
 * @param snapshot the whole API
 */
public record Deployment(
    String id, String restApiId, @Nullable String description, Instant createdDate, Api snapshot) {}
