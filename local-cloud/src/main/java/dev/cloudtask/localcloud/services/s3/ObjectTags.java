package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** GetObjectTagging, PutObjectTagging, DeleteObjectTagging. */
final class ObjectTags {
  private final CloudEnvironment environment;
  private final ObjectReads reads;
  private final ObjectStore objects;

  ObjectTags(CloudEnvironment environment, ObjectReads reads, ObjectStore objects) {
    this.environment = environment;
    this.reads = reads;
    this.objects = objects;
  }

  HttpResponse get(S3Request request) {
    ObjectReads.Found found =
        reads.find(request, "s3:GetObjectTagging", "s3:GetObjectVersionTagging");
    return ObjectHeaders.version(
        HttpResponse.of(200, "application/xml", Tags.toXml(found.object().tags())),
        found.bucket(),
        found.object());
  }

  HttpResponse put(S3Request request) {
    ObjectReads.Found found =
        reads.find(request, "s3:PutObjectTagging", "s3:PutObjectVersionTagging");
    Map<String, String> tags = Tags.from(request.xml("Tagging"), Tags.OBJECT_LIMIT);
    change(found, tags);
    return ObjectHeaders.version(HttpResponse.of(200), found.bucket(), found.object());
  }

  HttpResponse delete(S3Request request) {
    ObjectReads.Found found =
        reads.find(request, "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging");
    change(found, Map.of());
    return ObjectHeaders.version(HttpResponse.of(204), found.bucket(), found.object());
  }

  private void change(ObjectReads.Found found, Map<String, String> tags) {
    String bucket = found.bucket().name();
    environment
        .store()
        .write(
            () -> {
              // Looked up again: the object may have been replaced since it was found.
              Optional<StoredObject> now =
                  objects.versions(bucket, found.object().key()).stream()
                      .filter(version -> version.sequence() == found.object().sequence())
                      .findFirst();
              objects.replace(
                  bucket,
                  now.orElseThrow(() -> S3Errors.noSuchKey(found.object().key())).withTags(tags));
            });
  }
}
