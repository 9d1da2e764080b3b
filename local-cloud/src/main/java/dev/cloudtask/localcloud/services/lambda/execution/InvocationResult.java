package dev.cloudtask.localcloud.services.lambda.execution;

import java.util.Optional;

/**
 * What came of an invocation.
 *
 * @param payload the result or the error object
 * @param functionError {@code Unhandled} if the function failed
 * @param logTail the last 4 KB of its log
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record InvocationResult(byte[] payload, Optional<String> functionError, byte[] logTail) {}
