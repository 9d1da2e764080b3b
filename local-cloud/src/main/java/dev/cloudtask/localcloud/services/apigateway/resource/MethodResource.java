package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.IntegrationOperations;
import dev.cloudtask.localcloud.services.apigateway.control.MethodOperations;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ApiGateway::Method} with its integration and their answers. */
public final class MethodResource implements ResourceProvider {
  private final StateStore store;
  private final MethodOperations methods;
  private final IntegrationOperations integrations;

  /** Serves the type with these operations; {@code store} makes several of them one change. */
  public MethodResource(
      StateStore store, MethodOperations methods, IntegrationOperations integrations) {
    this.store = store;
    this.methods = methods;
    this.integrations = integrations;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Method";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    return store.write(() -> put(Properties.of(request)));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return store.write(
        () -> {
          delete(request, current);
          return put(Properties.of(request));
        });
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Properties properties = Properties.of(request);
    Gone.orDelete(
        () ->
            methods.delete(
                properties.text("RestApiId"),
                properties.text("ResourceId"),
                properties.text("HttpMethod")));
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "Integration.ConnectionId",
        "Integration.IntegrationTarget",
        "Integration.ResponseTransferMode");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of(
        "OperationName",
        "Integration.CacheKeyParameters",
        "Integration.CacheNamespace",
        "Integration.ConnectionType",
        "Integration.ContentHandling",
        "Integration.RequestParameters",
        "Integration.IntegrationResponses.ContentHandling");
  }

  private ResourceState put(Properties properties) {
    String apiId = properties.text("RestApiId");
    String resourceId = properties.text("ResourceId");
    String httpMethod = properties.text("HttpMethod");
    JsonObject input = properties.input();
    if (!input.has("authorizationType")) {
      input.addProperty("authorizationType", "NONE");
    }
    methods.put(apiId, resourceId, httpMethod, Properties.body(input));
    for (JsonElement each : properties.list("MethodResponses")) {
      Properties response = new Properties(each.getAsJsonObject());
      methods.putResponse(
          apiId,
          resourceId,
          httpMethod,
          response.text("StatusCode"),
          Properties.body(response.input()));
    }
    if (properties.has("Integration")) {
      putIntegration(apiId, resourceId, httpMethod, properties.structure("Integration"));
    }
    return ResourceState.of(String.join("|", apiId, resourceId, httpMethod), new JsonObject());
  }

  private void putIntegration(
      String apiId, String resourceId, String httpMethod, Properties integration) {
    integrations.put(
        apiId,
        resourceId,
        httpMethod,
        Properties.body(integration.input(Map.of("IntegrationHttpMethod", "httpMethod"))));
    for (JsonElement each : integration.list("IntegrationResponses")) {
      Properties response = new Properties(each.getAsJsonObject());
      integrations.putResponse(
          apiId,
          resourceId,
          httpMethod,
          response.text("StatusCode"),
          Properties.body(response.input()));
    }
  }
}
