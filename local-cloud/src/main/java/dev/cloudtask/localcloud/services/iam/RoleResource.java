package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code AWS::IAM::Role}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html">
 *     AWS::IAM::Role</a>
 */
final class RoleResource implements ResourceProvider {
  private final IamStore store;
  private final IamAccess access;
  private final Roles roles;
  private final Holders holders;
  private final HolderChanges changes;

  RoleResource(IamStore store, IamAccess access, Roles roles, Holders holders) {
    this.store = store;
    this.access = access;
    this.roles = roles;
    this.holders = holders;
    this.changes = new HolderChanges(holders, access, Holders.Kind.ROLE);
  }

  @Override
  public String type() {
    return "AWS::IAM::Role";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String name =
        wanted
            .text("RoleName")
            .orElseGet(() -> ResourceProperties.fitted(request.generatedName(), 64));
    String path = wanted.text("Path").orElse("/");
    access.check(request.caller(), "CreateRole", store.arn("role" + path + name), request.span());
    Role role =
        roles.create(
            new Roles.NewRole(
                name,
                path,
                wanted.document("AssumeRolePolicyDocument"),
                wanted.text("Description").orElse(null),
                wanted.integer("MaxSessionDuration").orElse(Roles.DEFAULT_SESSION_SECONDS),
                wanted.text("PermissionsBoundary").orElse(null),
                wanted.tags(request)));
    try {
      changes.inline(request, name, Map.of(), wanted.policies());
      changes.attached(request, name, List.of(), wanted.texts("ManagedPolicyArns"));
    } catch (RuntimeException e) {
      remove(name); // a role that could not be finished was never there
      throw e;
    }
    return state(role);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    ResourceProperties before = new ResourceProperties(previous);
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String name = current.physicalId();
    changes.check(request, "UpdateRole", name);
    roles.update(
        name,
        Optional.of(wanted.text("Description").orElse("")),
        Optional.of(wanted.integer("MaxSessionDuration").orElse(Roles.DEFAULT_SESSION_SECONDS)));
    changes.check(request, "UpdateAssumeRolePolicy", name);
    roles.setTrust(name, wanted.document("AssumeRolePolicyDocument"));
    changes.inline(request, name, before.policies(), wanted.policies());
    changes.attached(
        request, name, before.texts("ManagedPolicyArns"), wanted.texts("ManagedPolicyArns"));
    String boundary = wanted.text("PermissionsBoundary").orElse(null);
    if (boundary != null || before.text("PermissionsBoundary").isPresent()) {
      changes.check(request, "PutRolePermissionsBoundary", name);
      holders.setBoundary(Holders.Kind.ROLE, name, boundary);
    }
    changes.tags(name, wanted.tags(request));
    return state(roles.get(name));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    String name = current.physicalId();
    if (store.role(name).isEmpty()) {
      return;
    }
    changes.check(request, "DeleteRole", name);
    ResourceProperties known = new ResourceProperties(request.properties());
    changes.inline(request, name, known.policies(), Map.of());
    changes.attached(request, name, known.texts("ManagedPolicyArns"), List.of());
    roles.delete(name);
  }

  private void remove(String name) {
    Grants grants = roles.get(name).grants();
    new ArrayList<>(grants.inline().keySet())
        .forEach(each -> holders.deleteInline(Holders.Kind.ROLE, name, each));
    grants.attached().forEach(each -> holders.detach(Holders.Kind.ROLE, name, each));
    roles.delete(name);
  }

  private static ResourceState state(Role role) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", role.arn());
    attributes.addProperty("RoleId", role.id());
    return ResourceState.of(role.name(), attributes);
  }
}
