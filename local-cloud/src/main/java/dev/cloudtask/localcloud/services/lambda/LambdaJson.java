package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.util.Map;

/** Writes what is stored as Lambda's answers show it. */
final class LambdaJson {
  private final CloudEnvironment cloud;

  LambdaJson(CloudEnvironment cloud) {
    this.cloud = cloud;
  }

  /** Returns the ARN of a function, without a qualifier. */
  String arn(String name) {
    return cloud.arn("lambda", "function:" + name);
  }

  /**
   * Writes a FunctionConfiguration.
   *
   * @param qualified whether the ARN names the version, also if it is {@code $LATEST}
   * @param status whether the three members about its state are there: listings leave them out
   */
  JsonObject configuration(FunctionVersion function, boolean qualified, boolean status) {
    FunctionSettings settings = function.settings();
    boolean numbered = !function.version().equals(FunctionVersion.LATEST);
    JsonObject json = new JsonObject();
    json.addProperty("FunctionName", function.name());
    json.addProperty(
        "FunctionArn",
        arn(function.name()) + (numbered || qualified ? ":" + function.version() : ""));
    json.addProperty("Runtime", settings.runtime());
    json.addProperty("Role", settings.role());
    json.addProperty("Handler", settings.handler());
    json.addProperty("CodeSize", function.code().size());
    json.addProperty("Description", settings.description());
    json.addProperty("Timeout", settings.timeout());
    json.addProperty("MemorySize", settings.memorySize());
    json.addProperty("LastModified", function.lastModified());
    json.addProperty("CodeSha256", function.code().sha256());
    json.addProperty("Version", function.version());
    if (!settings.variables().isEmpty()) {
      json.add("Environment", member("Variables", map(settings.variables())));
    }
    if (!settings.deadLetterArn().isEmpty()) {
      json.add("DeadLetterConfig", member("TargetArn", settings.deadLetterArn()));
    }
    json.add("TracingConfig", member("Mode", settings.tracing()));
    json.addProperty("RevisionId", function.revisionId());
    if (status) {
      status(json, function.status());
    }
    json.addProperty("PackageType", "Zip");
    JsonArray architectures = new JsonArray();
    settings.architectures().forEach(architectures::add);
    json.add("Architectures", architectures);
    JsonObject storage = new JsonObject();
    storage.addProperty("Size", settings.ephemeralStorage());
    json.add("EphemeralStorage", storage);
    JsonObject snapStart = new JsonObject();
    snapStart.addProperty("ApplyOn", "None");
    snapStart.addProperty("OptimizationStatus", "Off");
    json.add("SnapStart", snapStart);
    JsonObject logging = new JsonObject();
    logging.addProperty("LogFormat", "Text");
    logging.addProperty("LogGroup", settings.effectiveLogGroup(function.name()));
    json.add("LoggingConfig", logging);
    return json;
  }

  private static void status(JsonObject json, FunctionStatus status) {
    json.addProperty("State", status.state());
    if (status.state().equals("Pending")) {
      json.addProperty("StateReason", "The function is being created.");
      json.addProperty("StateReasonCode", "Creating");
    } else {
      json.addProperty("LastUpdateStatus", status.update());
      if (status.update().equals("InProgress")) {
        json.addProperty("LastUpdateStatusReason", "The function is being created.");
        json.addProperty("LastUpdateStatusReasonCode", "Creating");
      }
    }
  }

  /** Writes an AliasConfiguration. */
  JsonObject alias(Alias alias) {
    JsonObject json = new JsonObject();
    json.addProperty("AliasArn", arn(alias.functionName()) + ":" + alias.name());
    json.addProperty("Name", alias.name());
    json.addProperty("FunctionVersion", alias.version());
    json.addProperty("Description", alias.description());
    json.addProperty("RevisionId", alias.revisionId());
    return json;
  }

  static JsonObject map(Map<String, String> values) {
    JsonObject json = new JsonObject();
    values.forEach(json::addProperty);
    return json;
  }

  static JsonObject member(String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  private static JsonObject member(String name, JsonObject value) {
    JsonObject json = new JsonObject();
    json.add(name, value);
    return json;
  }
}
