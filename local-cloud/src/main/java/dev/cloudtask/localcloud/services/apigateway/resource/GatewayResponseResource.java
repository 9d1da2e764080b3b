package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.services.apigateway.control.GatewayResponseOperations;

/** {@code AWS::ApiGateway::GatewayResponse}. */
public final class GatewayResponseResource implements ResourceProvider {
  private final GatewayResponseOperations responses;
  private final Ids ids;

  /** Serves the type with these operations. */
  public GatewayResponseResource(GatewayResponseOperations responses, Ids ids) {
    this.responses = responses;
    this.ids = ids;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::GatewayResponse";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    put(request);
    String id = ids.lower(6);
    JsonObject attributes = new JsonObject();
    attributes.add("Id", new JsonPrimitive(id));
    return ResourceState.of(id, attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    put(request);
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Properties properties = Properties.of(request);
    Gone.orDelete(
        () -> responses.delete(properties.text("RestApiId"), properties.text("ResponseType")));
  }

  private void put(ResourceRequest request) {
    Properties properties = Properties.of(request);
    responses.put(
        properties.text("RestApiId"),
        properties.text("ResponseType"),
        Properties.body(properties.input()));
  }
}
