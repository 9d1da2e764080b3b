package dev.cloudtask.localcloud.services.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Turns a template's properties into the documents S3 keeps; they then pass the same checks as a
 * client's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html">
 *     AWS::S3::Bucket</a>
 */
final class TemplateDocuments {
  private TemplateDocuments() {}

  /** Returns the checked documents of everything a template sets. */
  static Map<BucketSetting, String> of(JsonObject properties) {
    Map<BucketSetting, XmlWriter> documents = new LinkedHashMap<>();
    object(properties, "WebsiteConfiguration")
        .ifPresent(value -> documents.put(BucketSetting.WEBSITE, website(value)));
    object(properties, "CorsConfiguration")
        .ifPresent(value -> documents.put(BucketSetting.CORS, cors(value)));
    object(properties, "PublicAccessBlockConfiguration")
        .ifPresent(value -> documents.put(BucketSetting.PUBLIC_ACCESS_BLOCK, block(value)));
    object(properties, "VersioningConfiguration")
        .ifPresent(
            value ->
                documents.put(
                    BucketSetting.VERSIONING,
                    SettingDocuments.writer("VersioningConfiguration")
                        .element("Status", text(value, "Status"))));
    object(properties, "OwnershipControls")
        .ifPresent(value -> documents.put(BucketSetting.OWNERSHIP_CONTROLS, ownership(value)));
    object(properties, "BucketEncryption")
        .ifPresent(value -> documents.put(BucketSetting.ENCRYPTION, encryption(value)));
    object(properties, "LifecycleConfiguration")
        .ifPresent(value -> documents.put(BucketSetting.LIFECYCLE, lifecycle(value)));
    Map<BucketSetting, String> checked = new LinkedHashMap<>();
    documents.forEach(
        (setting, xml) ->
            checked.put(
                setting,
                SettingDocuments.checked(setting, SettingDocuments.stored(xml.toString()))));
    return checked;
  }

  private static XmlWriter website(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("WebsiteConfiguration");
    object(json, "RedirectAllRequestsTo")
        .ifPresent(
            to ->
                xml.open("RedirectAllRequestsTo")
                    .element("HostName", text(to, "HostName"))
                    .element("Protocol", text(to, "Protocol"))
                    .close());
    text(json, "IndexDocument")
        .ifPresent(value -> xml.open("IndexDocument").element("Suffix", value).close());
    text(json, "ErrorDocument")
        .ifPresent(value -> xml.open("ErrorDocument").element("Key", value).close());
    List<JsonObject> rules = objects(json, "RoutingRules");
    if (!rules.isEmpty()) {
      xml.open("RoutingRules");
      for (JsonObject rule : rules) {
        xml.open("RoutingRule");
        object(rule, "RoutingRuleCondition")
            .ifPresent(
                condition -> {
                  xml.open("Condition");
                  copy(xml, condition, "KeyPrefixEquals", "HttpErrorCodeReturnedEquals");
                  xml.close();
                });
        object(rule, "RedirectRule")
            .ifPresent(
                redirect -> {
                  xml.open("Redirect");
                  copy(
                      xml,
                      redirect,
                      "Protocol",
                      "HostName",
                      "ReplaceKeyPrefixWith",
                      "ReplaceKeyWith",
                      "HttpRedirectCode");
                  xml.close();
                });
        xml.close();
      }
      xml.close();
    }
    return xml;
  }

  private static XmlWriter cors(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("CORSConfiguration");
    for (JsonObject rule : objects(json, "CorsRules")) {
      xml.open("CORSRule").element("ID", text(rule, "Id"));
      texts(rule, "AllowedHeaders").forEach(value -> xml.element("AllowedHeader", value));
      texts(rule, "AllowedMethods").forEach(value -> xml.element("AllowedMethod", value));
      texts(rule, "AllowedOrigins").forEach(value -> xml.element("AllowedOrigin", value));
      texts(rule, "ExposedHeaders").forEach(value -> xml.element("ExposeHeader", value));
      xml.element("MaxAgeSeconds", text(rule, "MaxAge")).close();
    }
    return xml;
  }

  private static XmlWriter block(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("PublicAccessBlockConfiguration");
    copy(
        xml,
        json,
        "BlockPublicAcls",
        "IgnorePublicAcls",
        "BlockPublicPolicy",
        "RestrictPublicBuckets");
    return xml;
  }

  private static XmlWriter ownership(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("OwnershipControls");
    for (JsonObject rule : objects(json, "Rules")) {
      xml.open("Rule").element("ObjectOwnership", text(rule, "ObjectOwnership")).close();
    }
    return xml;
  }

  private static XmlWriter encryption(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("ServerSideEncryptionConfiguration");
    for (JsonObject rule : objects(json, "ServerSideEncryptionConfiguration")) {
      xml.open("Rule");
      object(rule, "ServerSideEncryptionByDefault")
          .ifPresent(
              value -> {
                xml.open("ApplyServerSideEncryptionByDefault");
                copy(xml, value, "SSEAlgorithm", "KMSMasterKeyID");
                xml.close();
              });
      xml.element("BucketKeyEnabled", text(rule, "BucketKeyEnabled")).close();
    }
    return xml;
  }

  private static XmlWriter lifecycle(JsonObject json) {
    XmlWriter xml = SettingDocuments.writer("LifecycleConfiguration");
    for (JsonObject rule : objects(json, "Rules")) {
      xml.open("Rule").element("ID", text(rule, "Id"));
      xml.open("Filter").element("Prefix", text(rule, "Prefix").orElse("")).close();
      xml.element("Status", text(rule, "Status"));
      text(rule, "ExpirationInDays")
          .ifPresent(days -> xml.open("Expiration").element("Days", days).close());
      text(rule, "ExpirationDate")
          .ifPresent(date -> xml.open("Expiration").element("Date", date).close());
      for (JsonObject transition : objects(rule, "Transitions")) {
        xml.open("Transition")
            .element("Days", text(transition, "TransitionInDays"))
            .element("Date", text(transition, "TransitionDate"))
            .element("StorageClass", text(transition, "StorageClass"))
            .close();
      }
      object(rule, "NoncurrentVersionExpiration")
          .ifPresent(
              value -> {
                xml.open("NoncurrentVersionExpiration");
                copy(xml, value, "NoncurrentDays", "NewerNoncurrentVersions");
                xml.close();
              });
      object(rule, "AbortIncompleteMultipartUpload")
          .ifPresent(
              value -> {
                xml.open("AbortIncompleteMultipartUpload");
                copy(xml, value, "DaysAfterInitiation");
                xml.close();
              });
      xml.close();
    }
    return xml;
  }

  private static void copy(XmlWriter xml, JsonObject json, String... names) {
    for (String name : names) {
      xml.element(name, text(json, name));
    }
  }

  static Optional<String> text(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString);
  }

  private static Optional<JsonObject> object(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name))
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }

  static List<JsonObject> objects(JsonObject json, String name) {
    JsonElement list = json.get(name);
    if (list == null || !list.isJsonArray()) {
      return List.of();
    }
    return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static List<String> texts(JsonObject json, String name) {
    JsonElement list = json.get(name);
    if (list == null || !list.isJsonArray()) {
      return List.of();
    }
    return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsString)
        .toList();
  }
}
