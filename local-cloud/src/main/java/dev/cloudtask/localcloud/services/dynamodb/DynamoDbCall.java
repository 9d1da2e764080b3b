package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Instant;

/**
 * What an operation knows of its call beside the input.
 *
 * @param caller who makes it
 * @param at when
 * @param span where to record what is done
 */
record DynamoDbCall(Caller caller, Instant at, Span span) {}
