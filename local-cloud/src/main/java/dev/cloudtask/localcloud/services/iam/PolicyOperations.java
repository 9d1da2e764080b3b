package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on managed policies. */
final class PolicyOperations {
  private final IamStore store;
  private final IamAccess access;
  private final ManagedPolicies policies;

  PolicyOperations(IamStore store, IamAccess access, ManagedPolicies policies) {
    this.store = store;
    this.access = access;
    this.policies = policies;
  }

  void register(QueryProtocol<ServiceCall> table) {
    table
        .operation(
            "CreatePolicy",
            this::create,
            "PolicyName",
            "Path",
            "PolicyDocument",
            "Description",
            "Tags")
        .operation("GetPolicy", this::get, "PolicyArn")
        .operation("DeletePolicy", this::delete, "PolicyArn")
        .operation(
            "ListPolicies",
            this::list,
            "Scope",
            "OnlyAttached",
            "PathPrefix",
            "PolicyUsageFilter",
            "Marker",
            "MaxItems")
        .operation(
            "CreatePolicyVersion", this::addVersion, "PolicyArn", "PolicyDocument", "SetAsDefault")
        .operation("GetPolicyVersion", this::getVersion, "PolicyArn", "VersionId")
        .operation("ListPolicyVersions", this::listVersions, "PolicyArn", "Marker", "MaxItems")
        .operation("DeletePolicyVersion", this::deleteVersion, "PolicyArn", "VersionId")
        .operation("SetDefaultPolicyVersion", this::setDefault, "PolicyArn", "VersionId")
        .operation(
            "ListEntitiesForPolicy",
            this::listEntities,
            "PolicyArn",
            "EntityFilter",
            "PathPrefix",
            "PolicyUsageFilter",
            "Marker",
            "MaxItems")
        .operation("TagPolicy", this::tag, "PolicyArn", "Tags")
        .operation("UntagPolicy", this::untag, "PolicyArn", "TagKeys")
        .operation("ListPolicyTags", this::listTags, "PolicyArn", "Marker", "MaxItems");
  }

  private String allowed(ServiceCall call, QueryInput input, String action) {
    String arn = input.required("PolicyArn");
    access.check(call.caller(), action, arn, call.span());
    return arn;
  }

  private void write(QueryResult out, ManagedPolicy policy) {
    IamXml.policy(
        out, policy, policies.attachments(policy.arn()), policies.boundaryUses(policy.arn()));
  }

  private void create(ServiceCall call, QueryInput input, QueryResult result) {
    String name = input.required("PolicyName");
    String path = input.text("Path").orElse("/");
    access.check(call.caller(), "CreatePolicy", store.arn("policy" + path + name), call.span());
    ManagedPolicy policy =
        policies.create(
            name,
            path,
            input.required("PolicyDocument"),
            input.text("Description").orElse(null),
            input.keyValues("Tags"));
    result.structure(
        "Policy",
        out -> {
          write(out, policy);
          IamXml.tags(out, policy.tags());
        });
  }

  private void get(ServiceCall call, QueryInput input, QueryResult result) {
    ManagedPolicy policy = policies.get(allowed(call, input, "GetPolicy"));
    result.structure(
        "Policy",
        out -> {
          write(out, policy);
          IamXml.tags(out, policy.tags());
        });
  }

