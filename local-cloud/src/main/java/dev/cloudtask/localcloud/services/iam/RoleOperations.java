package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.List;
import java.util.Optional;

/** The operations on roles that users do not have. */
final class RoleOperations {
  private final IamStore store;
  private final IamAccess access;
  private final Roles roles;

  RoleOperations(IamStore store, IamAccess access, Roles roles) {
    this.store = store;
    this.access = access;
    this.roles = roles;
  }

  void register(QueryProtocol<ServiceCall> table) {
    table
        .operation(
            "CreateRole",
            this::create,
            "Path",
            "RoleName",
            "AssumeRolePolicyDocument",
            "Description",
            "MaxSessionDuration",
            "PermissionsBoundary",
            "Tags")
        .operation("GetRole", this::get, "RoleName")
        .operation("ListRoles", this::list, "PathPrefix", "Marker", "MaxItems")
        .operation("DeleteRole", this::delete, "RoleName")
        .operation("UpdateRole", this::update, "RoleName", "Description", "MaxSessionDuration")
        .operation("UpdateRoleDescription", this::describe, "RoleName", "Description")
        .operation("UpdateAssumeRolePolicy", this::setTrust, "RoleName", "PolicyDocument")
        .operation(
            "ListInstanceProfilesForRole",
            this::instanceProfiles,
            "RoleName",
            "Marker",
            "MaxItems");
  }

  private void create(ServiceCall call, QueryInput input, QueryResult result) {
    String name = input.required("RoleName");
    String path = input.text("Path").orElse("/");
    access.check(call.caller(), "CreateRole", store.arn("role" + path + name), call.span());
    Role role =
        roles.create(
            new Roles.NewRole(
                name,
                path,
                input.required("AssumeRolePolicyDocument"),
                input.text("Description").orElse(null),
                input.integer("MaxSessionDuration").orElse(Roles.DEFAULT_SESSION_SECONDS),
                input.text("PermissionsBoundary").orElse(null),
                input.keyValues("Tags")));
    result.structure("Role", out -> IamXml.role(out, role));
  }

  private void get(ServiceCall call, QueryInput input, QueryResult result) {
    Role role = allowed(call, input, "GetRole");
    result.structure("Role", out -> IamXml.role(out, role));
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "ListRoles", store.arn("role/"), call.span());
    List<Role> all = roles.list(input.text("PathPrefix").orElse("/"));
    Page.of(input, all, Role::name).write(result, "Roles", IamXml::listedRole);
  }

  private void delete(ServiceCall call, QueryInput input, QueryResult result) {
    roles.delete(allowed(call, input, "DeleteRole").name());
  }

  private void update(ServiceCall call, QueryInput input, QueryResult result) {
    Role role = allowed(call, input, "UpdateRole");
    Optional<Integer> seconds =
        input.integer("MaxSessionDuration").isPresent()
            ? Optional.of(input.integer("MaxSessionDuration").getAsInt())
            : Optional.empty();
    roles.update(role.name(), input.text("Description"), seconds);
    result.present();
  }

  private void describe(ServiceCall call, QueryInput input, QueryResult result) {
    Role role = allowed(call, input, "UpdateRoleDescription");
    Role changed =
        roles.update(role.name(), Optional.of(input.required("Description")), Optional.empty());
    result.structure("Role", out -> IamXml.role(out, changed));
  }

  private void setTrust(ServiceCall call, QueryInput input, QueryResult result) {
    Role role = allowed(call, input, "UpdateAssumeRolePolicy");
    roles.setTrust(role.name(), input.required("PolicyDocument"));
  }

  /**
   * There are no instance profiles here, so no role is in one: clients ask before they delete a
   * role.
   */
  private void instanceProfiles(ServiceCall call, QueryInput input, QueryResult result) {
    allowed(call, input, "ListInstanceProfilesForRole");
    result.texts("InstanceProfiles", List.of()).text("IsTruncated", false);
  }

  private Role allowed(ServiceCall call, QueryInput input, String action) {
    String name = input.required("RoleName");
    String arn = store.role(name).map(Role::arn).orElseGet(() -> store.arn("role/" + name));
    access.check(call.caller(), action, arn, call.span());
    return roles.get(name);
  }
}
