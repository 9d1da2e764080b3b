package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.AuthorizerOperations;

/** {@code AWS::ApiGateway::Authorizer}. */
public final class AuthorizerResource implements ResourceProvider {
  private final AuthorizerOperations authorizers;

  /** Serves the type with these operations. */
  public AuthorizerResource(AuthorizerOperations authorizers) {
    this.authorizers = authorizers;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Authorizer";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject made =
        authorizers.create(properties.text("RestApiId"), Properties.body(properties.input()));
    JsonObject attributes = new JsonObject();
    attributes.add("AuthorizerId", made.get("id"));
    return ResourceState.of(made.get("id").getAsString(), attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    Properties properties = Properties.of(request);
    authorizers.replace(
        properties.text("RestApiId"), current.physicalId(), Properties.body(properties.input()));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(
        () -> authorizers.delete(Properties.of(request).text("RestApiId"), current.physicalId()));
  }
}
