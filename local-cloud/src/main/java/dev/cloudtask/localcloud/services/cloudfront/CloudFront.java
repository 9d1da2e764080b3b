package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.HttpOrigins;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.util.List;

/** Amazon CloudFront as {@link dev.cloudtask.localcloud.LocalCloud} plugs it in. */
public final class CloudFront implements CloudService {
  private final Distributions distributions;
  private final CloudFrontEndpoint endpoint;
  private final EdgeSite site;
  private final List<ResourceProvider> resources;

  /** Builds the service over the cloud's state. */
  public CloudFront(
      CloudEnvironment environment, Authorizer authorizer, LocalNames names, HttpOrigins origins) {
    DistributionStore store = new DistributionStore(environment);
    Policies policies = new Policies(environment);
    EdgeCache cache = new EdgeCache();
    distributions = new Distributions(store, new DistributionCheck(policies), cache, names);
    String account = environment.accountId();
    PolicyOperations policyOperations = new PolicyOperations(account, store, policies);
    endpoint =
        new CloudFrontEndpoint(
            authorizer,
            new DistributionOperations(account, store, distributions, policies),
            policyOperations,
            new TagOperations(store));
    site =
        new EdgeSite(
            environment, store, policies, new OriginFetch(environment, origins, policies), cache);
    resources =
        List.of(
            new DistributionResource(store, distributions),
            new PolicyResource(
                PolicyKind.ORIGIN_ACCESS_CONTROL,
                "AWS::CloudFront::OriginAccessControl",
                policies,
                policyOperations),
            new PolicyResource(
                PolicyKind.CACHE, "AWS::CloudFront::CachePolicy", policies, policyOperations),
            new PolicyResource(
                PolicyKind.ORIGIN_REQUEST,
                "AWS::CloudFront::OriginRequestPolicy",
                policies,
                policyOperations),
            new PolicyResource(
                PolicyKind.RESPONSE_HEADERS,
                "AWS::CloudFront::ResponseHeadersPolicy",
                policies,
                policyOperations));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public List<Site> sites() {
    return List.of(site);
  }

  @Override
  public Operations operations() {
    return endpoint.operations();
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public void started() {
    distributions.republish();
  }
}
