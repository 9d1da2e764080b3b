package dev.cloudtask.localcloud.services.cloudfront;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code AWS::CloudFront::Distribution}. */
final class DistributionResource implements ResourceProvider {
  private final DistributionStore store;
  private final Distributions distributions;

  DistributionResource(DistributionStore store, Distributions distributions) {
    this.store = store;
    this.distributions = distributions;
  }

  @Override
  public String type() {
    return "AWS::CloudFront::Distribution";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    return state(distributions.create(document(request, request.generatedName()), tags(request)));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    Distribution old = store.get(current.physicalId());
    String reference = store.config(old).callerReference();
    return state(distributions.update(old, document(request, reference), tags(request)));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    // CloudFormation disables a distribution by itself before it deletes it.
    store.find(current.physicalId()).ifPresent(distributions::remove);
  }

  private static XmlElement document(ResourceRequest request, String callerReference) {
    JsonObject config = request.properties().getAsJsonObject("DistributionConfig").deepCopy();
    config.addProperty("CallerReference", callerReference);
    return TemplateXml.document("DistributionConfig", config);
  }

  private static Map<String, String> tags(ResourceRequest request) {
    Map<String, String> tags = new LinkedHashMap<>(request.tags());
    if (request.properties().has("Tags")) {
      request
          .properties()
          .getAsJsonArray("Tags")
          .forEach(
              tag ->
                  tags.put(
                      tag.getAsJsonObject().get("Key").getAsString(),
                      tag.getAsJsonObject().get("Value").getAsString()));
    }
    return tags;
  }

  private static ResourceState state(Distribution distribution) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Id", distribution.id());
    attributes.addProperty("DomainName", distribution.domainName());
    return ResourceState.of(distribution.id(), attributes);
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of(
        "DistributionConfig.HttpVersion",
        "DistributionConfig.IPV6Enabled",
        "DistributionConfig.PriceClass",
        "DistributionConfig.ViewerCertificate",
        "DistributionConfig.Restrictions",
        "DistributionConfig.Origins.ConnectionAttempts",
        "DistributionConfig.Origins.ConnectionTimeout",
        "DistributionConfig.Origins.CustomOriginConfig.OriginKeepaliveTimeout",
        "DistributionConfig.Origins.CustomOriginConfig.OriginReadTimeout",
        "DistributionConfig.Origins.CustomOriginConfig.OriginSSLProtocols");
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "DistributionConfig.Aliases",
        "DistributionConfig.AnycastIpListId",
        "DistributionConfig.CNAMEs",
        "DistributionConfig.ConnectionMode",
        "DistributionConfig.ConnectionFunctionAssociation",
        "DistributionConfig.ContinuousDeploymentPolicyId",
        "DistributionConfig.CustomOrigin",
        "DistributionConfig.Logging",
        "DistributionConfig.OriginGroups",
        "DistributionConfig.S3Origin",
        "DistributionConfig.Staging",
        "DistributionConfig.TenantConfig",
        "DistributionConfig.ViewerMtlsConfig",
        "DistributionConfig.WebACLId",
        "DistributionConfig.Origins.OriginShield",
        "DistributionConfig.Origins.VpcOriginConfig");
  }
}
