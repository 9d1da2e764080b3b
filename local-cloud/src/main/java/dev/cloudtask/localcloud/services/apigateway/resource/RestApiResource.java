package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.RestApiOperations;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ApiGateway::RestApi}. */
public final class RestApiResource implements ResourceProvider {
  private final RestApiOperations apis;

  /** Serves the type with these operations. */
  public RestApiResource(RestApiOperations apis) {
    this.apis = apis;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::RestApi";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    return state(apis.create(Properties.body(input(request))));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return state(apis.replace(current.physicalId(), Properties.body(input(request))));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(() -> apis.delete(current.physicalId()));
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "Body",
        "BodyS3Location",
        "CloneFrom",
        "Mode",
        "Parameters",
        "SecurityPolicy",
        "EndpointAccessMode",
        "EndpointConfiguration.VpcEndpointIds");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of("FailOnWarnings", "ApiKeySourceType", "EndpointConfiguration.IpAddressType");
  }

  private static JsonObject input(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject input = properties.input(Map.of("ApiKeySourceType", "apiKeySource"));
    if (properties.has("Policy")) {
      input.addProperty("policy", Properties.document(properties.json().get("Policy")));
    }
    if (properties.has("EndpointConfiguration")) {
      input.add("endpointConfiguration", properties.structure("EndpointConfiguration").input());
    }
    input.remove("failOnWarnings");
    input.add("tags", Properties.tags(request));
    return input;
  }

  private static ResourceState state(JsonObject api) {
    JsonObject attributes = new JsonObject();
    attributes.add("RestApiId", api.get("id"));
    attributes.add("RootResourceId", api.get("rootResourceId"));
    return ResourceState.of(api.get("id").getAsString(), attributes);
  }
}
