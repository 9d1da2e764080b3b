package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;

/**
 * {@code AWS::IAM::AccessKey}. A higher {@code Serial} makes a new key: the engine replaces the
 * resource.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html">
 *     AWS::IAM::AccessKey</a>
 */
final class AccessKeyResource implements ResourceProvider {
  private final IamStore store;
  private final IamAccess access;
  private final Users users;

  AccessKeyResource(IamStore store, IamAccess access, Users users) {
    this.store = store;
    this.access = access;
    this.users = users;
  }

  @Override
  public String type() {
    return "AWS::IAM::AccessKey";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    String userName = userName(request);
    check(request, "CreateAccessKey");
    LongTermKey key = users.createKey(userName);
    if (!isActive(request)) {
      users.setActive(userName, key.id(), false);
    }
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Id", key.id());
    attributes.addProperty("SecretAccessKey", key.secret());
    return ResourceState.of(key.id(), attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    check(request, "UpdateAccessKey");
    users.setActive(userName(request), current.physicalId(), isActive(request));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    if (store.keys.get(current.physicalId()).isPresent()) {
      check(request, "DeleteAccessKey");
      users.deleteKey(userName(request), current.physicalId());
    }
  }

  private void check(ResourceRequest request, String action) {
    String arn = store.arn("user/" + userName(request));
    access.check(request.caller(), action, arn, request.span());
  }

  private static String userName(ResourceRequest request) {
    return request.properties().get("UserName").getAsString();
  }

  private static boolean isActive(ResourceRequest request) {
    return new ResourceProperties(request.properties())
        .text("Status")
        .map("Active"::equals)
        .orElse(true);
  }
}
