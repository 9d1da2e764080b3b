package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Instant;

/**
 * What an operation knows of its call beside the input.
 *
 * @param caller who makes it
 * @param requestId the request's id
 * @param at when
 * @param span where to record what is done
 */
record CognitoCall(Caller caller, String requestId, Instant at, Span span) {}
