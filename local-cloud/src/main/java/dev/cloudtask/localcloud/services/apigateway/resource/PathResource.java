package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.ResourceOperations;
import java.util.Optional;

/** {@code AWS::ApiGateway::Resource}: every change makes a new one. */
public final class PathResource implements ResourceProvider {
  private final ResourceOperations resources;

  /** Serves the type with these operations. */
  public PathResource(ResourceOperations resources) {
    this.resources = resources;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Resource";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject made =
        resources.create(
            properties.text("RestApiId"),
            properties.text("ParentId"),
            Optional.of(properties.text("PathPart")));
    JsonObject attributes = new JsonObject();
    attributes.add("ResourceId", made.get("id"));
    return ResourceState.of(made.get("id").getAsString(), attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(
        () -> resources.delete(Properties.of(request).text("RestApiId"), current.physicalId()));
  }
}
