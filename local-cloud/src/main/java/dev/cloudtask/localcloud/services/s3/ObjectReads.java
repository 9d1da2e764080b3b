package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import dev.cloudtask.localcloud.services.s3.StoredObject.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GetObject, HeadObject, GetObjectAttributes. */
final class ObjectReads {
  private static final int ATTEMPTS = 20;

  /** Query parameters that replace a header of the answer; not for anonymous callers. */
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-expires", "Expires",
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding");

  private final CloudEnvironment environment;
  private final Access access;
  private final ObjectStore objects;

  ObjectReads(CloudEnvironment environment, Access access, ObjectStore objects) {
    this.environment = environment;
    this.access = access;
    this.objects = objects;
  }

  /** A version that may be read, and its bucket. */
  record Found(Bucket bucket, StoredObject object) {}

  /**
   * Finds the version a request is about. Who may not list the bucket does not learn that a key is
   * missing.
   *
   * @param action the permission for the current version
   * @param versionAction the permission for a version by id
   */
  Found find(S3Request request, String action, String versionAction) {
    Optional<String> versionId = request.versionId();
    Bucket bucket = access.object(request, versionId.isPresent() ? versionAction : action);
    Optional<StoredObject> version =
        versionId.isPresent()
            ? objects.version(bucket.name(), request.key(), versionId.get())
            : objects.newest(bucket.name(), request.key());
    if (version.isEmpty()) {
      String listAction = versionId.isPresent() ? "s3:ListBucketVersions" : "s3:ListBucket";
      access.require(request, bucket, listAction, bucket.arn());
      throw versionId.isPresent()
          ? S3Errors.noSuchVersion(request.key(), versionId.get())
          : S3Errors.noSuchKey(request.key());
    }
    if (version.get().deleteMarker()) {
      throw deleteMarker(request, bucket, version.get());
    }
    return new Found(bucket, version.get());
  }

  private AwsException deleteMarker(S3Request request, Bucket bucket, StoredObject marker) {
    if (request.versionId().isPresent()) {
      return S3Errors.methodNotAllowed(request.method(), "DeleteMarker")
          .with("x-amz-delete-marker", "true");
    }
    access.require(request, bucket, "s3:ListBucket", bucket.arn());
    return S3Errors.noSuchKey(request.key())
        .with("x-amz-delete-marker", "true")
        .with("x-amz-version-id", marker.versionId());
  }

  HttpResponse get(S3Request request) {
    for (int attempt = 1; ; attempt++) {
      Found found = find(request, "s3:GetObject", "s3:GetObjectVersion");
      try {
        return answer(request, found, !request.isHead());
      } catch (ContentStore.GoneException e) {
        if (attempt == ATTEMPTS) {
          throw S3Errors.internal();
        }
      }
    }
  }

  private HttpResponse answer(S3Request request, Found found, boolean withBody)
      throws ContentStore.GoneException {
    StoredObject object = found.object();
    request.span().note("key", object.key());
    Preconditions.checkRead(request, object, environment.clock().instant());
    Optional<ByteRange> range = range(request, object);
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(object.size());
    byte[] content =
        withBody
            ? objects.contents().read(object.segments(), first, Math.toIntExact(length))
            : new byte[0];
    boolean checksums =
        request.header("x-amz-checksum-mode").filter("ENABLED"::equalsIgnoreCase).isPresent()
            && length == object.size();
    HttpResponse response =
        ObjectHeaders.describe(
            HttpResponse.of(range.isPresent() ? 206 : 200).withBody(content),
            found.bucket(),
            object,
            checksums);
    if (range.isPresent()) {
      response = response.with("Content-Range", range.get().contentRange(object.size()));
    }
    if (request.parameter("partNumber").isPresent() && object.multipart()) {
      response = response.with("x-amz-mp-parts-count", Integer.toString(object.segments().size()));
    }
    return overridden(request, response).with("Content-Length", Long.toString(length));
  }

