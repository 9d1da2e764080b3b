package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.services.s3.StoredObject.Segment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Multipart uploads that are under way, and their parts. */
final class UploadStore {
  /**
   * An upload.
   *
   * @param algorithm the checksum the client chose; null if it chose none
   * @param checksumType {@code FULL_OBJECT} or {@code COMPOSITE}
   */
  record Upload(
      String bucket,
      String key,
      String id,
      Instant initiatedAt,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags,
      @Nullable String algorithm,
      String checksumType) {
    Optional<ChecksumAlgorithm> chosen() {
      return Optional.ofNullable(algorithm).map(ChecksumAlgorithm::valueOf);
    }
  }

  /** A part that has arrived. */
  record Part(
      int number,
      String etag,
      long size,
      String contentId,
      Instant lastModified,
      @Nullable String checksum) {
    Segment segment() {
      return new Segment(contentId, size, number, checksum);
    }
  }

  private final CloudEnvironment environment;
  private final ContentStore contents;
  private final StateMap<byte[], Upload> uploads;
  private final StateMap<byte[], Part> parts;

  UploadStore(CloudEnvironment environment, ContentStore contents) {
    this.environment = environment;
    this.contents = contents;
    this.uploads = environment.store().byteMap("s3.uploads", Codec.json(Upload.class));
    this.parts = environment.store().byteMap("s3.parts", Codec.json(Part.class));
  }

  void add(Upload upload) {
    environment.store().write(() -> uploads.put(key(upload), upload));
  }

  Optional<Upload> find(String bucket, String key, String id) {
    return uploads.get(key(bucket, key, id));
  }

  /** Returns the uploads of a bucket in the order of their keys, then of their ids. */
  List<Upload> of(String bucket, String prefix) {
    byte[] from = ObjectKeys.prefix(bucket, prefix);
    return uploads.ascending(from, ObjectKeys.after(from), Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Adds a part or replaces the one of its number. */
  void put(Upload upload, Part part, ContentStore.Staged staged) {
    try {
      environment
          .store()
          .write(
              () -> {
                if (uploads.get(key(upload)).isEmpty()) {
                  throw S3Errors.noSuchUpload(upload.id());
                }
                staged.keep();
                parts
                    .put(partKey(upload.id(), part.number()), part)
                    .ifPresent(old -> contents.delete(List.of(old.segment())));
              });
    } catch (RuntimeException e) {
      staged.discard();
      throw e;
    }
  }

  /** Returns the parts of an upload by number. */
  List<Part> parts(Upload upload) {
    byte[] from = ObjectKeys.bucket(upload.id());
    return parts.ascending(from, ObjectKeys.after(from), Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Forgets an upload and deletes the content of all parts but those that live on; inside a change.
   */
  void remove(Upload upload, List<Part> kept) {
    if (uploads.remove(key(upload)).isEmpty()) {
      throw S3Errors.noSuchUpload(upload.id());
    }
    for (Part part : parts(upload)) {
      parts.remove(partKey(upload.id(), part.number()));
      if (!kept.contains(part)) {
        contents.delete(List.of(part.segment()));
      }
    }
  }

  private static byte[] key(Upload upload) {
    return key(upload.bucket(), upload.key(), upload.id());
  }

  private static byte[] key(String bucket, String key, String id) {
    byte[] object = ObjectKeys.object(bucket, key);
    byte[] suffix = ObjectKeys.bucket(id);
    return ByteBuffer.allocate(object.length + suffix.length).put(object).put(suffix).array();
  }

  private static byte[] partKey(String uploadId, int number) {
    byte[] upload = ObjectKeys.bucket(uploadId);
    return ByteBuffer.allocate(upload.length + 4).put(upload).putInt(number).array();
  }
}
