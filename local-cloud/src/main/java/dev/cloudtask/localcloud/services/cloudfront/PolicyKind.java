package dev.cloudtask.localcloud.services.cloudfront;

/**
 * The things that distributions refer to by id, all of the same shape: an id, an ETag, a
 * configuration.
 */
enum PolicyKind {
  CACHE("cache-policy", "CachePolicy", "cache policy"),
  ORIGIN_REQUEST("origin-request-policy", "OriginRequestPolicy", "origin request policy"),
  RESPONSE_HEADERS("response-headers-policy", "ResponseHeadersPolicy", "response headers policy"),
  ORIGIN_ACCESS_CONTROL("origin-access-control", "OriginAccessControl", "origin access control");

  private final String path;
  private final String element;
  private final String words;

  PolicyKind(String path, String element, String words) {
    this.path = path;
    this.element = element;
    this.words = words;
  }

  /** The path segment below {@code /2020-05-31/}. */
  String path() {
    return path;
  }

  /** The name in XML and in operations. */
  String element() {
    return element;
  }

  /** Several of them, in operations. */
  String plural() {
    return this == ORIGIN_ACCESS_CONTROL
        ? element + "s"
        : element.substring(0, element.length() - 1) + "ies";
  }

  /** What follows the id in the path of an update. */
  String updatePath() {
    return this == ORIGIN_ACCESS_CONTROL ? "/config" : "";
  }

  String configElement() {
    return element + "Config";
  }

  String noSuchCode() {
    return "NoSuch" + element;
  }

  String inUseCode() {
    return element + "InUse";
  }

  String words() {
    return words;
  }
}
