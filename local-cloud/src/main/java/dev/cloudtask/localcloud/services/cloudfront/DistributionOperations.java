package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Invalidation;
import java.util.List;
import java.util.Map;

/** The operations on distributions and on what is in their caches. */
final class DistributionOperations {
  private final String accountId;
  private final DistributionStore store;
  private final Distributions distributions;
  private final Policies policies;

  DistributionOperations(
      String accountId, DistributionStore store, Distributions distributions, Policies policies) {
    this.accountId = accountId;
    this.store = store;
    this.distributions = distributions;
    this.policies = policies;
  }

  void register(CloudFrontEndpoint.Table table) {
    String one = "/distribution/{Id}";
    String invalidations = "/distribution/{DistributionId}/invalidation";
    table.add("POST", "/distribution", "CreateDistribution", this::create);
    table.add("POST", "/distribution?WithTags", "CreateDistributionWithTags", this::createTagged);
    table.add("GET", "/distribution", "ListDistributions", this::list);
    table.add("GET", one, "GetDistribution", this::get);
    table.add("GET", one + "/config", "GetDistributionConfig", this::config);
    table.add("PUT", one + "/config", "UpdateDistribution", this::update);
    table.add("DELETE", one, "DeleteDistribution", this::delete);
    table.add("POST", invalidations, "CreateInvalidation", this::invalidate);
    table.add("GET", invalidations, "ListInvalidations", this::invalidations);
    table.add("GET", invalidations + "/{Id}", "GetInvalidation", this::invalidation);
    for (PolicyKind kind :
        List.of(PolicyKind.CACHE, PolicyKind.ORIGIN_REQUEST, PolicyKind.RESPONSE_HEADERS)) {
      String by = "By" + kind.element() + "Id";
      table.add(
          "GET",
          "/distributions" + by + "/{Id}",
          "ListDistributions" + by,
          call -> using(call, kind));
    }
  }

  private String arn(String resource) {
    return "arn:aws:cloudfront::" + accountId + ":" + resource;
  }

  private HttpResponse create(CloudFrontCall call) {
    call.allow("CreateDistribution", arn("distribution/*"));
    return created(distributions.create(call.body("DistributionConfig"), Map.of()));
  }

  private HttpResponse createTagged(CloudFrontCall call) {
    call.allow("CreateDistribution", arn("distribution/*"));
    XmlElement both = call.body("DistributionConfigWithTags");
    XmlElement config =
        both.child("DistributionConfig")
            .orElseThrow(() -> CloudFrontErrors.missingBody("DistributionConfig"));
    Map<String, String> tags = both.child("Tags").map(TagOperations::read).orElse(Map.of());
    return created(distributions.create(config, tags));
  }

  private static HttpResponse created(Distribution distribution) {
    return CloudFrontEndpoint.xml(201, DistributionAnswers.distribution(distribution))
        .with("ETag", distribution.etag())
        .with(
            "Location",
            "https://cloudfront.amazonaws.com/2020-05-31/distribution/" + distribution.id());
  }

  private HttpResponse list(CloudFrontCall call) {
    call.allow("ListDistributions", arn("*"));
    return CloudFrontEndpoint.xml(
        200, DistributionAnswers.list(Pages.of(call, store.all(), Distribution::id)));
  }

  private HttpResponse using(CloudFrontCall call, PolicyKind kind) {
    call.allow("ListDistributionsBy" + kind.element() + "Id", arn("*"));
    String policy = policies.get(kind, call.id()).id();
    List<Distribution> found =
        store.all().stream().filter(each -> each.config().contains(policy)).toList();
    return CloudFrontEndpoint.xml(
        200, DistributionAnswers.ids(Pages.of(call, found, Distribution::id)));
  }

  private HttpResponse get(CloudFrontCall call) {
    call.allow("GetDistribution", arn("distribution/" + call.id()));
    Distribution found = store.get(call.id());
    return CloudFrontEndpoint.xml(200, DistributionAnswers.distribution(found))
        .with("ETag", found.etag());
  }

  private HttpResponse config(CloudFrontCall call) {
    call.allow("GetDistributionConfig", arn("distribution/" + call.id()));
    Distribution found = store.get(call.id());
    return CloudFrontEndpoint.xml(200, found.config()).with("ETag", found.etag());
  }

  private HttpResponse update(CloudFrontCall call) {
    call.allow("UpdateDistribution", arn("distribution/" + call.id()));
    XmlElement config = call.body("DistributionConfig");
    Distribution changed =
        store.atomically(
            () -> {
              Distribution found = store.get(call.id());
              call.checkMatch(found.etag());
              return distributions.update(found, config, found.tags());
            });
    return CloudFrontEndpoint.xml(200, DistributionAnswers.distribution(changed))
        .with("ETag", changed.etag());
  }

  private HttpResponse delete(CloudFrontCall call) {
    call.allow("DeleteDistribution", arn("distribution/" + call.id()));
    store.atomically(
        () -> {
          Distribution found = store.get(call.id());
          call.checkMatch(found.etag());
          distributions.delete(found);
          return found;
        });
    return HttpResponse.of(204);
  }

  private Distribution ofInvalidation(CloudFrontCall call, String action) {
    String id = call.labels().getOrDefault("DistributionId", "");
    call.allow(action, arn("distribution/" + id));
    return store.get(id);
  }

  private HttpResponse invalidate(CloudFrontCall call) {
    Distribution distribution = ofInvalidation(call, "CreateInvalidation");
    XmlElement batch = call.body("InvalidationBatch");
    List<String> paths =
        DistributionConfig.items(batch, "Paths", "Path").stream().map(XmlElement::text).toList();
    String reference = batch.childText("CallerReference").orElse("");
    if (reference.isEmpty()) {
      throw CloudFrontErrors.invalidArgument("The parameter CallerReference is required.");
    }
    Invalidation made = distributions.invalidate(distribution, reference, paths);
    return CloudFrontEndpoint.xml(201, DistributionAnswers.invalidation(made))
        .with(
            "Location",
            "https://cloudfront.amazonaws.com/2020-05-31/distribution/%s/invalidation/%s"
                .formatted(distribution.id(), made.id()));
  }

  private HttpResponse invalidations(CloudFrontCall call) {
    Distribution distribution = ofInvalidation(call, "ListInvalidations");
    return CloudFrontEndpoint.xml(
        200,
        DistributionAnswers.invalidations(
            Pages.of(call, store.invalidations(distribution.id()), Invalidation::id)));
  }

  private HttpResponse invalidation(CloudFrontCall call) {
    Distribution distribution = ofInvalidation(call, "GetInvalidation");
    return CloudFrontEndpoint.xml(
        200,
        DistributionAnswers.invalidation(
            store
                .invalidation(distribution.id(), call.id())
                .orElseThrow(CloudFrontErrors::noSuchInvalidation)));
  }
}