  private void delete(ServiceCall call, QueryInput input, QueryResult result) {
    policies.delete(allowed(call, input, "DeletePolicy"));
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "ListPolicies", store.arn("policy/"), call.span());
    String scope = input.text("Scope").orElse("All");
    Optional<String> usage = input.text("PolicyUsageFilter");
    new Constraints("ValidationError")
        .oneOf("scope", Optional.of(scope), List.of("All", "AWS", "Local"))
        .oneOf("policyUsageFilter", usage, List.of("PermissionsPolicy", "PermissionsBoundary"))
        .check();
    boolean onlyAttached = input.bool("OnlyAttached").orElse(false);
    String prefix = input.text("PathPrefix").orElse("/");
    List<ManagedPolicy> all =
        store.allPolicies().stream()
            .filter(each -> each.path().startsWith(prefix))
            .filter(
                each ->
                    scope.equals("All")
                        || scope.equals("AWS") == each.arn().startsWith(AwsManagedPolicies.PREFIX))
            .filter(each -> isUsed(each, usage) || (!onlyAttached && usage.isEmpty()))
            .sorted(Comparator.comparing(ManagedPolicy::arn))
            .toList();
    Page.of(input, all, ManagedPolicy::arn).write(result, "Policies", this::write);
  }

  private boolean isUsed(ManagedPolicy policy, Optional<String> usage) {
    boolean asBoundary = policies.boundaryUses(policy.arn()) > 0;
    boolean attached = policies.attachments(policy.arn()) > 0;
    return usage
        .map(each -> each.equals("PermissionsBoundary") ? asBoundary : attached)
        .orElse(attached || asBoundary);
  }

  private void addVersion(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = allowed(call, input, "CreatePolicyVersion");
    ManagedPolicy.Version version =
        policies.addVersion(
            arn, input.required("PolicyDocument"), input.bool("SetAsDefault").orElse(false));
    result.structure("PolicyVersion", out -> IamXml.version(out, policies.get(arn), version));
  }

  private void getVersion(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = allowed(call, input, "GetPolicyVersion");
    ManagedPolicy.Version version = policies.version(arn, input.required("VersionId"));
    result.structure(
        "PolicyVersion",
        out -> {
          out.text("Document", IamXml.document(version.document()));
          IamXml.version(out, policies.get(arn), version);
        });
  }

  private void listVersions(ServiceCall call, QueryInput input, QueryResult result) {
    ManagedPolicy policy = policies.get(allowed(call, input, "ListPolicyVersions"));
    List<ManagedPolicy.Version> newestFirst = new ArrayList<>(policy.versions());
    Collections.reverse(newestFirst);
    // The place in the list is the key that pages go by: v10 comes before v9.
    Page.of(input, newestFirst, each -> "%06d".formatted(newestFirst.indexOf(each)))
        .write(result, "Versions", (out, each) -> IamXml.version(out, policy, each));
  }

  private void deleteVersion(ServiceCall call, QueryInput input, QueryResult result) {
    policies.deleteVersion(
        allowed(call, input, "DeletePolicyVersion"), input.required("VersionId"));
  }

  private void setDefault(ServiceCall call, QueryInput input, QueryResult result) {
    policies.setDefault(
        allowed(call, input, "SetDefaultPolicyVersion"), input.required("VersionId"));
  }

  private void listEntities(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = policies.get(allowed(call, input, "ListEntitiesForPolicy")).arn();
    Optional<String> filter = input.text("EntityFilter");
    Optional<String> usage = input.text("PolicyUsageFilter");
    new Constraints("ValidationError")
        .oneOf(
            "entityFilter",
            filter,
            List.of("Role", "User", "Group", "LocalManagedPolicy", "AWSManagedPolicy"))
        .oneOf("policyUsageFilter", usage, List.of("PermissionsPolicy", "PermissionsBoundary"))
        .check();
    String prefix = input.text("PathPrefix").orElse("/");
    List<Role> roles =
        store.roles.values().stream()
            .filter(each -> filter.map("Role"::equals).orElse(true))
            .filter(each -> each.path().startsWith(prefix) && uses(each.grants(), arn, usage))
            .toList();
    List<User> users =
        store.users.values().stream()
            .filter(each -> filter.map("User"::equals).orElse(true))
            .filter(each -> each.path().startsWith(prefix) && uses(each.grants(), arn, usage))
            .toList();
    result
        .texts("PolicyGroups", List.of())
        .list(
            "PolicyUsers",
            users,
            (out, user) -> out.text("UserName", user.name()).text("UserId", user.id()))
        .list(
            "PolicyRoles",
            roles,
            (out, role) -> out.text("RoleName", role.name()).text("RoleId", role.id()))
        .text("IsTruncated", false);
  }

  private static boolean uses(Grants grants, String arn, Optional<String> usage) {
    boolean asBoundary = arn.equals(grants.boundary());
    boolean attached = grants.attached().contains(arn);
    return usage
        .map(each -> each.equals("PermissionsBoundary") ? asBoundary : attached)
        .orElse(attached || asBoundary);
  }

  private void tag(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = allowed(call, input, "TagPolicy");
    Map<String, String> tags = new TreeMap<>(policies.get(arn).tags());
    tags.putAll(input.keyValues("Tags"));
    policies.setTags(arn, tags);
  }

  private void untag(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = allowed(call, input, "UntagPolicy");
    Map<String, String> tags = new TreeMap<>(policies.get(arn).tags());
    input.texts("TagKeys").forEach(tags::remove);
    policies.setTags(arn, tags);
  }

  private void listTags(ServiceCall call, QueryInput input, QueryResult result) {
    ManagedPolicy policy = policies.get(allowed(call, input, "ListPolicyTags"));
    result.keyValues("Tags", new TreeMap<>(policy.tags())).text("IsTruncated", false);
  }
}
