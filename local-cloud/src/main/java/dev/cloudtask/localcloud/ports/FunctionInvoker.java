package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Optional;

/** Invokes functions for other services. */
public interface FunctionInvoker {
  /**
   * What came of an invocation.
   *
   * @param payload the result, or the error object if the function failed
   * @param functionError {@code Unhandled} if the function failed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Result(byte[] payload, Optional<String> functionError) {}

  /**
   * Invokes a function synchronously, with the resource policy checked for the caller.
   *
   * @param functionArn function, version or alias ARN
   * @throws dev.cloudtask.localcloud.protocol.AwsException {@code AccessDeniedException} if the
   *     resource policy does not let the caller invoke it, {@code ResourceNotFoundException} if
   *     there is none, {@code TooManyRequestsException} if it is throttled
   */
  Result invoke(Caller caller, String functionArn, byte[] payload, Span span);
}
