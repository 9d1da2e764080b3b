package dev.cloudtask.localcloud.services.lambda;

import java.util.List;
import java.util.Map;

/**
 * What a function's owner decides.
 *
 * @param timeout seconds
 * @param memorySize MB
 * @param logGroup the log group; empty text for the default one
 * @param deadLetterArn where failed events go; empty text for nowhere (stored only)
 */
record FunctionSettings(
    String runtime,
    String role,
    String handler,
    String description,
    int timeout,
    int memorySize,
    Map<String, String> variables,
    List<String> architectures,
    int ephemeralStorage,
    String tracing,
    String logGroup,
    String deadLetterArn) {

  /** Returns where the function's log goes. */
  String effectiveLogGroup(String name) {
    return logGroup.isEmpty() ? "/aws/lambda/" + name : logGroup;
  }
}
