package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Invalidation;
import java.util.List;
import java.util.Map;

/** The documents in which CloudFront answers about distributions and invalidations. */
final class DistributionAnswers {
  private DistributionAnswers() {}

  static String distribution(Distribution distribution) {
    XmlWriter xml =
        Xml.document("Distribution")
            .element("Id", distribution.id())
            .element("ARN", distribution.arn())
            .element("Status", "Deployed")
            .element("LastModifiedTime", distribution.lastModified().toString())
            .element("InProgressInvalidationBatches", 0)
            .element("DomainName", distribution.domainName());
    nobody(xml, "ActiveTrustedSigners");
    nobody(xml, "ActiveTrustedKeyGroups");
    return Xml.embed(xml, "DistributionConfig", distribution.document()).toString();
  }

  private static void nobody(XmlWriter xml, String name) {
    xml.open(name).element("Enabled", false).element("Quantity", 0).close();
  }

  static String list(Pages<Distribution> page) {
    XmlWriter xml = list("DistributionList", page);
    if (!page.items().isEmpty()) {
      xml.open("Items");
      page.items().forEach(each -> summary(xml, each));
      xml.close();
    }
    return xml.toString();
  }

  static String ids(Pages<Distribution> page) {
    XmlWriter xml = list("DistributionIdList", page);
    if (!page.items().isEmpty()) {
      xml.open("Items");
      page.items().forEach(each -> xml.element("DistributionId", each.id()));
      xml.close();
    }
    return xml.toString();
  }

  private static XmlWriter list(String name, Pages<?> page) {
    XmlWriter xml = Xml.document(name).element("Marker", page.marker());
    page.next().ifPresent(next -> xml.element("NextMarker", next));
    return xml.element("MaxItems", page.maxItems())
        .element("IsTruncated", page.next().isPresent())
        .element("Quantity", page.items().size());
  }

  private static void summary(XmlWriter xml, Distribution distribution) {
    XmlElement config = distribution.document();
    xml.open("DistributionSummary")
        .element("Id", distribution.id())
        .element("ARN", distribution.arn())
        .element("ETag", distribution.etag())
        .element("Status", "Deployed")
        .element("LastModifiedTime", distribution.lastModified().toString())
        .element("DomainName", distribution.domainName());
    for (String name : List.of("Aliases", "CacheBehaviors", "CustomErrorResponses")) {
      if (config.child(name).isPresent()) {
        xml.copy(config.child(name).get());
      } else {
        xml.open(name).element("Quantity", 0).close();
      }
    }
    for (String name :
        List.of("Origins", "DefaultCacheBehavior", "Restrictions", "ViewerCertificate")) {
      config.child(name).ifPresent(xml::copy);
    }
    xml.element("Comment", config.childText("Comment").orElse(""))
        .element("PriceClass", config.childText("PriceClass").orElse("PriceClass_All"))
        .element("Enabled", config.childText("Enabled").orElse("false"))
        .element("WebACLId", "")
        .element("HttpVersion", config.childText("HttpVersion").orElse("http2"))
        .element("IsIPV6Enabled", config.childText("IsIPV6Enabled").orElse("true"))
        .element("Staging", false)
        .close();
  }

  static String invalidation(Invalidation invalidation) {
    XmlWriter xml =
        Xml.document("Invalidation")
            .element("Id", invalidation.id())
            .element("Status", "Completed")
            .element("CreateTime", invalidation.createdAt().toString())
            .open("InvalidationBatch")
            .open("Paths")
            .element("Quantity", invalidation.paths().size())
            .open("Items");
    invalidation.paths().forEach(path -> xml.element("Path", path));
    return xml.close()
        .close()
        .element("CallerReference", invalidation.callerReference())
        .toString();
  }

  static String invalidations(Pages<Invalidation> page) {
    XmlWriter xml = list("InvalidationList", page);
    if (!page.items().isEmpty()) {
      xml.open("Items");
      for (Invalidation each : page.items()) {
        xml.open("InvalidationSummary")
            .element("Id", each.id())
            .element("CreateTime", each.createdAt().toString())
            .element("Status", "Completed")
            .close();
      }
      xml.close();
    }
    return xml.toString();
  }

  static String tags(Map<String, String> tags) {
    XmlWriter xml = Xml.document("Tags").open("Items");
    tags.forEach(
        (key, value) -> xml.open("Tag").element("Key", key).element("Value", value).close());
    return xml.toString();
  }

  static String policy(PolicyKind kind, Policies.Policy policy) {
    XmlWriter xml = Xml.document(kind.element()).element("Id", policy.id());
    if (kind != PolicyKind.ORIGIN_ACCESS_CONTROL) {
      xml.element("LastModifiedTime", policy.lastModified().toString());
    }
    return Xml.embed(xml, kind.configElement(), policy.document()).toString();
  }

  static String policies(PolicyKind kind, Pages<Policies.Policy> page) {
    XmlWriter xml;
    if (kind == PolicyKind.ORIGIN_ACCESS_CONTROL) {
      xml = list(kind.element() + "List", page);
    } else {
      xml = Xml.document(kind.element() + "List");
      page.next().ifPresent(next -> xml.element("NextMarker", next));
      xml.element("MaxItems", page.maxItems()).element("Quantity", page.items().size());
    }
    if (!page.items().isEmpty()) {
      xml.open("Items");
      for (Policies.Policy policy : page.items()) {
        xml.open(kind.element() + "Summary");
        if (kind == PolicyKind.ORIGIN_ACCESS_CONTROL) {
          xml.element("Id", policy.id()).element("Description", "");
          policy.document().children().stream()
              .filter(child -> !child.name().equals("Description"))
              .forEach(xml::copy);
        } else {
          xml.element("Type", policy.managed() ? "managed" : "custom")
              .open(kind.element())
              .element("Id", policy.id())
              .element("LastModifiedTime", policy.lastModified().toString());
          Xml.embed(xml, kind.configElement(), policy.document()).close();
        }
        xml.close();
      }
      xml.close();
    }
    return xml.toString();
  }
}
