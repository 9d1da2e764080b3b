package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;

/**
 * {@code AWS::Cognito::UserPoolGroup}; {@code Ref} gives the group's name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolgroup.html">
 *     AWS::Cognito::UserPoolGroup</a>
 */
final class UserPoolGroupResource implements ResourceProvider {
  private final CloudEnvironment environment;
  private final CognitoStore store;
  private final Access access;
  private final GroupOperations groups;

  UserPoolGroupResource(
      CloudEnvironment environment, CognitoStore store, Access access, GroupOperations groups) {
    this.environment = environment;
    this.store = store;
    this.access = access;
    this.groups = groups;
  }

  @Override
  public String type() {
    return "AWS::Cognito::UserPoolGroup";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    CognitoCall call = Resources.call(environment, request);
    String poolId = poolId(request);
    access.require(call, "CreateGroup", access.arn(poolId));
    JsonObject input = request.properties().deepCopy();
    if (!input.has("GroupName")) {
      input.addProperty("GroupName", request.generatedName());
    }
    Group group = groups.create(store.pool(poolId), JsonInput.of(input), call.at());
    return ResourceState.of(group.name(), new JsonObject());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    CognitoCall call = Resources.call(environment, request);
    access.require(call, "UpdateGroup", access.arn(poolId(request)));
    Group group =
        store
            .findGroup(poolId(request), current.physicalId())
            .orElseThrow(CognitoErrors::noSuchGroup);
    groups.update(group, JsonInput.of(request.properties()), call.at());
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    String poolId = poolId(request);
    store
        .findGroup(poolId, current.physicalId())
        .ifPresent(
            group -> {
              access.require(
                  Resources.call(environment, request), "DeleteGroup", access.arn(poolId));
              groups.delete(group);
            });
  }

  private static String poolId(ResourceRequest request) {
    return request.properties().get("UserPoolId").getAsString();
  }
}
