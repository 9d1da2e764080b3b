package dev.cloudtask.localcloud.services.lambda.execution;

import java.util.Optional;

/**
 * One invocation.
 *
 * @param functionArn the ARN as the caller named the function, with its qualifier if one was given
 * @param clientContext JSON for {@code Context.getClientContext}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record InvocationRequest(
    String requestId, String functionArn, byte[] event, Optional<String> clientContext) {}
