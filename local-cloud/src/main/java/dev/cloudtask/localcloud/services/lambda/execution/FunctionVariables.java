package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.ports.CredentialSource.AccessKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment variables of a function, as AWS's Java runtimes have them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Working
 *     with Lambda environment variables</a>
 */
final class FunctionVariables {
  private FunctionVariables() {}

  /** Returns those variables that are known before the role's credentials are. */
  static Map<String, String> fixed(FunctionSpec function) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin");
    variables.put(
        "LD_LIBRARY_PATH",
        "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib"
            + ":/opt/lib");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("LAMBDA_TASK_ROOT", "/var/task");
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    variables.put("_LAMBDA_TELEMETRY_LOG_FD", "62");
    variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    variables.put("AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1:2000");
    variables.put("_AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1");
    variables.put("_AWS_XRAY_DAEMON_PORT", "2000");
    variables.putAll(function.variables());
    return variables;
  }

  /** Returns all variables. */
  static Map<String, String> all(
      FunctionSpec function,
      String region,
      AccessKey credentials,
      String logStream,
      String runtimeApi,
      String endpoint) {
    Map<String, String> variables = new LinkedHashMap<>();
    // The one variable more than on AWS: with it every SDK finds this cloud. A function that sets
    // its own keeps it.
    variables.put("AWS_ENDPOINT_URL", endpoint);
    variables.putAll(fixed(function));
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_ACCESS_KEY_ID", credentials.id());
    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secret());
    credentials.sessionToken().ifPresent(token -> variables.put("AWS_SESSION_TOKEN", token));
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime().id());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMb()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("_HANDLER", function.handler());
    return variables;
  }
}
