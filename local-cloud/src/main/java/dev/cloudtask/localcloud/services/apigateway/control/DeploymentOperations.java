package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Deployment;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments: snapshots of an API. */
public final class DeploymentOperations {
  private static final Shape INPUT =
      new Shape()
          .text("stageName", "stageDescription", "description")
          .textMap("variables")
          .bool("tracingEnabled")
          .refuse("cacheClusterEnabled", StageOperations.NO_CACHE)
          .refuse("cacheClusterSize", StageOperations.NO_CACHE)
          .refuse("canarySettings", StageOperations.NO_CANARY);
  private static final PatchRules RULES = new PatchRules().text("description");

  private final Apis apis;
  private final StageOperations stages;

  DeploymentOperations(Apis apis, StageOperations stages) {
    this.apis = apis;
    this.stages = stages;
  }

  /** Takes a snapshot and, if a stage is named, lets that stage serve it. */
  public JsonObject create(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store()
        .write(
            () -> {
              Api api = apis.api(apiId);
              checkDeployable(api);
              Deployment deployment =
                  new Deployment(
                      apis.environment().ids().lower(6),
                      apiId,
                      body.text("description").orElse(null),
                      apis.environment().clock().instant(),
                      api);
              apis.store().put(deployment);
              body.text("stageName")
                  .filter(name -> !name.isEmpty())
                  .ifPresent(name -> stages.point(apiId, name, deployment.id(), input));
              return show(deployment, false);
            });
  }

  JsonObject get(Call call) {
    return show(
        find(call.apiId(), call.label("deployment_id")),
        call.query().all("embed").contains("apisummary"));
  }

  JsonObject list(Call call) {
    apis.api(call.apiId());
    return Pages.cut(
        apis.store().deployments(call.apiId()).stream()
            .sorted(Comparator.comparing(Deployment::createdDate).reversed())
            .map(deployment -> show(deployment, false))
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateDeploymentInput");
    return apis.store()
        .write(
            () -> {
              Deployment before = find(call.apiId(), call.label("deployment_id"));
              JsonObject json = show(before, false);
              RULES.apply(patches, json);
              return describe(before, Wire.read(json, Deployment.class).description());
            });
  }

  /** Gives a deployment another description. */
  public JsonObject describe(String apiId, String deploymentId, @Nullable String description) {
    return apis.store().write(() -> describe(find(apiId, deploymentId), description));
  }

  private JsonObject describe(Deployment before, @Nullable String description) {
    Deployment changed =
        new Deployment(
            before.id(), before.restApiId(), description, before.createdDate(), before.snapshot());
    apis.store().put(changed);
    return show(changed, false);
  }

  /** Deletes a deployment that no stage serves. */
  public void delete(String apiId, String deploymentId) {
    apis.store()
        .write(
            () -> {
              find(apiId, deploymentId);
              for (Stage stage : apis.store().stages(apiId)) {
                if (stage.deploymentId().equals(deploymentId)) {
                  throw ApiGatewayErrors.badRequest(ApiGatewayErrors.ACTIVE_STAGES);
                }
              }
              apis.store().removeDeployment(apiId, deploymentId);
            });
  }

  private Deployment find(String apiId, String deploymentId) {
    return apis.store().deployment(apiId, deploymentId).orElseThrow(ApiGatewayErrors::noDeployment);
  }

  private static void checkDeployable(Api api) {
    boolean any = false;
    for (Resource resource : api.resources().values()) {
      for (Method method : resource.methods().values()) {
        any = true;
        if (method.methodIntegration() == null) {
          throw ApiGatewayErrors.badRequest(ApiGatewayErrors.NO_INTEGRATION);
        }
      }
    }
    if (!any) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.NO_METHODS);
    }
  }

  private static JsonObject show(Deployment deployment, boolean withSummary) {
    JsonObject json = Wire.json(deployment);
    json.remove("restApiId");
    json.remove("snapshot");
    if (withSummary) {
      json.add("apiSummary", summary(deployment.snapshot()));
    }
    return json;
  }

  private static JsonObject summary(Api api) {
    JsonObject paths = new JsonObject();
    for (Resource resource : api.resourcesByPath()) {
      JsonObject methods = new JsonObject();
      resource
          .methods()
          .forEach(
              (name, method) -> {
                JsonObject snapshot = new JsonObject();
                snapshot.addProperty("authorizationType", method.authorizationType());
                snapshot.addProperty("apiKeyRequired", method.apiKeyRequired());
                methods.add(name, snapshot);
              });
      if (!methods.isEmpty()) {
        paths.add(resource.path(), methods);
      }
    }
    return paths;
  }
}
