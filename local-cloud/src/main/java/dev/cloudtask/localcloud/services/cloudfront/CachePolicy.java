package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.List;
import java.util.Locale;

/**
 * Which parts of a request are in the cache key, and how long answers are kept.
 *
 * @param queryStrings which query parameters
 * @param headers which headers, always by name
 * @param cookies which cookies
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html">
 *     Control the cache key</a>
 */
record CachePolicy(
    long minTtl,
    long defaultTtl,
    long maxTtl,
    Selection queryStrings,
    Selection headers,
    Selection cookies,
    boolean gzip) {

  /** A choice among named things. */
  record Selection(String behavior, List<String> names) {
    static final Selection NONE = new Selection("none", List.of());
    static final Selection ALL = new Selection("all", List.of());

    static Selection of(String... names) {
      return new Selection("whitelist", List.of(names));
    }

    boolean includes(String name) {
      boolean named =
          names.stream()
              .anyMatch(
                  each -> each.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
      return switch (behavior) {
        case "all", "allViewer", "allViewerAndWhitelistCloudFront" -> true;
        case "whitelist" -> named;
        case "allExcept" -> !named;
        default -> false;
      };
    }

    boolean isNone() {
      return behavior.equals("none");
    }
  }

  static CachePolicy from(XmlElement config) {
    XmlElement parameters =
        config
            .child("ParametersInCacheKeyAndForwardedToOrigin")
            .orElseThrow(
                () ->
                    CloudFrontErrors.invalidArgument(
                        "The parameter ParametersInCacheKeyAndForwardedToOrigin is required."));
    return new CachePolicy(
        DistributionConfig.number(config, "MinTTL", 0),
        DistributionConfig.number(config, "DefaultTTL", 86_400),
        DistributionConfig.number(config, "MaxTTL", 31_536_000),
        selection(parameters, "QueryStringsConfig", "QueryStringBehavior", "QueryStrings"),
        selection(parameters, "HeadersConfig", "HeaderBehavior", "Headers"),
        selection(parameters, "CookiesConfig", "CookieBehavior", "Cookies"),
        parameters.childText("EnableAcceptEncodingGzip").filter("true"::equals).isPresent());
  }

  static Selection selection(XmlElement parent, String config, String behavior, String list) {
    return parent
        .child(config)
        .map(
            element ->
                new Selection(
                    element.childText(behavior).orElse("none"),
                    DistributionConfig.items(element, list, "Name").stream()
                        .map(XmlElement::text)
                        .toList()))
        .orElse(Selection.NONE);
  }

  /** Returns what the settings from before cache policies mean. */
  static CachePolicy of(DistributionConfig.Forwarded forwarded, boolean compress) {
    Selection queries =
        !forwarded.queryString()
            ? Selection.NONE
            : forwarded.queryStringKeys().isEmpty()
                ? Selection.ALL
                : new Selection("whitelist", forwarded.queryStringKeys());
    Selection cookies =
        forwarded.cookies().equals("whitelist")
            ? new Selection("whitelist", forwarded.cookieNames())
            : new Selection(forwarded.cookies(), List.of());
    Selection headers =
        forwarded.headers().contains("*")
            ? Selection.ALL
            : new Selection("whitelist", forwarded.headers());
    return new CachePolicy(
        forwarded.minTtl(),
        forwarded.defaultTtl(),
        forwarded.maxTtl(),
        queries,
        headers,
        cookies,
        compress);
  }
}
