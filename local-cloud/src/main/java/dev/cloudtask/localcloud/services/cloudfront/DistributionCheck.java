package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Behavior;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Custom;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Forwarded;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What CloudFront demands of a distribution before it takes it. */
final class DistributionCheck {
  private static final List<Set<String>> METHOD_SETS =
      List.of(
          Set.of("GET", "HEAD"),
          Set.of("GET", "HEAD", "OPTIONS"),
          Set.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"));

  private static final Set<Integer> ERROR_CODES =
      Set.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

  private final Policies policies;

  DistributionCheck(Policies policies) {
    this.policies = policies;
  }

  DistributionConfig checked(XmlElement document) {
    DistributionShape.check(document);
    DistributionConfig config = DistributionConfig.from(document);
    if (config.origins().isEmpty()) {
      throw CloudFrontErrors.invalidArgument("The parameter Origins is required.");
    }
    if (document.child("DefaultCacheBehavior").isEmpty()) {
      throw CloudFrontErrors.invalidArgument("The parameter DefaultCacheBehavior is required.");
    }
    if (config.defaultRootObject().startsWith("/")) {
      throw new AwsException(
          "InvalidDefaultRootObject",
          400,
          "The default root object file name is too big or contains an invalid character.");
    }
    Set<String> ids = new HashSet<>();
    for (Origin origin : config.origins()) {
      if (!ids.add(origin.id())) {
        throw CloudFrontErrors.invalidArgument(
            "The parameter Origin Id is duplicated: " + origin.id());
      }
      check(origin, document);
    }
    Set<String> patterns = new HashSet<>();
    for (Behavior behavior : config.behaviors()) {
      if (!ids.contains(behavior.targetOriginId())) {
        throw CloudFrontErrors.noSuchOrigin();
      }
      behavior
          .pathPattern()
          .ifPresent(
              pattern -> {
                if (!patterns.add(pattern)) {
                  throw CloudFrontErrors.invalidArgument(
                      "The parameter PathPattern contains duplicates.");
                }
              });
      check(behavior);
    }
    for (DistributionConfig.ErrorRule rule : config.errorRules()) {
      if (!ERROR_CODES.contains(rule.code())) {
        throw new AwsException(
            "InvalidErrorCode", 400, "An invalid error code was specified: " + rule.code());
      }
      if (rule.pagePath().isPresent() != rule.responseCode().isPresent()) {
        throw CloudFrontErrors.invalidArgument(
            "The parameter ResponsePagePath and ResponseCode must be specified together.");
      }
      if (rule.pagePath().filter(path -> !path.startsWith("/")).isPresent()) {
        throw CloudFrontErrors.invalidArgument(
            "The parameter ResponsePagePath must start with '/'.");
      }
    }
    return config;
  }

  static AwsException notEmulated(String what) {
    return new AwsException(
        "NotImplemented",
        501,
        what
            + " is part of Amazon CloudFront but not of this local cloud, which emulates distributions,"
            + " cache behaviors, custom and S3 origins, origin access control, cache, origin request and"
            + " response headers policies, custom error responses and invalidations.");
  }

  private void check(Origin origin, XmlElement document) {
    boolean website = origin.domainName().contains(".s3-website");
    if (origin.domainName().isEmpty()
        || origin.domainName().contains("/")
        || origin.domainName().contains(":")) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter origin name cannot contain a colon or a slash.");
    }
    if (!origin.path().isEmpty()
        && (!origin.path().startsWith("/") || origin.path().endsWith("/"))) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter OriginPath must begin with a slash and must not end with one.");
    }
    XmlElement element =
        DistributionConfig.items(document, "Origins", "Origin").stream()
            .filter(each -> each.childText("Id").filter(origin.id()::equals).isPresent())
            .findFirst()
            .orElseThrow();
    boolean s3 = element.child("S3OriginConfig").isPresent();
    if (s3 == origin.custom().isPresent()) {
      throw CloudFrontErrors.invalidArgument(
          "Exactly one of CustomOriginConfig, VpcOriginConfig and S3OriginConfig must be specified");
    }
    if (element
        .at("S3OriginConfig", "OriginAccessIdentity")
        .filter(e -> !e.text().isBlank())
        .isPresent()) {
      throw notEmulated("An origin access identity (use OriginAccessControl)");
    }
    if (s3 && (website || !origin.domainName().matches(".+\\.s3([.-].+)?\\.amazonaws\\.com"))) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter Origin DomainName does not refer to a valid S3 bucket.");
    }
    if (origin.accessControlId().isPresent()) {
      if (website) {
        throw CloudFrontErrors.invalidArgument(
            "The parameter OriginAccessControlId cannot be used with an S3 website endpoint.");
      }
      policies.originAccessControl(origin.accessControlId().get());
    }
    Optional<Custom> custom = origin.custom();
    if (custom.isPresent()
        && !List.of("http-only", "https-only", "match-viewer")
            .contains(custom.get().protocolPolicy())) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter OriginProtocolPolicy must be http-only, match-viewer or https-only.");
    }
  }

  private void check(Behavior behavior) {
    if (!List.of("allow-all", "https-only", "redirect-to-https")
        .contains(behavior.viewerProtocolPolicy())) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter ViewerProtocolPolicy must be allow-all, https-only or redirect-to-https.");
    }
    if (!METHOD_SETS.contains(new HashSet<>(behavior.allowedMethods()))) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter AllowedMethods contains an invalid set of methods.");
    }
    Set<String> cached = new HashSet<>(behavior.cachedMethods());
    if (!METHOD_SETS.subList(0, 2).contains(cached)
        || !behavior.allowedMethods().containsAll(cached)) {
      throw CloudFrontErrors.invalidArgument(
          "The parameter CachedMethods must be a subset of AllowedMethods.");
    }
    if (behavior.cachePolicyId().isPresent() == behavior.forwarded().isPresent()) {
      throw CloudFrontErrors.invalidArgument(
          behavior.cachePolicyId().isPresent()
              ? "The parameter ForwardedValues cannot be used when a cache policy is associated to the"
                  + " cache behavior."
              : "The parameter ForwardedValues is required.");
    }
    behavior.cachePolicyId().ifPresent(policies::cachePolicy);
    behavior.originRequestPolicyId().ifPresent(policies::originRequestPolicy);
    behavior.responseHeadersPolicyId().ifPresent(policies::responseHeadersPolicy);
    Optional<Forwarded> forwarded = behavior.forwarded();
    if (forwarded.isPresent()
        && (forwarded.get().minTtl() > forwarded.get().defaultTtl()
            || forwarded.get().defaultTtl() > forwarded.get().maxTtl())) {
      throw new AwsException(
          "InvalidTTLOrder",
          400,
          "The TTL order specified is invalid: MinTTL must not exceed DefaultTTL, nor DefaultTTL MaxTTL.");
    }
  }
}
