package dev.cloudtask.lambdaruntime;

import org.jspecify.annotations.Nullable;

/**
 * One invocation as the Runtime API hands it out.
 *
 * @param deadlineMillis when the function must be done, milliseconds since 1970
 * @param traceId the X-Ray trace header
 * @param clientContext JSON sent by a mobile SDK
 * @param cognitoIdentity JSON of the Cognito identity
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Invocation(
    String requestId,
    String functionArn,
    long deadlineMillis,
    @Nullable String traceId,
    @Nullable String clientContext,
    @Nullable String cognitoIdentity,
    byte[] event) {}
