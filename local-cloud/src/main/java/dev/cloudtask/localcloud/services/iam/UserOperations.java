package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations on users that roles do not have, and their access keys. */
final class UserOperations {
  private final IamStore store;
  private final IamAccess access;
  private final Users users;

  UserOperations(IamStore store, IamAccess access, Users users) {
    this.store = store;
    this.access = access;
    this.users = users;
  }

  void register(QueryProtocol<ServiceCall> table) {
    table
        .operation("CreateUser", this::create, "Path", "UserName", "PermissionsBoundary", "Tags")
        .operation("GetUser", this::get, "UserName")
        .operation("ListUsers", this::list, "PathPrefix", "Marker", "MaxItems")
        .operation("DeleteUser", this::delete, "UserName")
        .operation("ListGroupsForUser", this::groups, "UserName", "Marker", "MaxItems")
        .operation("CreateAccessKey", this::createKey, "UserName")
        .operation("ListAccessKeys", this::listKeys, "UserName", "Marker", "MaxItems")
        .operation("UpdateAccessKey", this::updateKey, "UserName", "AccessKeyId", "Status")
        .operation("DeleteAccessKey", this::deleteKey, "UserName", "AccessKeyId");
  }

  private void create(ServiceCall call, QueryInput input, QueryResult result) {
    String name = input.required("UserName");
    String path = input.text("Path").orElse("/");
    access.check(call.caller(), "CreateUser", store.arn("user" + path + name), call.span());
    User user =
        users.create(
            name, path, input.text("PermissionsBoundary").orElse(null), input.keyValues("Tags"));
    result.structure("User", out -> IamXml.user(out, user));
  }

  private void get(ServiceCall call, QueryInput input, QueryResult result) {
    if (input.text("UserName").isEmpty() && call.caller() instanceof Caller.Root root) {
      result.structure(
          "User",
          out ->
              out.text("UserId", root.accountId())
                  .text("Arn", root.arn())
                  .time("CreateDate", Instant.EPOCH));
      return;
    }
    User user = allowed(call, input, "GetUser");
    result.structure("User", out -> IamXml.user(out, user));
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "ListUsers", store.arn("user/"), call.span());
    List<User> all = users.list(input.text("PathPrefix").orElse("/"));
    Page.of(input, all, User::name).write(result, "Users", IamXml::listedUser);
  }

  private void delete(ServiceCall call, QueryInput input, QueryResult result) {
    input.required("UserName");
    users.delete(allowed(call, input, "DeleteUser").name());
  }

  /** There are no groups here, so no user is in one: clients ask before they delete a user. */
  private void groups(ServiceCall call, QueryInput input, QueryResult result) {
    allowed(call, input, "ListGroupsForUser");
    result.texts("Groups", List.of()).text("IsTruncated", false);
  }

  private void createKey(ServiceCall call, QueryInput input, QueryResult result) {
    LongTermKey key = users.createKey(allowed(call, input, "CreateAccessKey").name());
    result.structure("AccessKey", out -> listed(out, key).text("SecretAccessKey", key.secret()));
  }

  private void listKeys(ServiceCall call, QueryInput input, QueryResult result) {
    if (input.text("UserName").isEmpty() && call.caller() instanceof Caller.Root) {
      result.texts("AccessKeyMetadata", List.of()).text("IsTruncated", false);
      return;
    }
    User user = allowed(call, input, "ListAccessKeys");
    Page.of(input, store.keysOf(user.name()), LongTermKey::id)
        .write(result, "AccessKeyMetadata", (out, key) -> listed(out, key));
  }

  private void updateKey(ServiceCall call, QueryInput input, QueryResult result) {
    User user = allowed(call, input, "UpdateAccessKey");
    String status = input.required("Status");
    new Constraints("ValidationError")
        .oneOf("status", Optional.of(status), List.of("Expired", "Active", "Inactive"))
        .check();
    if (status.equals("Expired")) {
      throw IamErrors.validation("An access key cannot be set to Expired.");
    }
    users.setActive(user.name(), input.required("AccessKeyId"), status.equals("Active"));
  }

  private void deleteKey(ServiceCall call, QueryInput input, QueryResult result) {
    User user = allowed(call, input, "DeleteAccessKey");
    users.deleteKey(user.name(), input.required("AccessKeyId"));
  }

  private static QueryResult listed(QueryResult out, LongTermKey key) {
    return out.text("UserName", key.userName())
        .text("AccessKeyId", key.id())
        .text("Status", key.active() ? "Active" : "Inactive")
        .time("CreateDate", key.createdAt());
  }

  /** Returns the user named, or without a name the calling user, if the caller may. */
  private User allowed(ServiceCall call, QueryInput input, String action) {
    String name =
        input
            .text("UserName")
            .orElseGet(
                () -> {
                  if (call.caller() instanceof Caller.User user) {
                    return user.userName();
                  }
                  throw IamErrors.validation(
                      "Must specify userName when calling with non-User credentials");
                });
    String arn = store.user(name).map(User::arn).orElseGet(() -> store.arn("user/" + name));
    access.check(call.caller(), action, arn, call.span());
    return users.get(name);
  }
}
