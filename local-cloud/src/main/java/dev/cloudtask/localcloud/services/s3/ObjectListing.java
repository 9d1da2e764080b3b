package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ListObjectsV2, ListObjects and ListObjectVersions. */
final class ObjectListing {
  private static final int MAX_KEYS = 1000;

  private final Access access;
  private final ObjectStore objects;

  ObjectListing(Access access, ObjectStore objects) {
    this.access = access;
    this.objects = objects;
  }

  /**
   * One page.
   *
   * @param versions the versions (of a list of objects: the current ones)
   * @param prefixes the common prefixes, which count like objects
   * @param next the last key or prefix on the page if there is more
   * @param nextVersionId with it, the last version's id
   */
  private record Page(
      List<Listed> versions,
      List<String> prefixes,
      Optional<String> next,
      Optional<String> nextVersionId) {}

  private record Listed(StoredObject version, boolean latest) {}

  /** What is asked for; texts as the client sent them. */
  private record Question(
      String bucket, String prefix, String delimiter, int maxKeys, boolean urlEncoded) {
    String shown(String text) {
      return urlEncoded ? PercentEncoding.encodePath(text) : text;
    }
  }

  private static Question question(S3Request request) {
    Optional<String> encoding = request.parameter("encoding-type").filter(t -> !t.isEmpty());
    if (encoding.isPresent() && !encoding.get().equals("url")) {
      throw S3Errors.invalidArgument(
          "Invalid Encoding Method specified in Request", "encoding-type", encoding.get());
    }
    return new Question(
        request.bucket(),
        request.parameter("prefix").orElse(""),
        request.parameter("delimiter").orElse(""),
        Math.min(MAX_KEYS, request.number("max-keys", MAX_KEYS)),
        encoding.isPresent());
  }

  HttpResponse v2(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:ListBucket");
    Question question = question(request);
    Optional<String> token = request.parameter("continuation-token");
    if (token.filter(String::isEmpty).isPresent()) {
      throw S3Errors.invalidArgument(
          "The continuation token provided is incorrect", "continuation-token", "");
    }
    String startAfter = request.parameter("start-after").orElse("");
    String after = token.map(ObjectListing::decodeToken).orElse(startAfter);
    Page page = page(question, after, null, false);
    XmlWriter xml =
        SettingDocuments.writer("ListBucketResult")
            .element("Name", question.bucket)
            .element("Prefix", question.shown(question.prefix));
    token.ifPresent(value -> xml.element("ContinuationToken", value));
    page.next.ifPresent(next -> xml.element("NextContinuationToken", encodeToken(next)));
    if (!startAfter.isEmpty()) {
      xml.element("StartAfter", question.shown(startAfter));
    }
    xml.element("KeyCount", page.versions.size() + page.prefixes.size());
    tail(xml, question, page);
    boolean owner = request.parameter("fetch-owner").filter("true"::equals).isPresent();
    page.versions.forEach(listed -> contents(xml, question, bucket, listed.version, owner));
    prefixes(xml, question, page);
    return HttpResponse.of(200, "application/xml", xml.toBytes())
        .with("x-amz-bucket-region", bucket.region());
  }

  HttpResponse v1(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:ListBucket");
    Question question = question(request);
    String marker = request.parameter("marker").orElse("");
    Page page = page(question, marker, null, false);
    XmlWriter xml =
        SettingDocuments.writer("ListBucketResult")
            .element("Name", question.bucket)
            .element("Prefix", question.shown(question.prefix))
            .element("Marker", question.shown(marker));
    if (!question.delimiter.isEmpty()) {
      page.next.ifPresent(next -> xml.element("NextMarker", question.shown(next)));
    }
    tail(xml, question, page);
    page.versions.forEach(listed -> contents(xml, question, bucket, listed.version, true));
    prefixes(xml, question, page);
    return HttpResponse.of(200, "application/xml", xml.toBytes())
        .with("x-amz-bucket-region", bucket.region());
  }

