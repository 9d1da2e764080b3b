package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import java.util.List;
import java.util.Set;

/**
 * {@code AWS::IAM::ManagedPolicy}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html">
 *     AWS::IAM::ManagedPolicy</a>
 */
final class ManagedPolicyResource implements ResourceProvider {
  private final IamStore store;
  private final IamAccess access;
  private final ManagedPolicies policies;
  private final Holders holders;
  private final HolderChanges roleChanges;
  private final HolderChanges userChanges;

  ManagedPolicyResource(
      IamStore store, IamAccess access, ManagedPolicies policies, Holders holders) {
    this.store = store;
    this.access = access;
    this.policies = policies;
    this.holders = holders;
    this.roleChanges = new HolderChanges(holders, access, Holders.Kind.ROLE);
    this.userChanges = new HolderChanges(holders, access, Holders.Kind.USER);
  }

  @Override
  public String type() {
    return "AWS::IAM::ManagedPolicy";
  }

  @Override
  public Set<String> refused() {
    return Set.of("Groups");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String name =
        wanted
            .text("ManagedPolicyName")
            .orElseGet(() -> ResourceProperties.fitted(request.generatedName(), 128));
    String path = wanted.text("Path").orElse("/");
    access.check(
        request.caller(), "CreatePolicy", store.arn("policy" + path + name), request.span());
    ManagedPolicy policy =
        policies.create(
            name,
            path,
            wanted.document("PolicyDocument"),
            wanted.text("Description").orElse(null),
            wanted.tags(request));
    try {
      attach(request, policy.arn(), new JsonObject(), request.properties());
    } catch (RuntimeException e) {
      detachAll(policy.arn());
      policies.delete(policy.arn()); // a policy that could not be finished was never there
      throw e;
    }
    return state(policy.arn());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    ResourceProperties wanted = new ResourceProperties(request.properties());
    String arn = current.physicalId();
    String document = wanted.document("PolicyDocument");
    if (!policies.get(arn).document().equals(document)) {
      access.check(request.caller(), "CreatePolicyVersion", arn, request.span());
      makeRoom(arn);
      policies.addVersion(arn, document, true);
    }
    policies.setTags(arn, wanted.tags(request));
    attach(request, arn, previous, request.properties());
    return state(arn);
  }

  /** CloudFormation deletes the oldest version that is not the default when there is no room. */
  private void makeRoom(String arn) {
    ManagedPolicy policy = policies.get(arn);
    if (policy.versions().size() == ManagedPolicies.VERSIONS) {
      policy.versions().stream()
          .map(ManagedPolicy.Version::id)
          .filter(id -> !id.equals(policy.defaultVersion()))
          .findFirst()
          .ifPresent(id -> policies.deleteVersion(arn, id));
    }
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    String arn = current.physicalId();
    if (store.policies.get(arn).isEmpty()) {
      return;
    }
    access.check(request.caller(), "DeletePolicy", arn, request.span());
    attach(request, arn, request.properties(), new JsonObject());
    ManagedPolicy policy = policies.get(arn);
    for (ManagedPolicy.Version version : policy.versions()) {
      if (!version.id().equals(policy.defaultVersion())) {
        policies.deleteVersion(arn, version.id());
      }
    }
    policies.delete(arn);
  }

  private void attach(ResourceRequest request, String arn, JsonObject previous, JsonObject next) {
    ResourceProperties before = new ResourceProperties(previous);
    ResourceProperties now = new ResourceProperties(next);
    for (Holders.Kind kind : Holders.Kind.values()) {
      String property = kind.title() + "s";
      List<String> wanted = now.texts(property);
      for (String name : before.texts(property)) {
        if (!wanted.contains(name) && isThere(kind, name)) {
          changes(kind).attached(request, name, List.of(arn), List.of());
        }
      }
      for (String name : wanted) {
        changes(kind).attached(request, name, List.of(), List.of(arn));
      }
    }
  }

  private void detachAll(String arn) {
    for (Role role : store.roles.values()) {
      if (role.grants().attached().contains(arn)) {
        holders.detach(Holders.Kind.ROLE, role.name(), arn);
      }
    }
    for (User user : store.users.values()) {
      if (user.grants().attached().contains(arn)) {
        holders.detach(Holders.Kind.USER, user.name(), arn);
      }
    }
  }

  private HolderChanges changes(Holders.Kind kind) {
    return kind == Holders.Kind.ROLE ? roleChanges : userChanges;
  }

  private boolean isThere(Holders.Kind kind, String name) {
    return kind == Holders.Kind.ROLE ? store.role(name).isPresent() : store.user(name).isPresent();
  }

  private ResourceState state(String arn) {
    ManagedPolicy policy = policies.get(arn);
    JsonObject attributes = new JsonObject();
    attributes.addProperty("PolicyArn", arn);
    attributes.addProperty("PolicyId", policy.id());
    attributes.addProperty("DefaultVersionId", policy.defaultVersion());
    attributes.addProperty("AttachmentCount", policies.attachments(arn));
    attributes.addProperty("PermissionsBoundaryUsageCount", policies.boundaryUses(arn));
    attributes.addProperty("IsAttachable", true);
    attributes.addProperty("CreateDate", policy.createdAt().toString());
    attributes.addProperty("UpdateDate", policy.updatedAt().toString());
    return ResourceState.of(arn, attributes);
  }
}
