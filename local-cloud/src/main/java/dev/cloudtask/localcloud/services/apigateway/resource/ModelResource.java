package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.ModelOperations;

/** {@code AWS::ApiGateway::Model}. */
public final class ModelResource implements ResourceProvider {
  private final ModelOperations models;

  /** Serves the type with these operations. */
  public ModelResource(ModelOperations models) {
    this.models = models;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Model";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    JsonObject input = input(request);
    if (!input.has("name")) {
      input.addProperty("name", request.generatedName().replaceAll("[^A-Za-z0-9]", ""));
    }
    JsonObject made =
        models.create(Properties.of(request).text("RestApiId"), Properties.body(input));
    return ResourceState.of(made.get("name").getAsString(), new JsonObject());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    models.replace(
        Properties.of(request).text("RestApiId"),
        current.physicalId(),
        Properties.body(input(request)));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(
        () -> models.delete(Properties.of(request).text("RestApiId"), current.physicalId()));
  }

  private static JsonObject input(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject input = properties.input();
    if (properties.has("Schema")) {
      input.addProperty("schema", Properties.document(properties.json().get("Schema")));
    }
    return input;
  }
}
