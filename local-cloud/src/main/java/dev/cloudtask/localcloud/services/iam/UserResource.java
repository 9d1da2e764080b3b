package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::IAM::User}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html">
 *     AWS::IAM::User</a>
 */
final class UserResource implements ResourceProvider {
  private final IamStore store;
  private final IamAccess access;
  private final Users users;
  private final Holders holders;
  private final HolderChanges changes;

  UserResource(IamStore store, IamAccess access, Users users, Holders holders) {
    this.store = store;
    this.access = access;
    this.users = users;
    this.holders = holders;
    this.changes = new HolderChanges(holders, access, Holders.Kind.USER);
  }

  @Override
  public String type() {
    return "AWS::IAM::User";
  }

  @Override
  public Set<String> refused() {
    return Set.of("Groups", "LoginProfile");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String name =
        wanted
            .text("UserName")
            .orElseGet(() -> ResourceProperties.fitted(request.generatedName(), 64));
    String path = wanted.text("Path").orElse("/");
    access.check(request.caller(), "CreateUser", store.arn("user" + path + name), request.span());
    User user =
        users.create(
            name, path, wanted.text("PermissionsBoundary").orElse(null), wanted.tags(request));
    try {
      changes.inline(request, name, Map.of(), wanted.policies());
      changes.attached(request, name, List.of(), wanted.texts("ManagedPolicyArns"));
    } catch (RuntimeException e) {
      remove(name); // a user that could not be finished was never there
      throw e;
    }
    return state(user);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    ResourceProperties before = new ResourceProperties(previous);
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String name = current.physicalId();
    changes.check(request, "UpdateUser", name);
    changes.inline(request, name, before.policies(), wanted.policies());
    changes.attached(
        request, name, before.texts("ManagedPolicyArns"), wanted.texts("ManagedPolicyArns"));
    String boundary = wanted.text("PermissionsBoundary").orElse(null);
    if (boundary != null || before.text("PermissionsBoundary").isPresent()) {
      holders.setBoundary(Holders.Kind.USER, name, boundary);
    }
    changes.tags(name, wanted.tags(request));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    String name = current.physicalId();
    if (store.user(name).isEmpty()) {
      return;
    }
    changes.check(request, "DeleteUser", name);
    ResourceProperties known = new ResourceProperties(request.properties());
    changes.inline(request, name, known.policies(), Map.of());
    changes.attached(request, name, known.texts("ManagedPolicyArns"), List.of());
    users.delete(name);
  }

  private void remove(String name) {
    Grants grants = users.get(name).grants();
    grants.inline().keySet().forEach(each -> holders.deleteInline(Holders.Kind.USER, name, each));
    grants.attached().forEach(each -> holders.detach(Holders.Kind.USER, name, each));
    users.delete(name);
  }

  private static ResourceState state(User user) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", user.arn());
    return ResourceState.of(user.name(), attributes);
  }
}
