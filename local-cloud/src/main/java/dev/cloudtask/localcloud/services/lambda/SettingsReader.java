package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a function's settings out of a request, and refuses what Lambda would refuse. */
final class SettingsReader {
  static final String ROLE = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";

  private static final int VARIABLES_LIMIT = 4096;
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_MAX_CONCURRENCY",
          "AWS_LAMBDA_METADATA_API",
          "AWS_LAMBDA_METADATA_TOKEN",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  /** Members that change what a function does on AWS and are not emulated. */
  private static final List<String> REFUSED =
      List.of(
          "VpcConfig",
          "KMSKeyArn",
          "FileSystemConfigs",
          "ImageConfig",
          "CodeSigningConfigArn",
          "RuntimeManagementConfig",
          "CapacityProviderConfig",
          "DurableConfig",
          "TenancyConfig");

  private SettingsReader() {}

  /** Reads the settings of a new function. */
  static FunctionSettings create(JsonBody body) {
    refuse("CreateFunction", body);
    new Constraints("ValidationException").required("role", body.text("Role")).check();
    check(body);
    if (body.text("PackageType").orElse("Zip").equals("Image")) {
      throw NotEmulated.parameter(
          "lambda",
          "CreateFunction",
          "PackageType Image",
          "Container images need a container runtime: upload a zip or jar.");
    }
    if (body.text("Runtime").isEmpty() || body.text("Handler").isEmpty()) {
      throw LambdaErrors.runtimeAndHandlerMandatory();
    }
    FunctionSettings defaults =
        new FunctionSettings(
            "", "", "", "", 3, 128, Map.of(), List.of("x86_64"), 512, "PassThrough", "", "");
    return merge("CreateFunction", defaults, body);
  }

  /** Reads changed settings; what is absent stays as it is. */
  static FunctionSettings update(FunctionSettings current, JsonBody body) {
    refuse("UpdateFunctionConfiguration", body);
    check(body);
    return merge("UpdateFunctionConfiguration", current, body);
  }

  private static void refuse(String operation, JsonBody body) {
    for (String member : REFUSED) {
      body.refuse(
          member,
          NotEmulated.parameter("lambda", operation, member, "Leave it out of the request."));
    }
    if (body.texts("Layers").filter(layers -> !layers.isEmpty()).isPresent()) {
      throw NotEmulated.parameter(
          "lambda", operation, "Layers", "Put the libraries into the package's lib folder.");
    }
    body.structure("SnapStart")
        .flatMap(snapStart -> snapStart.text("ApplyOn"))
        .filter(value -> !value.equals("None"))
        .ifPresent(
            value -> {
              throw NotEmulated.parameter(
                  "lambda", operation, "SnapStart " + value, "Functions start cold here.");
            });
    body.structure("LoggingConfig")
        .flatMap(logging -> logging.text("LogFormat"))
        .filter(value -> value.equals("JSON"))
        .ifPresent(
            value -> {
              throw NotEmulated.parameter(
                  "lambda", operation, "LogFormat JSON", "Use the LogFormat Text.");
            });
  }

  private static void check(JsonBody body) {
    Constraints constraints =
        new Constraints("ValidationException")
            .pattern("role", body.text("Role"), ROLE)
            .pattern("handler", body.text("Handler"), "[^\\s]+")
            .length("handler", body.text("Handler"), 0, 128)
            .length("description", body.text("Description"), 0, 256)
            .range("timeout", body.integer("Timeout"), 1, 900)
            .range("memorySize", body.integer("MemorySize"), 128, 10_240)
            .oneOf("packageType", body.text("PackageType"), List.of("Zip", "Image"));
    body.structure("EphemeralStorage")
        .ifPresent(
            storage ->
                constraints.range("ephemeralStorage.size", storage.integer("Size"), 512, 10_240));
    body.structure("TracingConfig")
        .ifPresent(
            tracing ->
                constraints.oneOf(
                    "tracingConfig.mode", tracing.text("Mode"), List.of("Active", "PassThrough")));
    body.structure("LoggingConfig")
        .ifPresent(
            logging ->
                constraints
                    .oneOf(
                        "loggingConfig.logFormat",
                        logging.text("LogFormat"),
                        List.of("JSON", "Text"))
                    .pattern(
                        "loggingConfig.logGroup", logging.text("LogGroup"), "[\\.\\-_/#A-Za-z0-9]+")
                    .length("loggingConfig.logGroup", logging.text("LogGroup"), 1, 512));
    variables(body)
        .ifPresent(
            map -> {
              if (!map.keySet().stream()
                  .allMatch(name -> name.matches("[a-zA-Z]([a-zA-Z0-9_])+"))) {
                constraints.violation(
                    map.toString(),
                    "environment.variables",
                    "Map keys must satisfy constraint: [Member must satisfy regular expression"
                        + " pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
              }
            });
    body.texts("Architectures")
        .ifPresent(
            names -> {
              if (names.size() != 1 || !List.of("x86_64", "arm64").contains(names.get(0))) {
                constraints.violation(
                    names.toString(),
                    "architectures",
                    "Member must satisfy constraint: [Member must satisfy enum value set:"
                        + " [x86_64, arm64], Member must not be null]");
              }
            });
    constraints.check();
  }

  private static Optional<Map<String, String>> variables(JsonBody body) {
    return body.structure("Environment")
        .map(environment -> environment.textMap("Variables").orElse(new LinkedHashMap<>()));
  }

  private static FunctionSettings merge(String operation, FunctionSettings current, JsonBody body) {
    body.text("Runtime").ifPresent(id -> Runtimes.require(operation, id));
    Map<String, String> variables = variables(body).orElse(current.variables());
    TreeSet<String> reserved = new TreeSet<>(variables.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw LambdaErrors.reservedVariables(String.join(", ", reserved));
    }
    String measured = GSON.toJson(variables);
    if (measured.getBytes(StandardCharsets.UTF_8).length > VARIABLES_LIMIT) {
      throw LambdaErrors.variablesTooLarge(measured);
    }
    Optional<JsonBody> logging = body.structure("LoggingConfig");
    return new FunctionSettings(
        body.text("Runtime").orElse(current.runtime()),
        body.text("Role").orElse(current.role()),
        body.text("Handler").orElse(current.handler()),
        body.text("Description").orElse(current.description()),
        body.integer("Timeout").orElse(current.timeout()),
        body.integer("MemorySize").orElse(current.memorySize()),
        variables,
        body.texts("Architectures").orElse(current.architectures()),
        body.structure("EphemeralStorage")
            .flatMap(storage -> storage.integer("Size"))
            .orElse(current.ephemeralStorage()),
        body.structure("TracingConfig")
            .flatMap(tracing -> tracing.text("Mode"))
            .orElse(current.tracing()),
        logging.isPresent() ? logging.get().text("LogGroup").orElse("") : current.logGroup(),
        body.structure("DeadLetterConfig")
            .map(config -> config.text("TargetArn").orElse(""))
            .orElse(current.deadLetterArn()));
  }
}
