package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::Lambda::Permission}: one statement of a function's policy. Every change of it
 * replaces it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html">
 *     AWS::Lambda::Permission</a>
 */
final class PermissionResource implements ResourceProvider {
  private final CloudEnvironment cloud;
  private final PolicyOperations policies;

  PermissionResource(CloudEnvironment cloud, PolicyOperations policies) {
    this.cloud = cloud;
    this.policies = policies;
  }

  @Override
  public String type() {
    return "AWS::Lambda::Permission";
  }

  @Override
  public Set<String> refused() {
    return Set.of("InvokedViaFunctionUrl");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    JsonObject body = request.properties().deepCopy();
    String id = request.generatedName();
    body.addProperty("StatementId", id);
    policies.add(function(body), JsonBody.of(body));
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Id", id);
    return ResourceState.of(id, attributes);
  }

  private FunctionRef function(JsonObject properties) {
    return FunctionRef.parse(
        ResourceBodies.text(properties, "FunctionName"), Optional.empty(), cloud);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return current; // nothing of it can be changed in place
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    try {
      policies.remove(function(request.properties()), current.physicalId(), Optional.empty());
    } catch (AwsException e) {
      if (!e.code().equals("ResourceNotFoundException")) {
        throw e;
      }
    }
  }
}
