package dev.cloudtask.localcloud.services.cloudfront;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies that AWS manages, by their fixed ids.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html">
 *     Managed cache policies</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html">
 *     Managed origin request policies</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html">
 *     Managed response headers policies</a>
 */
final class ManagedPolicies {
  private static final List<String> CACHE_CONTROL_HEADERS =
      List.of("Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

  private static final String HSTS =
      "<StrictTransportSecurity><Override>false</Override><AccessControlMaxAgeSec>31536000"
          + "</AccessControlMaxAgeSec></StrictTransportSecurity>";

  private static final String SECURITY =
      "<SecurityHeadersConfig><XSSProtection><Override>false</Override><Protection>true</Protection>"
          + "<ModeBlock>true</ModeBlock></XSSProtection><FrameOptions><Override>false</Override>"
          + "<FrameOption>SAMEORIGIN</FrameOption></FrameOptions><ReferrerPolicy><Override>false"
          + "</Override><ReferrerPolicy>strict-origin-when-cross-origin</ReferrerPolicy>"
          + "</ReferrerPolicy><ContentTypeOptions><Override>true</Override></ContentTypeOptions>"
          + HSTS
          + "</SecurityHeadersConfig>";

  private ManagedPolicies() {}

  /** Returns the configurations of a kind by id. */
  static Map<String, String> of(PolicyKind kind) {
    Map<String, String> policies = new LinkedHashMap<>();
    switch (kind) {
      case CACHE -> cache(policies);
      case ORIGIN_REQUEST -> originRequest(policies);
      case RESPONSE_HEADERS -> responseHeaders(policies);
      case ORIGIN_ACCESS_CONTROL -> {}
    }
    return policies;
  }

  private static void cache(Map<String, String> policies) {
    policies.put(
        "658327ea-f89d-4fab-a63d-7e88639e58f6",
        cache("Managed-CachingOptimized", 1, 86_400, 31_536_000, true, "none", "none", List.of()));
    policies.put(
        "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
        cache(
            "Managed-CachingOptimizedForUncompressedObjects",
            1,
            86_400,
            31_536_000,
            false,
            "none",
            "none",
            List.of()));
    policies.put(
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        cache("Managed-CachingDisabled", 0, 0, 0, false, "none", "none", List.of()));
    policies.put(
        "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
        cache(
            "UseOriginCacheControlHeaders",
            0,
            0,
            31_536_000,
            true,
            "none",
            "all",
            CACHE_CONTROL_HEADERS));
    policies.put(
        "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
        cache(
            "UseOriginCacheControlHeaders-QueryStrings",
            0,
            0,
            31_536_000,
            true,
            "all",
            "all",
            CACHE_CONTROL_HEADERS));
  }

  private static String cache(
      String name,
      long min,
      long standard,
      long max,
      boolean compress,
      String queries,
      String cookies,
      List<String> headers) {
    return "<CachePolicyConfig><Name>%s</Name><DefaultTTL>%d</DefaultTTL><MaxTTL>%d</MaxTTL><MinTTL>%d</MinTTL>"
            .formatted(name, standard, max, min)
        + "<ParametersInCacheKeyAndForwardedToOrigin><EnableAcceptEncodingGzip>%1$s</EnableAcceptEncodingGzip>"
            .formatted(compress)
        + "<EnableAcceptEncodingBrotli>%1$s</EnableAcceptEncodingBrotli>".formatted(compress)
        + "<HeadersConfig><HeaderBehavior>"
        + (headers.isEmpty() ? "none" : "whitelist")
        + "</HeaderBehavior>"
        + names("Headers", headers)
        + "</HeadersConfig><CookiesConfig><CookieBehavior>"
        + cookies
        + "</CookieBehavior></CookiesConfig><QueryStringsConfig><QueryStringBehavior>"
        + queries
        + "</QueryStringBehavior></QueryStringsConfig></ParametersInCacheKeyAndForwardedToOrigin>"
        + "</CachePolicyConfig>";
  }

  private static void originRequest(Map<String, String> policies) {
    policies.put(
        "216adef6-5c7f-47e4-b989-5492eafa07d3",
        originRequest("Managed-AllViewer", "allViewer", List.of(), "all", "all"));
    policies.put(
        "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        originRequest(
            "Managed-AllViewerExceptHostHeader", "allExcept", List.of("Host"), "all", "all"));
    policies.put(
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
        originRequest(
            "Managed-CORS-S3Origin",
            "whitelist",
            List.of("Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"),
            "none",
            "none"));
    policies.put(
        "59781a5b-3903-41f3-afcb-af62929ccde1",
        originRequest("Managed-CORS-CustomOrigin", "whitelist", List.of("Origin"), "none", "none"));
    policies.put(
        "acba4595-bd28-49b8-b9fe-13317c0390fa",
        originRequest(
            "Managed-UserAgentRefererHeaders",
            "whitelist",
            List.of("User-Agent", "Referer"),
            "none",
            "none"));
  }

