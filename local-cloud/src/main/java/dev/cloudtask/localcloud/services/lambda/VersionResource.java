package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::Lambda::Version}: published once and for all.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html">
 *     AWS::Lambda::Version</a>
 */
final class VersionResource implements ResourceProvider {
  private final Functions functions;
  private final LambdaJson json;
  private final CloudEnvironment cloud;

  VersionResource(Functions functions, LambdaJson json, CloudEnvironment cloud) {
    this.functions = functions;
    this.json = json;
    this.cloud = cloud;
  }

  @Override
  public String type() {
    return "AWS::Lambda::Version";
  }

  @Override
  public Set<String> refused() {
    return Set.of("ProvisionedConcurrencyConfig", "RuntimePolicy", "FunctionScalingConfig");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    JsonObject properties = request.properties();
    FunctionRef function =
        FunctionRef.parse(ResourceBodies.text(properties, "FunctionName"), Optional.empty(), cloud);
    FunctionVersion version =
        functions.publish(
            new FunctionRef(function.name(), Optional.empty()),
            ResourceBodies.text(properties, "Description"));
    String arn = json.arn(version.name()) + ":" + version.version();
    JsonObject attributes = new JsonObject();
    attributes.addProperty("FunctionArn", arn);
    attributes.addProperty("Version", version.version());
    return ResourceState.of(arn, attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return current; // nothing of it can be changed in place
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    FunctionRef version = FunctionRef.parse(current.physicalId(), Optional.empty(), cloud);
    if (functions.store().resolve(version).isPresent()) {
      functions.delete(version);
    }
  }
}
