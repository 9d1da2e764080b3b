package dev.cloudtask.localcloud.cloudformation.stack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stack.
 *
 * @param properties the resource's properties as JSON text; null for the stack's own events
 * @param detailedStatus {@code VALIDATION_FAILED} or null
 */
public record EventRecord(
    String id,
    String stackId,
    String stackName,
    String logicalId,
    String physicalId,
    String type,
    String status,
    @Nullable String reason,
    @Nullable String properties,
    @Nullable String detailedStatus,
    @Nullable String token,
    Instant at) {}
