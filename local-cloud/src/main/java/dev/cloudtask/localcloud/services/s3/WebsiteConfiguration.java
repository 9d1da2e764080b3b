package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.List;
import java.util.Optional;

/**
 * A bucket's website configuration.
 *
 * @param indexSuffix what is served for a folder
 * @param errorKey what is served for an error of the 4xx class
 * @param redirectAll where every request goes instead
 * @param rules redirects, the first that matches decides
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_WebsiteConfiguration.html">
 *     WebsiteConfiguration</a>
 */
record WebsiteConfiguration(
    Optional<String> indexSuffix,
    Optional<String> errorKey,
    Optional<RedirectAll> redirectAll,
    List<RoutingRule> rules) {

  /** Every request goes to another host. */
  record RedirectAll(String host, Optional<String> protocol) {}

  /** One redirect and when it applies. */
  record RoutingRule(
      Optional<String> keyPrefix,
      Optional<String> errorCode,
      Optional<String> host,
      Optional<String> protocol,
      Optional<String> status,
      Optional<String> replacePrefix,
      Optional<String> replaceKey) {
    boolean matchesKey(String key) {
      return keyPrefix.map(key::startsWith).orElse(true);
    }

    /** Returns the key of the target for a requested key. */
    String targetKey(String key) {
      if (replaceKey.isPresent()) {
        return replaceKey.get();
      }
      if (replacePrefix.isPresent()) {
        return replacePrefix.get() + key.substring(keyPrefix.map(String::length).orElse(0));
      }
      return key;
    }
  }

  static WebsiteConfiguration from(XmlElement document) {
    return new WebsiteConfiguration(
        text(document, "IndexDocument", "Suffix"),
        text(document, "ErrorDocument", "Key"),
        document
            .child("RedirectAllRequestsTo")
            .map(
                to ->
                    new RedirectAll(to.childText("HostName").orElse(""), to.childText("Protocol"))),
        document
            .child("RoutingRules")
            .map(rules -> rules.children("RoutingRule"))
            .orElse(List.of())
            .stream()
            .map(WebsiteConfiguration::rule)
            .toList());
  }

  private static RoutingRule rule(XmlElement rule) {
    return new RoutingRule(
        text(rule, "Condition", "KeyPrefixEquals"),
        text(rule, "Condition", "HttpErrorCodeReturnedEquals"),
        text(rule, "Redirect", "HostName"),
        text(rule, "Redirect", "Protocol"),
        text(rule, "Redirect", "HttpRedirectCode"),
        text(rule, "Redirect", "ReplaceKeyPrefixWith"),
        text(rule, "Redirect", "ReplaceKeyWith"));
  }

  private static Optional<String> text(XmlElement element, String... path) {
    return element.at(path).map(XmlElement::text);
  }

  /** Checks a document as PutBucketWebsite does. */
  static WebsiteConfiguration checked(XmlElement document) {
    SettingDocuments.only(
        document, "IndexDocument", "ErrorDocument", "RedirectAllRequestsTo", "RoutingRules");
    WebsiteConfiguration website = from(document);
    if (website.redirectAll.isPresent()) {
      if (document.children().size() > 1 || website.redirectAll.get().host.isEmpty()) {
        throw S3Errors.malformedXml();
      }
      website.redirectAll.get().protocol.ifPresent(WebsiteConfiguration::checkProtocol);
      return website;
    }
    if (document.child("IndexDocument").isEmpty()) {
      throw S3Errors.invalidArgument(
          "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
          "IndexDocument",
          "null");
    }
    String suffix = website.indexSuffix.orElseThrow(S3Errors::malformedXml);
    if (suffix.isEmpty() || suffix.contains("/")) {
      throw S3Errors.invalidArgument(
          "The IndexDocument Suffix is not well formed", "IndexDocument", suffix);
    }
    if (document.child("ErrorDocument").isPresent()
        && website.errorKey.orElseThrow(S3Errors::malformedXml).isEmpty()) {
      throw S3Errors.invalidArgument(
          "The ErrorDocument Key is not well formed", "ErrorDocument", "");
    }
    document.child("RoutingRules").ifPresent(WebsiteConfiguration::checkRules);
    return website;
  }

  private static void checkRules(XmlElement rules) {
    SettingDocuments.only(rules, "RoutingRule");
    if (rules.children().isEmpty()) {
      throw S3Errors.malformedXml();
    }
    if (rules.children().size() > 50) {
      throw S3Errors.invalidRequest(
          rules.children().size()
              + " routing rules provided, the number of routing rules in a website configuration is"
              + " limited to 50.");
    }
    for (XmlElement rule : rules.children()) {
      SettingDocuments.only(rule, "Condition", "Redirect");
      XmlElement redirect = SettingDocuments.required(rule, "Redirect");
      SettingDocuments.only(
          redirect,
          "HostName",
          "Protocol",
          "HttpRedirectCode",
          "ReplaceKeyPrefixWith",
          "ReplaceKeyWith");
      if (redirect.children().isEmpty()) {
        throw S3Errors.malformedXml();
      }
      redirect.childText("Protocol").ifPresent(WebsiteConfiguration::checkProtocol);
      if (redirect.child("ReplaceKeyPrefixWith").isPresent()
          && redirect.child("ReplaceKeyWith").isPresent()) {
        throw S3Errors.invalidRequest(
            "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
      }
      redirect
          .childText("HttpRedirectCode")
          .ifPresent(
              code -> {
                if (!code.matches("3\\d\\d") || code.equals("300") || code.equals("304")) {
                  throw S3Errors.invalidRequest(
                      "The provided HTTP redirect code ("
                          + code
                          + ") is not valid. Valid codes are 3XX except 300.");
                }
              });
      rule.child("Condition").ifPresent(WebsiteConfiguration::checkCondition);
    }
  }

  private static void checkCondition(XmlElement condition) {
    SettingDocuments.only(condition, "KeyPrefixEquals", "HttpErrorCodeReturnedEquals");
    if (condition.children().isEmpty()) {
      throw S3Errors.invalidRequest(
          "Condition cannot be empty. To redirect all requests without a condition, the condition"
              + " element shouldn't be present.");
    }
    condition
        .childText("HttpErrorCodeReturnedEquals")
        .ifPresent(
            code -> {
              if (!code.matches("[45]\\d\\d")) {
                throw S3Errors.invalidRequest(
                    "The provided HTTP error code ("
                        + code
                        + ") is not valid. Valid codes are 4XX or 5XX.");
              }
            });
  }

  private static void checkProtocol(String protocol) {
    if (!protocol.equals("http") && !protocol.equals("https")) {
      throw S3Errors.invalidRequest(
          "Invalid protocol, protocol can be http or https. If not defined the protocol will be"
              + " selected automatically.");
    }
  }

  String toXml() {
    XmlWriter xml = SettingDocuments.writer("WebsiteConfiguration");
    redirectAll.ifPresent(
        to ->
            xml.open("RedirectAllRequestsTo")
                .element("HostName", to.host)
                .element("Protocol", to.protocol)
                .close());
    indexSuffix.ifPresent(suffix -> xml.open("IndexDocument").element("Suffix", suffix).close());
    errorKey.ifPresent(key -> xml.open("ErrorDocument").element("Key", key).close());
    if (!rules.isEmpty()) {
      xml.open("RoutingRules");
      for (RoutingRule rule : rules) {
        xml.open("RoutingRule");
        if (rule.keyPrefix.isPresent() || rule.errorCode.isPresent()) {
          xml.open("Condition")
              .element("KeyPrefixEquals", rule.keyPrefix)
              .element("HttpErrorCodeReturnedEquals", rule.errorCode)
              .close();
        }
        xml.open("Redirect")
            .element("Protocol", rule.protocol)
            .element("HostName", rule.host)
            .element("ReplaceKeyPrefixWith", rule.replacePrefix)
            .element("ReplaceKeyWith", rule.replaceKey)
            .element("HttpRedirectCode", rule.status)
            .close()
            .close();
      }
    }
    return xml.toString();
  }
}
