package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::Lambda::Alias}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html">
 *     AWS::Lambda::Alias</a>
 */
final class AliasResource implements ResourceProvider {
  private final AliasOperations aliases;
  private final LambdaJson json;
  private final CloudEnvironment cloud;

  AliasResource(AliasOperations aliases, LambdaJson json, CloudEnvironment cloud) {
    this.aliases = aliases;
    this.json = json;
    this.cloud = cloud;
  }

  @Override
  public String type() {
    return "AWS::Lambda::Alias";
  }

  @Override
  public Set<String> refused() {
    return Set.of("RoutingConfig", "ProvisionedConcurrencyConfig");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    return state(aliases.create(function(request.properties()), JsonBody.of(request.properties())));
  }

  private FunctionRef function(JsonObject properties) {
    FunctionRef named =
        FunctionRef.parse(ResourceBodies.text(properties, "FunctionName"), Optional.empty(), cloud);
    return new FunctionRef(named.name(), Optional.empty());
  }

  private ResourceState state(Alias alias) {
    String arn = json.arn(alias.functionName()) + ":" + alias.name();
    JsonObject attributes = new JsonObject();
    attributes.addProperty("AliasArn", arn);
    return ResourceState.of(arn, attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    JsonObject body = request.properties();
    return state(
        aliases.update(function(body), ResourceBodies.text(body, "Name"), JsonBody.of(body)));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    FunctionRef alias = FunctionRef.parse(current.physicalId(), Optional.empty(), cloud);
    aliases.delete(alias, alias.qualifier().orElse(""));
  }
}
