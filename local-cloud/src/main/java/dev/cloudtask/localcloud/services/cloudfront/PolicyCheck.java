package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.List;

/** What CloudFront demands of policies and origin access controls. */
final class PolicyCheck {
  private PolicyCheck() {}

  static void check(PolicyKind kind, XmlElement config) {
    if (config.childText("Name").filter(name -> !name.isBlank()).isEmpty()) {
      throw CloudFrontErrors.invalidArgument("The parameter Name is required.");
    }
    switch (kind) {
      case CACHE -> {
        CachePolicy policy = CachePolicy.from(config);
        if (policy.minTtl() > policy.defaultTtl() || policy.defaultTtl() > policy.maxTtl()) {
          throw CloudFrontErrors.invalidArgument(
              "The parameter MinTTL must not exceed DefaultTTL, nor DefaultTTL MaxTTL.");
        }
        if (policy.maxTtl() == 0
            && !(policy.headers().isNone()
                && policy.cookies().isNone()
                && policy.queryStrings().isNone())) {
          throw CloudFrontErrors.invalidArgument(
              "The parameter HeaderBehavior is invalid for policy with caching disabled.");
        }
      }
      case ORIGIN_REQUEST -> {
        behavior(
            config,
            "HeadersConfig",
            "HeaderBehavior",
            List.of(
                "none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept"));
        List<String> others = List.of("none", "whitelist", "all", "allExcept");
        behavior(config, "CookiesConfig", "CookieBehavior", others);
        behavior(config, "QueryStringsConfig", "QueryStringBehavior", others);
      }
      case RESPONSE_HEADERS -> ResponseHeaders.from(config);
      case ORIGIN_ACCESS_CONTROL -> {
        oneOf(config, "SigningProtocol", List.of("sigv4"));
        oneOf(config, "SigningBehavior", List.of("always", "never", "no-override"));
        String type = config.childText("OriginAccessControlOriginType").orElse("");
        if (List.of("lambda", "mediastore", "mediapackagev2").contains(type)) {
          throw DistributionCheck.notEmulated("An origin access control of type " + type);
        }
        oneOf(config, "OriginAccessControlOriginType", List.of("s3"));
      }
    }
  }

  private static void behavior(XmlElement config, String part, String name, List<String> values) {
    XmlElement element =
        config
            .child(part)
            .orElseThrow(
                () -> CloudFrontErrors.invalidArgument("The parameter " + part + " is required."));
    oneOf(element, name, values);
  }

  private static void oneOf(XmlElement config, String name, List<String> values) {
    if (!values.contains(config.childText(name).orElse(""))) {
      throw new AwsException(
          "InvalidArgument", 400, "The parameter " + name + " must be one of " + values + ".");
    }
  }
}
