package dev.cloudtask.localcloud.services.s3;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object, without its content.
 *
 * @param key the object's key
 * @param sequence orders the versions of a key, newest highest
 * @param versionId {@code null} (the word) for a version without an id
 * @param deleteMarker whether it stands for a deletion
 * @param lastModified when it was written, in whole seconds, as HTTP shows it
 * @param size its length in bytes
 * @param etag its entity tag without quotes
 * @param segments where its content is, in order; the parts of a multipart upload
 * @param multipart whether it was uploaded in parts
 * @param headers the headers stored with it and sent with it, by their names
 * @param metadata user metadata by lower-case name without {@code x-amz-meta-}
 * @param tags its tags
 * @param checksum its checksum
 */
record StoredObject(
    String key,
    long sequence,
    String versionId,
    boolean deleteMarker,
    Instant lastModified,
    long size,
    String etag,
    List<Segment> segments,
    boolean multipart,
    Map<String, String> headers,
    Map<String, String> metadata,
    Map<String, String> tags,
    @Nullable StoredChecksum checksum) {
  /** The version id of a version that has none. */
  static final String NULL_VERSION = "null";

  static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";

  /** A piece of content; of a multipart object, one part. */
  record Segment(String contentId, long size, int partNumber, @Nullable String partChecksum) {}

  String quotedEtag() {
    return '"' + etag + '"';
  }

  Optional<StoredChecksum> knownChecksum() {
    return Optional.ofNullable(checksum);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String storageClass() {
    return header("x-amz-storage-class").orElse("STANDARD");
  }

  boolean isNullVersion() {
    return versionId.equals(NULL_VERSION);
  }

  StoredObject withTags(Map<String, String> changed) {
    return new StoredObject(
        key,
        sequence,
        versionId,
        deleteMarker,
        lastModified,
        size,
        etag,
        segments,
        multipart,
        headers,
        metadata,
        changed,
        checksum);
  }

  StoredObject placed(long newSequence, String newVersionId) {
    return new StoredObject(
        key,
        newSequence,
        newVersionId,
        deleteMarker,
        lastModified,
        size,
        etag,
        segments,
        multipart,
        headers,
        metadata,
        tags,
        checksum);
  }
}
