package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.restxml.XmlDocument;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument.MalformedXmlException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads, checks and writes the XML documents that hold a bucket's settings. */
final class SettingDocuments {
  /** S3's XML namespace. */
  static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private SettingDocuments() {}

  static XmlWriter writer(String root) {
    return XmlWriter.document(root, NAMESPACE);
  }

  /** Parses what a client sent. */
  static XmlElement received(byte[] body, String root) {
    try {
      XmlElement document = XmlDocument.parse(body);
      if (document.name().equals(root)) {
        return document;
      }
    } catch (MalformedXmlException e) {
      throw S3Errors.malformedXml();
    }
    throw S3Errors.malformedXml();
  }

  /** Parses what was stored; it was checked before it was. */
  static XmlElement stored(String document) {
    try {
      return XmlDocument.parse(document.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedXmlException e) {
      throw new IllegalStateException("a stored bucket setting is not XML", e);
    }
  }

  /** Checks a document against S3's schema and returns it as S3 will show it. */
  static String checked(BucketSetting setting, XmlElement document) {
    switch (setting) {
      case WEBSITE -> {
        return WebsiteConfiguration.checked(document).toXml();
      }
      case CORS -> {
        return CorsConfiguration.checked(document).toXml();
      }
      case PUBLIC_ACCESS_BLOCK -> {
        only(
            document,
            "BlockPublicAcls",
            "IgnorePublicAcls",
            "BlockPublicPolicy",
            "RestrictPublicBuckets");
        document.children().forEach(child -> oneOf(child, "true", "false", "TRUE", "FALSE"));
        return PublicAccessBlock.from(document).toXml();
      }
      case VERSIONING -> versioning(document);
      case OWNERSHIP_CONTROLS -> ownership(document);
      case ENCRYPTION -> encryption(document);
      case LIFECYCLE -> lifecycle(document);
      case TAGGING -> Tags.from(document, Tags.BUCKET_LIMIT);
      case POLICY -> throw new IllegalArgumentException("a policy is JSON");
    }
    XmlWriter xml = writer(document.name());
    document.children().forEach(xml::copy);
    return xml.toString();
  }

  private static void versioning(XmlElement document) {
    only(document, "Status", "MfaDelete");
    if (document.childText("MfaDelete").filter("Enabled"::equals).isPresent()) {
      throw S3Errors.notEmulated("MFA delete");
    }
    if (document.child("Status").isEmpty()) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
          "IllegalVersioningConfigurationException",
          400,
          "The Versioning element must be specified");
    }
    oneOf(required(document, "Status"), "Enabled", "Suspended");
  }

  private static void ownership(XmlElement document) {
    only(document, "Rule");
    if (document.children("Rule").size() != 1) {
      throw S3Errors.malformedXml();
    }
    XmlElement rule = document.children("Rule").get(0);
    only(rule, "ObjectOwnership");
    oneOf(
        required(rule, "ObjectOwnership"),
        "BucketOwnerEnforced",
        "BucketOwnerPreferred",
        "ObjectWriter");
  }

  private static void encryption(XmlElement document) {
    only(document, "Rule");
    if (document.children("Rule").size() != 1) {
      throw S3Errors.malformedXml();
    }
    XmlElement rule = document.children("Rule").get(0);
    only(rule, "ApplyServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes");
    rule.child("BucketKeyEnabled").ifPresent(element -> oneOf(element, "true", "false"));
    XmlElement byDefault = required(rule, "ApplyServerSideEncryptionByDefault");
    only(byDefault, "SSEAlgorithm", "KMSMasterKeyID");
    XmlElement algorithm = required(byDefault, "SSEAlgorithm");
    oneOf(algorithm, "AES256", "aws:kms", "aws:kms:dsse");
    if (algorithm.text().equals("AES256") && byDefault.child("KMSMasterKeyID").isPresent()) {
      throw S3Errors.invalidArgument(
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
              + " aws:kms:dsse",
          "ApplyServerSideEncryptionByDefault",
          "AES256");
    }
  }

  private static void lifecycle(XmlElement document) {
    only(document, "Rule");
    List<XmlElement> rules = document.children("Rule");
    if (rules.isEmpty() || rules.size() > 1000) {
      throw S3Errors.malformedXml();
    }
    Set<String> ids = new HashSet<>();
    for (XmlElement rule : rules) {
      only(
          rule,
          "ID",
          "Status",
          "Prefix",
          "Filter",
          "Expiration",
          "Transition",
          "NoncurrentVersionExpiration",
          "NoncurrentVersionTransition",
          "AbortIncompleteMultipartUpload");
      oneOf(required(rule, "Status"), "Enabled", "Disabled");
      if (rule.child("Prefix").isPresent() == rule.child("Filter").isPresent()) {
        throw S3Errors.malformedXml();
      }
      if (rule.children().stream().noneMatch(SettingDocuments::isLifecycleAction)) {
        throw S3Errors.invalidRequest("At least one action needs to be specified in a rule");
      }
      rule.childText("ID")
          .ifPresent(
              id -> {
                if (!ids.add(id)) {
                  throw S3Errors.invalidArgument(
                      "Rule ID must be unique. Found same ID for more than one rule", "ID", id);
                }
              });
    }
  }

  private static boolean isLifecycleAction(XmlElement element) {
    return !List.of("ID", "Status", "Prefix", "Filter").contains(element.name());
  }

  /** Refuses children that the schema does not know. */
  static void only(XmlElement element, String... known) {
    if (element.childOtherThan(known).isPresent()) {
      throw S3Errors.malformedXml();
    }
  }

  /** Refuses a text outside an enumeration. */
  static void oneOf(XmlElement element, String... values) {
    if (!List.of(values).contains(element.text().strip())) {
      throw S3Errors.malformedXml();
    }
  }

  /** Returns a child that the schema demands. */
  static XmlElement required(XmlElement element, String name) {
    return element.child(name).orElseThrow(S3Errors::malformedXml);
  }
}
