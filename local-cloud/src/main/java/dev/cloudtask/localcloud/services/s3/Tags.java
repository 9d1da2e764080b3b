package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tag sets of buckets and objects.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object
 *     tags</a>
 */
final class Tags {
  static final int OBJECT_LIMIT = 10;
  static final int BUCKET_LIMIT = 50;

  private Tags() {}

  /** Reads a Tagging document. */
  static Map<String, String> from(XmlElement document, int limit) {
    SettingDocuments.only(document, "TagSet");
    XmlElement set = SettingDocuments.required(document, "TagSet");
    SettingDocuments.only(set, "Tag");
    Map<String, String> tags = new LinkedHashMap<>();
    for (XmlElement tag : set.children()) {
      SettingDocuments.only(tag, "Key", "Value");
      add(
          tags,
          SettingDocuments.required(tag, "Key").text(),
          SettingDocuments.required(tag, "Value").text());
    }
    return within(tags, limit);
  }

  /** Reads the {@code x-amz-tagging} header: a query string. */
  static Map<String, String> fromHeader(String header) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (QueryString.Parameter tag : QueryString.parse(header).parameters()) {
      if (tags.containsKey(tag.name())) {
        throw S3Errors.invalidArgument(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                + " parameters without tag name duplicates.",
            "x-amz-tagging",
            header);
      }
      add(tags, tag.name(), tag.value());
    }
    return within(tags, OBJECT_LIMIT);
  }

  private static void add(Map<String, String> tags, String key, String value) {
    if (key.isEmpty() || key.length() > 128 || !isAllowed(key)) {
      throw S3Errors.invalidTag("The TagKey you have provided is invalid").with("TagKey", key);
    }
    if (key.startsWith("aws:")) {
      throw S3Errors.invalidTag("System tags cannot be added/updated by requester");
    }
    if (value.length() > 256 || !isAllowed(value)) {
      throw S3Errors.invalidTag("The TagValue you have provided is invalid")
          .with("TagKey", key)
          .with("TagValue", value);
    }
    if (tags.put(key, value) != null) {
      throw S3Errors.invalidTag("Cannot provide multiple Tags with the same key")
          .with("TagKey", key);
    }
  }

  private static boolean isAllowed(String text) {
    return text.chars()
        .allMatch(
            c ->
                Character.isLetterOrDigit(c)
                    || Character.isSpaceChar(c)
                    || "+-=._:/@".indexOf(c) >= 0);
  }

  private static Map<String, String> within(Map<String, String> tags, int limit) {
    if (tags.size() > limit) {
      throw S3Errors.badRequest(
          limit == OBJECT_LIMIT
              ? "Object tags cannot be greater than 10"
              : "Bucket tag count cannot be greater than 50");
    }
    return tags;
  }

  static String toXml(Map<String, String> tags) {
    XmlWriter xml = SettingDocuments.writer("Tagging").open("TagSet");
    tags.forEach(
        (key, value) -> xml.open("Tag").element("Key", key).element("Value", value).close());
    return xml.toString();
  }
}