  HttpResponse versions(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:ListBucketVersions");
    Question question = question(request);
    String keyMarker = request.parameter("key-marker").orElse("");
    Optional<String> idMarker =
        request.parameter("version-id-marker").filter(text -> !text.isEmpty());
    if (idMarker.isPresent() && keyMarker.isEmpty()) {
      throw S3Errors.invalidArgument(
          "A version-id marker cannot be specified without a key marker.",
          "version-id-marker",
          idMarker.get());
    }
    Page page = page(question, keyMarker, idMarker.orElse(null), true);
    XmlWriter xml =
        SettingDocuments.writer("ListVersionsResult")
            .element("Name", question.bucket)
            .element("Prefix", question.shown(question.prefix))
            .element("KeyMarker", question.shown(keyMarker))
            .element("VersionIdMarker", idMarker.orElse(""));
    page.next.ifPresent(next -> xml.element("NextKeyMarker", question.shown(next)));
    page.nextVersionId.ifPresent(next -> xml.element("NextVersionIdMarker", next));
    tail(xml, question, page);
    for (Listed listed : page.versions) {
      StoredObject version = listed.version;
      xml.open(version.deleteMarker() ? "DeleteMarker" : "Version")
          .element("Key", question.shown(version.key()))
          .element("VersionId", version.versionId())
          .element("IsLatest", listed.latest)
          .element("LastModified", Buckets.iso(version.lastModified()));
      if (!version.deleteMarker()) {
        described(xml, version);
      }
      Buckets.owner(xml, bucket.accountId());
      if (!version.deleteMarker()) {
        xml.element("StorageClass", version.storageClass());
      }
      xml.close();
    }
    prefixes(xml, question, page);
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  private static void tail(XmlWriter xml, Question question, Page page) {
    xml.element("MaxKeys", question.maxKeys);
    if (!question.delimiter.isEmpty()) {
      xml.element("Delimiter", question.shown(question.delimiter));
    }
    if (question.urlEncoded) {
      xml.element("EncodingType", "url");
    }
    xml.element("IsTruncated", page.next.isPresent());
  }

  private static void contents(
      XmlWriter xml, Question question, Bucket bucket, StoredObject object, boolean owner) {
    xml.open("Contents")
        .element("Key", question.shown(object.key()))
        .element("LastModified", Buckets.iso(object.lastModified()));
    described(xml, object);
    if (owner) {
      Buckets.owner(xml, bucket.accountId());
    }
    xml.element("StorageClass", object.storageClass()).close();
  }

  private static void described(XmlWriter xml, StoredObject object) {
    xml.element("ETag", object.quotedEtag());
    object
        .knownChecksum()
        .ifPresent(
            checksum ->
                xml.element("ChecksumAlgorithm", checksum.algorithm())
                    .element("ChecksumType", checksum.type()));
    xml.element("Size", object.size());
  }

  private static void prefixes(XmlWriter xml, Question question, Page page) {
    for (String prefix : page.prefixes) {
      xml.open("CommonPrefixes").element("Prefix", question.shown(prefix)).close();
    }
  }

  /**
   * Collects a page.
   *
   * @param after the key or common prefix that the page begins behind
   * @param afterVersion with it, the version the page begins behind; null for all of the key's
   *     versions
   * @param everyVersion whether old versions and delete markers count
   */
  private Page page(
      Question question, String after, @Nullable String afterVersion, boolean everyVersion) {
    List<Listed> found = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    ObjectStore.Walk walk =
        objects.walk(question.bucket, question.prefix, begin(question, after, afterVersion));
    boolean skipping = afterVersion != null;
    String lastKey = skipping ? after : null;
    String last = "";
    String lastVersion = null;
    for (Optional<StoredObject> step = walk.next(); step.isPresent(); step = walk.next()) {
      StoredObject version = step.get();
      boolean newest = !version.key().equals(lastKey);
      lastKey = version.key();
      if (skipping && version.key().equals(after)) {
        skipping = !version.versionId().equals(afterVersion);
        continue;
      }
      skipping = false;
      if (!everyVersion && (!newest || version.deleteMarker())) {
        continue;
      }
      Optional<String> common = commonPrefix(question, version.key());
      if (found.size() + prefixes.size() == question.maxKeys) {
        // At least one more; with max-keys 0 S3 says that nothing was cut off.
        return question.maxKeys == 0
            ? new Page(found, prefixes, Optional.empty(), Optional.empty())
            : new Page(found, prefixes, Optional.of(last), Optional.ofNullable(lastVersion));
      }
      if (common.isPresent()) {
        prefixes.add(common.get());
        last = common.get();
        lastVersion = null;
        lastKey = null;
        walk.seek(ObjectKeys.after(ObjectKeys.prefix(question.bucket, common.get())));
      } else {
        found.add(new Listed(version, newest));
        last = version.key();
        lastVersion = everyVersion ? version.versionId() : null;
      }
    }
    return new Page(found, prefixes, Optional.empty(), Optional.empty());
  }

  private static byte @Nullable [] begin(
      Question question, String after, @Nullable String afterVersion) {
    if (after.isEmpty()) {
      return null;
    }
    if (afterVersion != null) {
      return ObjectKeys.object(question.bucket, after);
    }
    // A page that ended in a common prefix goes on behind everything in it.
    Optional<String> common = commonPrefix(question, after);
    if (common.isPresent() && common.get().equals(after)) {
      return ObjectKeys.after(ObjectKeys.prefix(question.bucket, after));
    }
    return ObjectKeys.after(ObjectKeys.object(question.bucket, after));
  }

  private static Optional<String> commonPrefix(Question question, String key) {
    if (question.delimiter.isEmpty() || !key.startsWith(question.prefix)) {
      return Optional.empty();
    }
    int at = key.indexOf(question.delimiter, question.prefix.length());
    return at < 0
        ? Optional.empty()
        : Optional.of(key.substring(0, at + question.delimiter.length()));
  }

  private static String encodeToken(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1" + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String decodeToken(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("1")) {
        return text.substring(1);
      }
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidArgument(
          "The continuation token provided is incorrect", "continuation-token", token);
    }
    throw S3Errors.invalidArgument(
        "The continuation token provided is incorrect", "continuation-token", token);
  }
}
