package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.DeploymentOperations;
import dev.cloudtask.localcloud.services.apigateway.control.StageOperations;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code AWS::ApiGateway::Deployment}, with a stage of its own if it names one.
 *
 * <p>A deployment is made once: a change of the API does not reach the callers until the template
 * has a deployment with another logical id.
 */
public final class DeploymentResource implements ResourceProvider {
  private final DeploymentOperations deployments;
  private final StageOperations stages;

  /** Serves the type with these operations. */
  public DeploymentResource(DeploymentOperations deployments, StageOperations stages) {
    this.deployments = deployments;
    this.stages = stages;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Deployment";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Properties properties = Properties.of(request);
    String apiId = properties.text("RestApiId");
    JsonObject input = properties.input();
    input.remove("stageDescription");
    JsonObject made = deployments.create(apiId, Properties.body(input));
    String id = made.get("id").getAsString();
    if (properties.has("StageName") && properties.has("StageDescription")) {
      stages.replace(apiId, properties.text("StageName"), Properties.body(stage(properties, id)));
    }
    JsonObject attributes = new JsonObject();
    attributes.addProperty("DeploymentId", id);
    return ResourceState.of(id, attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    Properties properties = Properties.of(request);
    String apiId = properties.text("RestApiId");
    deployments.describe(
        apiId,
        current.physicalId(),
        properties.has("Description") ? properties.text("Description") : null);
    if (properties.has("StageName")) {
      stages.replace(
          apiId,
          properties.text("StageName"),
          Properties.body(stage(properties, current.physicalId())));
    }
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Properties properties = Properties.of(request);
    String apiId = properties.text("RestApiId");
    if (properties.has("StageName")
        && stages.serves(apiId, properties.text("StageName"), current.physicalId())) {
      Gone.orDelete(() -> stages.delete(apiId, properties.text("StageName")));
    }
    Gone.orDelete(() -> deployments.delete(apiId, current.physicalId()));
  }

  /** It holds the methods that the API has at that moment, and no others ever. */
  @Override
  public boolean picturesItsSurroundings() {
    return true;
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "DeploymentCanarySettings",
        "StageDescription.CacheClusterSize",
        "StageDescription.CanarySetting",
        "StageDescription.ClientCertificateId");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    // A description of a stage has the settings for all methods beside those for each.
    return StageResource.WITHOUT_EFFECT.stream()
        .flatMap(property -> Stream.of(property, property.replace("MethodSettings.", "")))
        .map(property -> "StageDescription." + property)
        .collect(Collectors.toSet());
  }

  private static JsonObject stage(Properties properties, String deploymentId) {
    Properties description = properties.structure("StageDescription");
    JsonObject input = StageResource.input(description);
    input.addProperty("stageName", properties.text("StageName"));
    input.addProperty("deploymentId", deploymentId);
    return input;
  }
}
