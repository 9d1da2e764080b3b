package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CopyObject, and the reading of a copy's source for UploadPartCopy. */
final class ObjectCopies {
  private final Access access;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final ObjectWrites writes;

  ObjectCopies(Access access, BucketStore buckets, ObjectStore objects, ObjectWrites writes) {
    this.access = access;
    this.buckets = buckets;
    this.objects = objects;
    this.writes = writes;
  }

  /** The source of a copy, which the caller may read. */
  record Source(Bucket bucket, StoredObject object) {}

  /**
   * Finds what {@code x-amz-copy-source} names: {@code BUCKET/KEY[?versionId=ID]}, percent-encoded.
   */
  Source source(S3Request request) {
    String header = request.header("x-amz-copy-source").orElseThrow();
    int question = header.indexOf("?versionId=");
    String path = question < 0 ? header : header.substring(0, question);
    Optional<String> versionId =
        question < 0
            ? Optional.empty()
            : QueryString.parse(header.substring(question + 1)).first("versionId");
    String decoded = PercentEncoding.decodeForm(path.startsWith("/") ? path.substring(1) : path);
    int slash = decoded.indexOf('/');
    if (slash <= 0 || slash == decoded.length() - 1) {
      throw S3Errors.invalidArgument(
          "Invalid copy source bucket name", "x-amz-copy-source", header);
    }
    Bucket bucket = buckets.get(decoded.substring(0, slash));
    String key = decoded.substring(slash + 1);
    access.require(
        request,
        bucket,
        versionId.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject",
        bucket.objectArn(key));
    Optional<StoredObject> object =
        versionId.isPresent()
            ? objects.version(bucket.name(), key, versionId.get())
            : objects.current(bucket.name(), key);
    if (object.isEmpty()) {
      access.require(request, bucket, "s3:ListBucket", bucket.arn());
      throw versionId.isPresent()
          ? S3Errors.noSuchVersion(key, versionId.get())
          : S3Errors.noSuchKey(key);
    }
    if (object.get().deleteMarker()) {
      throw S3Errors.invalidRequest(
          "The source of a copy request may not specifically refer to a delete marker by version"
              + " id.");
    }
    Preconditions.checkCopySource(request, object.get());
    return new Source(bucket, object.get());
  }

  /** Reads content of a copy's source. */
  byte[] read(StoredObject object, long offset, long length) {
    try {
      return objects.contents().read(object.segments(), offset, Math.toIntExact(length));
    } catch (ContentStore.GoneException e) {
      throw S3Errors.noSuchKey(object.key()); // deleted while it was being copied
    }
  }

  HttpResponse copy(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Source source = source(request);
    StoredObject from = source.object();
    boolean replaceMetadata = directive(request, "x-amz-metadata-directive");
    boolean replaceTags = directive(request, "x-amz-tagging-directive");
    Map<String, String> headers = ObjectHeaders.stored(request, bucket);
    refuseCopyOntoItself(request, source, replaceMetadata);
    Map<String, String> metadata = ObjectHeaders.metadata(request);
    if (!replaceMetadata) {
      headers = inherited(request, headers, from);
      metadata = from.metadata();
    }
    Map<String, String> tags = from.tags();
    if (replaceTags) {
      tags = request.header("x-amz-tagging").map(Tags::fromHeader).orElse(Map.of());
    }
    byte[] content = read(from, 0, from.size());
    Payload payload =
        new Payload(
            content,
            ChecksumAlgorithm.messageDigest("MD5").digest(content),
            checksum(request, from, content));
    StoredObject placed = writes.store(bucket, request, payload, headers, metadata, tags);
    XmlWriter xml =
        SettingDocuments.writer("CopyObjectResult")
            .element("LastModified", Buckets.iso(placed.lastModified()))
            .element("ETag", placed.quotedEtag());
    StoredChecksum checksum = placed.knownChecksum().orElseThrow();
    xml.element(checksum.kind().element(), checksum.value())
        .element("ChecksumType", checksum.type());
    HttpResponse response = HttpResponse.of(200, "application/xml", xml.toBytes());
    if (source.bucket().versioning() != Bucket.Versioning.NEVER) {
      response = response.with("x-amz-copy-source-version-id", from.versionId());
    }
    return ObjectHeaders.version(ObjectHeaders.encryption(response, placed), bucket, placed);
  }

  private static boolean directive(S3Request request, String name) {
    String value = request.header(name).orElse("COPY");
    if (!List.of("COPY", "REPLACE").contains(value)) {
      throw S3Errors.invalidArgument(
          name.equals("x-amz-metadata-directive")
              ? "Unknown metadata directive."
              : "Unknown tagging directive.",
          name,
          value);
    }
    return value.equals("REPLACE");
  }

  private static void refuseCopyOntoItself(
      S3Request request, Source source, boolean replaceMetadata) {
    boolean same =
        source.bucket().name().equals(request.bucket())
            && source.object().key().equals(request.key())
            && !request.header("x-amz-copy-source").orElse("").contains("?versionId=");
    boolean changes =
        replaceMetadata
            || request.header("x-amz-storage-class").isPresent()
            || request.header("x-amz-website-redirect-location").isPresent()
            || request.header("x-amz-server-side-encryption").isPresent();
    if (same && !changes) {
      throw S3Errors.invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
  }

  /** Website redirect, storage class and encryption are never inherited. */
  private static Map<String, String> inherited(
      S3Request request, Map<String, String> own, StoredObject from) {
    Map<String, String> headers = new LinkedHashMap<>();
    from.headers()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("x-amz-")) {
                headers.put(name, value);
              }
            });
    own.forEach(
        (name, value) -> {
          if (name.startsWith("x-amz-")) {
            headers.put(name, value);
          }
        });
    request.span().note("metadata", "copied from the source");
    return headers;
  }

  private static Optional<StoredChecksum> checksum(
      S3Request request, StoredObject from, byte[] content) {
    Optional<String> wanted = request.header("x-amz-checksum-algorithm");
    ChecksumAlgorithm algorithm;
    if (wanted.isPresent()) {
      algorithm =
          ChecksumAlgorithm.named(wanted.get())
              .orElseThrow(
                  () ->
                      S3Errors.invalidRequest(
                          "Checksum algorithm provided is unsupported. Please try again with any of"
                              + " the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    } else {
      algorithm =
          from.knownChecksum().map(StoredChecksum::kind).orElse(ChecksumAlgorithm.CRC64NVME);
    }
    return Optional.of(StoredChecksum.full(algorithm, algorithm.base64Of(content)));
  }
}
