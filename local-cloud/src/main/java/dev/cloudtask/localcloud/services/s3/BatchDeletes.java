package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** DeleteObjects: up to a thousand keys, each decided and reported by itself. */
final class BatchDeletes {
  private static final int LIMIT = 1000;

  private final Access access;
  private final ObjectStore objects;
  private final ObjectWrites writes;

  BatchDeletes(Access access, ObjectStore objects, ObjectWrites writes) {
    this.access = access;
    this.objects = objects;
    this.writes = writes;
  }

  HttpResponse delete(S3Request request) {
    Bucket bucket = access.open(request);
    requireDigest(request);
    XmlElement document = request.xml("Delete");
    SettingDocuments.only(document, "Object", "Quiet");
    List<XmlElement> targets = document.children("Object");
    if (targets.isEmpty() || targets.size() > LIMIT) {
      throw S3Errors.malformedXml();
    }
    boolean quiet = document.childText("Quiet").filter("true"::equals).isPresent();
    XmlWriter xml = SettingDocuments.writer("DeleteResult");
    for (XmlElement target : targets) {
      SettingDocuments.only(target, "Key", "VersionId", "ETag", "LastModifiedTime", "Size");
      String key = SettingDocuments.required(target, "Key").text();
      Optional<String> versionId = target.childText("VersionId").filter(id -> !id.isEmpty());
      Optional<AwsException> refusal =
          access.refusal(
              request,
              bucket,
              versionId.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
              bucket.objectArn(key));
      if (refusal.isPresent()) {
        error(xml, key, versionId, refusal.get());
        continue;
      }
      try {
        ObjectStore.Deletion deletion =
            objects.delete(
                bucket, key, versionId, writes.now(), current -> checkEtag(target, current));
        if (!quiet) {
          deleted(xml, key, versionId, deletion);
        }
      } catch (AwsException e) {
        error(xml, key, versionId, e);
      }
    }
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  private static void checkEtag(XmlElement target, Optional<StoredObject> current) {
    Optional<String> etag = target.childText("ETag");
    if (etag.isPresent()
        && current.filter(object -> Preconditions.matches(etag.get(), object)).isEmpty()) {
      throw S3Errors.preconditionFailed("If-Match");
    }
  }

  private static void requireDigest(S3Request request) {
    boolean checksum =
        request.http().headers().fields().stream()
            .map(field -> field.name().toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.startsWith("x-amz-checksum-") || name.equals("x-amz-trailer"));
    if (request.header("Content-MD5").isEmpty() && !checksum) {
      throw S3Errors.invalidRequest("Missing required header for this request: Content-MD5");
    }
  }

  private static void deleted(
      XmlWriter xml, String key, Optional<String> versionId, ObjectStore.Deletion deletion) {
    xml.open("Deleted").element("Key", key).element("VersionId", versionId);
    if (deletion.deleteMarker()) {
      xml.element("DeleteMarker", true)
          .element("DeleteMarkerVersionId", deletion.versionId().orElseThrow());
    }
    xml.close();
  }

  private static void error(
      XmlWriter xml, String key, Optional<String> versionId, AwsException failure) {
    xml.open("Error")
        .element("Key", key)
        .element("VersionId", versionId)
        .element("Code", failure.code())
        .element("Message", failure.message())
        .close();
  }
}
