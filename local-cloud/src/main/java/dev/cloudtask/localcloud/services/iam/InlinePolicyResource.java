package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::IAM::Policy}: one inline policy put into several roles and users.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html">
 *     AWS::IAM::Policy</a>
 */
final class InlinePolicyResource implements ResourceProvider {
  private final IamStore store;
  private final HolderChanges roleChanges;
  private final HolderChanges userChanges;

  InlinePolicyResource(IamStore store, IamAccess access, Holders holders) {
    this.store = store;
    this.roleChanges = new HolderChanges(holders, access, Holders.Kind.ROLE);
    this.userChanges = new HolderChanges(holders, access, Holders.Kind.USER);
  }

  @Override
  public String type() {
    return "AWS::IAM::Policy";
  }

  @Override
  public Set<String> refused() {
    return Set.of("Groups");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    apply(request, new JsonObject(), request.properties());
    return state(request.generatedName());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    apply(request, previous, request.properties());
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    apply(request, request.properties(), new JsonObject());
  }

  private void apply(ResourceRequest request, JsonObject previous, JsonObject next) {
    ResourceProperties before = new ResourceProperties(previous);
    ResourceProperties now = new ResourceProperties(next);
    if (next.size() > 0 && now.texts("Roles").isEmpty() && now.texts("Users").isEmpty()) {
      throw IamErrors.validation("At least one of [Groups,Roles,Users] must be non-empty.");
    }
    for (Holders.Kind kind : Holders.Kind.values()) {
      String property = kind.title() + "s";
      for (String name : before.texts(property)) {
        boolean stays = now.texts(property).contains(name);
        if (isThere(kind, name)) {
          changes(kind).inline(request, name, policy(before), stays ? policy(now) : Map.of());
        }
      }
      List<String> old = before.texts(property);
      for (String name : now.texts(property)) {
        if (!old.contains(name)) {
          changes(kind).inline(request, name, Map.of(), policy(now));
        }
      }
    }
  }

  private HolderChanges changes(Holders.Kind kind) {
    return kind == Holders.Kind.ROLE ? roleChanges : userChanges;
  }

  private boolean isThere(Holders.Kind kind, String name) {
    return kind == Holders.Kind.ROLE ? store.role(name).isPresent() : store.user(name).isPresent();
  }

  private static Map<String, String> policy(ResourceProperties properties) {
    return Map.of(
        properties.text("PolicyName").orElseThrow(), properties.document("PolicyDocument"));
  }

  private static ResourceState state(String physicalId) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Id", physicalId);
    return ResourceState.of(physicalId, attributes);
  }
}
