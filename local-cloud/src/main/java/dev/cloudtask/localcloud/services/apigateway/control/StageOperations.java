package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.AccessLogSettings;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.MethodSetting;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stages. */
public final class StageOperations {
  static final String NO_CACHE = "There is no cache for answers here: leave it out.";
  static final String NO_CANARY = "There are no canary releases here: make a stage of its own.";

  private static final Shape INPUT =
      new Shape()
          .text("stageName", "deploymentId", "description", "documentationVersion")
          .textMap("variables", "tags")
          .bool("tracingEnabled", "cacheClusterEnabled")
          .structure("accessLogSettings", "methodSettings")
          .refuse("cacheClusterSize", NO_CACHE)
          .refuse("canarySettings", NO_CANARY)
          .refuse("clientCertificateId", "Backends are functions here: leave it out.");

  private final Apis apis;

  StageOperations(Apis apis) {
    this.apis = apis;
  }

  /**
   * Creates a stage.
   *
   * @param body what CreateStage takes; from CloudFormation with access log and method settings
   */
  public JsonObject create(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store()
        .write(
            () -> {
              apis.api(apiId);
              String name = body.text("stageName").orElse("");
              if (apis.store().stage(apiId, name).isPresent()) {
                throw ApiGatewayErrors.conflict("Stage already exists");
              }
              return keep(apiId, complete(input, null));
            });
  }

  /** Gives a stage other settings: all of them, as CloudFormation does. */
  public JsonObject replace(String apiId, String stageName, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store().write(() -> keep(apiId, complete(input, find(apiId, stageName))));
  }

  /** Lets a stage serve a deployment, and makes the stage if it is not there. */
  void point(String apiId, String stageName, String deploymentId, JsonObject input) {
    Stage before = apis.store().stage(apiId, stageName).orElse(null);
    JsonObject json = before == null ? new JsonObject() : Wire.json(before);
    json.addProperty("stageName", stageName);
    json.addProperty("deploymentId", deploymentId);
    if (input.has("stageDescription")) {
      json.add("description", input.get("stageDescription"));
    }
    for (String member : List.of("variables", "tracingEnabled")) {
      if (input.has(member)) {
        json.add(member, input.get(member));
      }
    }
    keep(apiId, complete(json, before));
  }

  JsonObject get(Call call) {
    return Wire.json(find(call.apiId(), call.label("stage_name")));
  }

  JsonObject list(Call call) {
    apis.api(call.apiId());
    return Wire.page(
        apis.store().stages(call.apiId()).stream()
            .filter(
                stage ->
                    call.query()
                        .first("deploymentId")
                        .map(id -> id.equals(stage.deploymentId()))
                        .orElse(true))
            .map(Wire::json)
            .toList(),
        null);
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateStageInput");
    return apis.store()
        .write(
            () -> {
              Stage before = find(call.apiId(), call.label("stage_name"));
              JsonObject json = Wire.json(before);
              StagePatch.apply(patches, json);
              return keep(call.apiId(), complete(json, before));
            });
  }

  /** Deletes a stage. */
  public void delete(String apiId, String stageName) {
    apis.store()
        .write(
            () -> {
              find(apiId, stageName);
              apis.store().removeStage(apiId, stageName);
            });
  }

  /** Tells whether a stage serves this deployment. */
  public boolean serves(String apiId, String stageName, String deploymentId) {
    return apis.store()
        .stage(apiId, stageName)
        .filter(stage -> stage.deploymentId().equals(deploymentId))
        .isPresent();
  }

  private Stage find(String apiId, String stageName) {
    return apis.store().stage(apiId, stageName).orElseThrow(ApiGatewayErrors::noStage);
  }

  private JsonObject complete(JsonObject json, @Nullable Stage before) {
    Instant now = apis.environment().clock().instant();
    json.addProperty("createdDate", (before == null ? now : before.createdDate()).getEpochSecond());
    json.addProperty("lastUpdatedDate", now.getEpochSecond());
    json.addProperty("cacheClusterStatus", "NOT_AVAILABLE");
    if (!json.has("methodSettings")) {
      json.add("methodSettings", new JsonObject());
    }
    return json;
  }

  private JsonObject keep(String apiId, JsonObject json) {
    Stage stage = Wire.read(json, Stage.class);
    if (!json.has("stageName") || !stage.stageName().matches("[a-zA-Z0-9_-]+")) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.STAGE_NAME);
    }
    if (!json.has("deploymentId")
        || apis.store().deployment(apiId, stage.deploymentId()).isEmpty()) {
      throw ApiGatewayErrors.badRequest("Deployment id does not exist");
    }
    if (stage.cacheClusterEnabled()) {
      throw ApiGatewayErrors.notEmulated("cacheClusterEnabled", NO_CACHE);
    }
    checkVariables(stage.variables());
    checkLogging(stage);
    apis.store().put(apiId, stage);
    return Wire.json(stage);
  }

  private static void checkVariables(@Nullable Map<String, String> variables) {
    Map<String, String> given = variables == null ? Map.of() : variables;
    given.forEach(
        (name, value) -> {
          if (!name.matches("[A-Za-z0-9_]+")
              || !value.matches("[A-Za-z0-9\\-._~:/?#&=,@\\[\\]!$'()*+;%{} ]*")) {
            throw ApiGatewayErrors.badRequest(
                "Stage variable names and values may have only the characters that AWS allows: "
                    + name);
          }
        });
  }

  private void checkLogging(Stage stage) {
    for (MethodSetting setting : stage.methodSettings().values()) {
      String level = setting.loggingLevel();
      if (level != null && !List.of("OFF", "ERROR", "INFO").contains(level)) {
        throw ApiGatewayErrors.badRequest(
            "Invalid logging level specified. Must be one of: [OFF, ERROR, INFO]");
      }
    }
    boolean logs =
        stage.methodSettings().values().stream()
            .anyMatch(s -> s.loggingLevel() != null && !s.loggingLevel().equals("OFF"));
    AccessLogSettings access = stage.accessLogSettings();
    if (access != null) {
      logs = true;
      String arn = access.destinationArn();
      if (arn == null || !arn.startsWith("arn:aws:")) {
        throw ApiGatewayErrors.badRequest("Invalid ARN specified in the request");
      }
      if (arn.contains(":firehose:")) {
        throw ApiGatewayErrors.notEmulated(
            "accessLogSettings.destinationArn of Firehose", "Name a log group.");
      }
      if (access.format() == null || !access.format().contains("$context.requestId")) {
        throw ApiGatewayErrors.badRequest(
            "Invalid access log format specified. It must contain $context.requestId");
      }
    }
    if (logs && apis.store().account().cloudwatchRoleArn() == null) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.LOGGING_ROLE);
    }
  }
}