  private static HttpResponse overridden(S3Request request, HttpResponse response) {
    HttpResponse changed = response;
    for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
      Optional<String> value = request.parameter(override.getKey());
      if (value.isPresent()) {
        if (request.isAnonymous()) {
          throw S3Errors.invalidRequest(
              "Request specific response headers cannot be used for anonymous GET requests.");
        }
        changed = changed.with(override.getValue(), value.get());
      }
    }
    return changed;
  }

  private static Optional<ByteRange> range(S3Request request, StoredObject object) {
    Optional<String> header = request.header("Range");
    Optional<String> part = request.parameter("partNumber");
    if (part.isEmpty()) {
      return header.flatMap(text -> ByteRange.parse(text, object.size()));
    }
    if (header.isPresent()) {
      throw S3Errors.invalidRequest(
          "Cannot specify both Range header and partNumber query parameter");
    }
    int wanted = request.number("partNumber", 1);
    if (wanted < 1 || wanted > 10_000) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive",
          "partNumber",
          part.get());
    }
    long first = 0;
    int number = 1;
    for (Segment segment : object.segments()) {
      if (number == wanted) {
        return Optional.of(new ByteRange(first, first + segment.size() - 1));
      }
      first += segment.size();
      number++;
    }
    if (wanted == 1) {
      return Optional.empty(); // an empty object has one part without bytes
    }
    throw S3Errors.invalidPartNumber(wanted, Math.max(1, object.segments().size()));
  }

  HttpResponse attributes(S3Request request) {
    String wanted =
        request
            .header("x-amz-object-attributes")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    S3Errors.invalidRequest(
                        "The x-amz-object-attributes header specifying the attributes to be retrieved"
                            + " is either missing or empty"));
    List<String> names = java.util.Arrays.stream(wanted.split(",")).map(String::strip).toList();
    for (String name : names) {
      if (!List.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize")
          .contains(name)) {
        throw S3Errors.invalidArgument(
            "Invalid attribute name specified.", "x-amz-object-attributes", name);
      }
    }
    Found found = find(request, "s3:GetObject", "s3:GetObjectVersion");
    StoredObject object = found.object();
    XmlWriter xml = SettingDocuments.writer("GetObjectAttributesResponse");
    if (names.contains("ETag")) {
      xml.element("ETag", object.etag());
    }
    if (names.contains("Checksum") && object.knownChecksum().isPresent()) {
      StoredChecksum checksum = object.knownChecksum().get();
      xml.open("Checksum")
          .element(checksum.kind().element(), checksum.value())
          .element("ChecksumType", checksum.type())
          .close();
    }
    if (names.contains("ObjectParts") && object.multipart()) {
      parts(xml, object);
    }
    if (names.contains("StorageClass")) {
      xml.element("StorageClass", object.storageClass());
    }
    if (names.contains("ObjectSize")) {
      xml.element("ObjectSize", object.size());
    }
    HttpResponse response =
        HttpResponse.of(200, "application/xml", xml.toBytes())
            .with("Last-Modified", Preconditions.httpDate(object.lastModified()));
    return ObjectHeaders.version(response, found.bucket(), object);
  }

  private static void parts(XmlWriter xml, StoredObject object) {
    xml.open("ObjectParts").element("PartsCount", object.segments().size());
    boolean composite =
        object
            .knownChecksum()
            .filter(checksum -> checksum.type().equals(StoredChecksum.COMPOSITE))
            .isPresent();
    if (composite) {
      xml.element("PartNumberMarker", 0)
          .element("NextPartNumberMarker", object.segments().size())
          .element("MaxParts", 1000)
          .element("IsTruncated", false);
      for (Segment part : object.segments()) {
        xml.open("Part").element("PartNumber", part.partNumber()).element("Size", part.size());
        String checksum = part.partChecksum();
        if (checksum != null) {
          xml.element(object.knownChecksum().orElseThrow().kind().element(), checksum);
        }
        xml.close();
      }
    }
    xml.close();
  }
}
