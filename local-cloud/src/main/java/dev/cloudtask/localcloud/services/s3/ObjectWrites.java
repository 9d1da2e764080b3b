package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.services.s3.StoredObject.Segment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PutObject and DeleteObject. */
final class ObjectWrites {
  private final CloudEnvironment environment;
  private final Access access;
  private final ObjectStore objects;

  ObjectWrites(CloudEnvironment environment, Access access, ObjectStore objects) {
    this.environment = environment;
    this.access = access;
    this.objects = objects;
  }

  /** The time as S3 stores it: HTTP dates have whole seconds. */
  Instant now() {
    return environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  HttpResponse put(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Map<String, String> headers = ObjectHeaders.stored(request, bucket);
    Map<String, String> metadata = ObjectHeaders.metadata(request);
    Map<String, String> tags = tags(request, bucket);
    Preconditions.checkWrite(request, objects.current(bucket.name(), request.key()), request.key());
    Payload payload = Payload.of(request);
    StoredObject placed = store(bucket, request, payload, headers, metadata, tags);
    HttpResponse response = HttpResponse.of(200).with("ETag", placed.quotedEtag());
    response = ObjectHeaders.checksum(response, placed.knownChecksum().orElseThrow());
    response = ObjectHeaders.encryption(response, placed);
    return ObjectHeaders.version(response, bucket, placed);
  }

  /** Writes an object with this content in the place the request names. */
  StoredObject store(
      Bucket bucket,
      S3Request request,
      Payload payload,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags) {
    return store(bucket, request, request.key(), payload, headers, metadata, tags);
  }

  StoredObject store(
      Bucket bucket,
      S3Request request,
      String key,
      Payload payload,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags) {
    ContentStore.Staged staged = objects.contents().stage(payload.content());
    StoredObject draft =
        new StoredObject(
            key,
            0,
            StoredObject.NULL_VERSION,
            false,
            now(),
            staged.size(),
            payload.md5Hex(),
            staged.size() == 0
                ? List.of()
                : List.of(new Segment(staged.id(), staged.size(), 1, null)),
            false,
            headers,
            metadata,
            tags,
            payload.checksum());
    request.span().note("key", key).note("bytes", staged.size());
    return objects.put(
        bucket, draft, current -> Preconditions.checkWrite(request, current, key), List.of(staged));
  }

  private Map<String, String> tags(S3Request request, Bucket bucket) {
    Optional<String> header = request.header("x-amz-tagging");
    if (header.isEmpty()) {
      return Map.of();
    }
    access.require(request, bucket, "s3:PutObjectTagging", bucket.objectArn(request.key()));
    return Tags.fromHeader(header.get());
  }

  HttpResponse delete(S3Request request) {
    Optional<String> versionId = request.versionId();
    Bucket bucket =
        access.object(
            request, versionId.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject");
    ObjectStore.Deletion deletion =
        objects.delete(
            bucket, request.key(), versionId, now(), current -> checkDelete(request, current));
    HttpResponse response = HttpResponse.of(204);
    if (deletion.versionId().isPresent()) {
      response = response.with("x-amz-version-id", deletion.versionId().get());
    }
    return deletion.deleteMarker() ? response.with("x-amz-delete-marker", "true") : response;
  }

  private static void checkDelete(S3Request request, Optional<StoredObject> current) {
    Optional<String> ifMatch = request.header("If-Match");
    if (ifMatch.isPresent()) {
      StoredObject object = current.orElseThrow(() -> S3Errors.noSuchKey(request.key()));
      if (!Preconditions.matches(ifMatch.get(), object)) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    }
  }
}
