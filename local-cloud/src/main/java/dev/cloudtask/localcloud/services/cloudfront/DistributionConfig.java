package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A distribution's settings as the edge reads them.
 *
 * @param behaviors the cache behaviors in order; the default one is last and has no pattern
 * @see <a
 *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html">
 *     DistributionConfig</a>
 */
record DistributionConfig(
    String callerReference,
    boolean enabled,
    String comment,
    String defaultRootObject,
    List<Origin> origins,
    List<Behavior> behaviors,
    List<ErrorRule> errorRules) {

  /**
   * Where content comes from.
   *
   * @param custom how to speak to it, if it is not an S3 REST endpoint
   * @param accessControlId the origin access control that signs requests to S3
   */
  record Origin(
      String id,
      String domainName,
      String path,
      Map<String, String> customHeaders,
      Optional<Custom> custom,
      Optional<String> accessControlId) {}

  /** How to speak to a custom origin. */
  record Custom(int httpPort, int httpsPort, String protocolPolicy) {}

  /** The settings from before there were cache policies. */
  record Forwarded(
      boolean queryString,
      List<String> queryStringKeys,
      String cookies,
      List<String> cookieNames,
      List<String> headers,
      long minTtl,
      long defaultTtl,
      long maxTtl) {}

  /** What is done with requests whose path fits a pattern. */
  record Behavior(
      Optional<String> pathPattern,
      String targetOriginId,
      String viewerProtocolPolicy,
      List<String> allowedMethods,
      List<String> cachedMethods,
      boolean compress,
      Optional<String> cachePolicyId,
      Optional<String> originRequestPolicyId,
      Optional<String> responseHeadersPolicyId,
      Optional<Forwarded> forwarded) {}

  /** What is done with an error of the origin. */
  record ErrorRule(
      int code, Optional<Long> minTtl, Optional<String> pagePath, Optional<Integer> responseCode) {}

  static DistributionConfig from(XmlElement document) {
    List<Behavior> behaviors =
        java.util.stream.Stream.concat(
                items(document, "CacheBehaviors", "CacheBehavior").stream(),
                document.child("DefaultCacheBehavior").stream())
            .map(DistributionConfig::behavior)
            .toList();
    return new DistributionConfig(
        document.childText("CallerReference").orElse(""),
        document.childText("Enabled").filter("true"::equals).isPresent(),
        document.childText("Comment").orElse(""),
        document.childText("DefaultRootObject").orElse(""),
        items(document, "Origins", "Origin").stream().map(DistributionConfig::origin).toList(),
        behaviors,
        items(document, "CustomErrorResponses", "CustomErrorResponse").stream()
            .map(DistributionConfig::errorRule)
            .toList());
  }

  /** Returns the members of a {@code Quantity/Items} list. */
  static List<XmlElement> items(XmlElement parent, String list, String member) {
    return parent.at(list, "Items").map(items -> items.children(member)).orElse(List.of());
  }

  private static List<String> texts(XmlElement parent, String list, String member) {
    return items(parent, list, member).stream().map(XmlElement::text).toList();
  }

  private static Optional<String> filled(XmlElement parent, String name) {
    return parent.childText(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Origin origin(XmlElement origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (XmlElement header : items(origin, "CustomHeaders", "OriginCustomHeader")) {
      headers.put(
          header.childText("HeaderName").orElse(""), header.childText("HeaderValue").orElse(""));
    }
    return new Origin(
        origin.childText("Id").orElse(""),
        origin.childText("DomainName").orElse(""),
        origin.childText("OriginPath").orElse(""),
        headers,
        origin
            .child("CustomOriginConfig")
            .map(
                custom ->
                    new Custom(
                        number(custom, "HTTPPort", 80).intValue(),
                        number(custom, "HTTPSPort", 443).intValue(),
                        custom.childText("OriginProtocolPolicy").orElse(""))),
        filled(origin, "OriginAccessControlId"));
  }

  private static Behavior behavior(XmlElement behavior) {
    List<String> allowed = texts(behavior, "AllowedMethods", "Method");
    List<String> cached =
        behavior
            .child("AllowedMethods")
            .map(methods -> texts(methods, "CachedMethods", "Method"))
            .orElse(List.of());
    return new Behavior(
        filled(behavior, "PathPattern"),
        behavior.childText("TargetOriginId").orElse(""),
        behavior.childText("ViewerProtocolPolicy").orElse(""),
        allowed.isEmpty() ? List.of("GET", "HEAD") : allowed,
        cached.isEmpty() ? List.of("GET", "HEAD") : cached,
        behavior.childText("Compress").filter("true"::equals).isPresent(),
        filled(behavior, "CachePolicyId"),
        filled(behavior, "OriginRequestPolicyId"),
        filled(behavior, "ResponseHeadersPolicyId"),
        behavior.child("ForwardedValues").map(values -> forwarded(behavior, values)));
  }

  private static Forwarded forwarded(XmlElement behavior, XmlElement values) {
    return new Forwarded(
        values.childText("QueryString").filter("true"::equals).isPresent(),
        texts(values, "QueryStringCacheKeys", "Name"),
        values.at("Cookies", "Forward").map(XmlElement::text).orElse("none"),
        values
            .child("Cookies")
            .map(cookies -> texts(cookies, "WhitelistedNames", "Name"))
            .orElse(List.of()),
        texts(values, "Headers", "Name"),
        number(behavior, "MinTTL", 0),
        number(behavior, "DefaultTTL", 86_400),
        number(behavior, "MaxTTL", 31_536_000));
  }

  private static ErrorRule errorRule(XmlElement rule) {
    return new ErrorRule(
        number(rule, "ErrorCode", 0).intValue(),
        filled(rule, "ErrorCachingMinTTL").map(Long::valueOf),
        filled(rule, "ResponsePagePath"),
        filled(rule, "ResponseCode").map(Integer::valueOf));
  }

  static Long number(XmlElement parent, String name, long fallback) {
    Optional<String> text = filled(parent, name);
    if (text.isEmpty()) {
      return fallback;
    }
    if (!text.get().matches("\\d{1,12}")) {
      throw CloudFrontErrors.malformedInput();
    }
    return Long.valueOf(text.get());
  }

  Origin origin(String id) {
    return origins.stream()
        .filter(origin -> origin.id().equals(id))
        .findFirst()
        .orElseThrow(CloudFrontErrors::noSuchOrigin);
  }
}
