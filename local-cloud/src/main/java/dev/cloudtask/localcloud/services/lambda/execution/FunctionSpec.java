package dev.cloudtask.localcloud.services.lambda.execution;

import java.util.Map;

/**
 * All that an execution environment must know of a function version.
 *
 * @param key tells this version in this configuration from every other: environments are never
 *     shared between two keys
 * @param name the function's name
 * @param version {@code $LATEST} or a number
 * @param runtime the runtime it names
 * @param handler the handler string
 * @param memoryMb the memory size
 * @param timeoutSeconds how long an invocation may take
 * @param variables the function's own environment variables
 * @param roleArn the role it runs as
 * @param logGroup where its log goes
 * @param code its files
 */
public record FunctionSpec(
    String key,
    String name,
    String version,
    JavaRuntime runtime,
    String handler,
    int memoryMb,
    int timeoutSeconds,
    Map<String, String> variables,
    String roleArn,
    String logGroup,
    CodeLayout code) {}
