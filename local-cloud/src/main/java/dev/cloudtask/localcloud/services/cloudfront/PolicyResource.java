package dev.cloudtask.localcloud.services.cloudfront;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.Set;

/**
 * Policies and origin access controls of templates: each type one configuration, its id the Ref.
 */
final class PolicyResource implements ResourceProvider {
  private final PolicyKind kind;
  private final String type;
  private final Policies policies;
  private final PolicyOperations operations;

  PolicyResource(PolicyKind kind, String type, Policies policies, PolicyOperations operations) {
    this.kind = kind;
    this.type = type;
    this.policies = policies;
    this.operations = operations;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    return state(policies.add(kind, document(request)));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return state(policies.replace(policies.get(kind, current.physicalId()), document(request)));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    policies.find(kind, current.physicalId()).ifPresent(policy -> operations.remove(kind, policy));
  }

  /** Viewers get gzip where AWS would send them Brotli; see docs/decisions. */
  @Override
  public Set<String> acceptedWithoutEffect() {
    return kind == PolicyKind.CACHE
        ? Set.of(
            "CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingBrotli")
        : Set.of();
  }

  private XmlElement document(ResourceRequest request) {
    return TemplateXml.document(
        kind.configElement(), request.properties().getAsJsonObject(kind.configElement()));
  }

  private static ResourceState state(Policies.Policy policy) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Id", policy.id());
    attributes.addProperty("LastModifiedTime", policy.lastModified().toString());
    return ResourceState.of(policy.id(), attributes);
  }
}