  private static String originRequest(
      String name, String headers, List<String> names, String cookies, String queries) {
    return "<OriginRequestPolicyConfig><Name>"
        + name
        + "</Name><HeadersConfig><HeaderBehavior>"
        + headers
        + "</HeaderBehavior>"
        + names("Headers", names)
        + "</HeadersConfig><CookiesConfig><CookieBehavior>"
        + cookies
        + "</CookieBehavior></CookiesConfig><QueryStringsConfig><QueryStringBehavior>"
        + queries
        + "</QueryStringBehavior></QueryStringsConfig></OriginRequestPolicyConfig>";
  }

  private static void responseHeaders(Map<String, String> policies) {
    String simple = cors(List.of("GET", "HEAD"), false);
    String preflight =
        cors(List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"), true);
    policies.put(
        "60669652-455b-4ae9-85a4-c4c02393f86c", responseHeaders("Managed-SimpleCORS", simple));
    policies.put(
        "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
        responseHeaders("Managed-CORS-With-Preflight", preflight));
    policies.put(
        "67f7725c-6f97-4210-82d7-5512b31e9d03",
        responseHeaders("Managed-SecurityHeadersPolicy", SECURITY));
    policies.put(
        "e61eb60c-9c35-4d20-a928-2b84e02af89c",
        responseHeaders("Managed-CORS-and-SecurityHeadersPolicy", simple + SECURITY));
    policies.put(
        "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
        responseHeaders(
            "Managed-CORS-with-preflight-and-SecurityHeadersPolicy", preflight + SECURITY));
  }

  private static String cors(List<String> methods, boolean exposeAll) {
    StringBuilder items = new StringBuilder();
    methods.forEach(method -> items.append("<Method>").append(method).append("</Method>"));
    return "<CorsConfig><AccessControlAllowOrigins><Quantity>1</Quantity><Items><Origin>*</Origin></Items>"
        + "</AccessControlAllowOrigins><AccessControlAllowHeaders><Quantity>1</Quantity><Items><Header>*"
        + "</Header></Items></AccessControlAllowHeaders><AccessControlAllowMethods><Quantity>"
        + methods.size()
        + "</Quantity><Items>"
        + items
        + "</Items></AccessControlAllowMethods><AccessControlAllowCredentials>false"
        + "</AccessControlAllowCredentials>"
        + (exposeAll
            ? "<AccessControlExposeHeaders><Quantity>1</Quantity><Items><Header>*</Header></Items>"
                + "</AccessControlExposeHeaders>"
            : "")
        + "<OriginOverride>false</OriginOverride></CorsConfig>";
  }

  private static String responseHeaders(String name, String content) {
    return "<ResponseHeadersPolicyConfig><Name>"
        + name
        + "</Name>"
        + content
        + "</ResponseHeadersPolicyConfig>";
  }

  private static String names(String list, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    StringBuilder xml =
        new StringBuilder("<" + list + "><Quantity>" + names.size() + "</Quantity><Items>");
    names.forEach(name -> xml.append("<Name>").append(name).append("</Name>"));
    return xml.append("</Items></").append(list).append('>').toString();
  }
}
