package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.CachePolicy.Selection;

/** What of a viewer's request goes to the origin beside the cache key. */
record OriginRequestPolicy(Selection headers, Selection cookies, Selection queryStrings) {
  static final OriginRequestPolicy NOTHING =
      new OriginRequestPolicy(Selection.NONE, Selection.NONE, Selection.NONE);

  static OriginRequestPolicy from(XmlElement config) {
    return new OriginRequestPolicy(
        CachePolicy.selection(config, "HeadersConfig", "HeaderBehavior", "Headers"),
        CachePolicy.selection(config, "CookiesConfig", "CookieBehavior", "Cookies"),
        CachePolicy.selection(config, "QueryStringsConfig", "QueryStringBehavior", "QueryStrings"));
  }
}
