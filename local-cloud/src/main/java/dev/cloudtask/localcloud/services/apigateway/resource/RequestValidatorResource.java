package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.ValidatorOperations;

/** {@code AWS::ApiGateway::RequestValidator}. */
public final class RequestValidatorResource implements ResourceProvider {
  private final ValidatorOperations validators;

  /** Serves the type with these operations. */
  public RequestValidatorResource(ValidatorOperations validators) {
    this.validators = validators;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::RequestValidator";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject input = properties.input();
    if (!input.has("name")) {
      input.addProperty("name", request.generatedName());
    }
    JsonObject made = validators.create(properties.text("RestApiId"), Properties.body(input));
    JsonObject attributes = new JsonObject();
    attributes.add("RequestValidatorId", made.get("id"));
    return ResourceState.of(made.get("id").getAsString(), attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    Properties properties = Properties.of(request);
    validators.replace(
        properties.text("RestApiId"), current.physicalId(), Properties.body(properties.input()));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(
        () -> validators.delete(Properties.of(request).text("RestApiId"), current.physicalId()));
  }
}
