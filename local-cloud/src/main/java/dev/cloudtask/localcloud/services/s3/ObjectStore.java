package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.services.s3.Bucket.Versioning;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known about objects and their versions, ordered as S3 lists them. */
final class ObjectStore {
  private static final int BATCH = 256;

  private final CloudEnvironment environment;
  private final ContentStore contents;
  private final StateMap<byte[], StoredObject> objects;

  ObjectStore(CloudEnvironment environment, ContentStore contents) {
    this.environment = environment;
    this.contents = contents;
    this.objects = environment.store().byteMap("s3.objects", Codec.json(StoredObject.class));
  }

  ContentStore contents() {
    return contents;
  }

  /** Returns the newest version of a key, which may be a delete marker. */
  Optional<StoredObject> newest(String bucket, String key) {
    byte[] from = ObjectKeys.object(bucket, key);
    return objects.ascending(from, ObjectKeys.after(from), 1).stream()
        .findFirst()
        .map(Map.Entry::getValue);
  }

  /** Returns the object of a key, unless its newest version is a delete marker. */
  Optional<StoredObject> current(String bucket, String key) {
    return newest(bucket, key).filter(version -> !version.deleteMarker());
  }

  /** Returns every version of a key, newest first. */
  List<StoredObject> versions(String bucket, String key) {
    byte[] from = ObjectKeys.object(bucket, key);
    return objects.ascending(from, ObjectKeys.after(from), Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  Optional<StoredObject> version(String bucket, String key, String versionId) {
    return versions(bucket, key).stream()
        .filter(version -> version.versionId().equals(versionId))
        .findFirst();
  }

  boolean isEmpty(String bucket) {
    byte[] from = ObjectKeys.bucket(bucket);
    return objects.ascending(from, ObjectKeys.after(from), 1).isEmpty();
  }

  /**
   * Writes a new version and replaces what it replaces, as one change.
   *
   * @param draft the version; sequence and id are given here
   * @param condition sees the current object and throws if the write must not be
   * @param staged the content that comes to belong to it
   */
  StoredObject put(
      Bucket bucket,
      StoredObject draft,
      Consumer<Optional<StoredObject>> condition,
      List<ContentStore.Staged> staged) {
    try {
      return environment
          .store()
          .write(
              () -> {
                condition.accept(current(bucket.name(), draft.key()));
                staged.forEach(ContentStore.Staged::keep);
                return place(bucket, draft);
              });
    } catch (RuntimeException e) {
      staged.forEach(ContentStore.Staged::discard);
      throw e;
    }
  }

  /** Writes a new version, inside a change. */
  StoredObject place(Bucket bucket, StoredObject draft) {
    long sequence = newest(bucket.name(), draft.key()).map(StoredObject::sequence).orElse(0L) + 1;
    String versionId = StoredObject.NULL_VERSION;
    if (bucket.versioning() == Versioning.ENABLED) {
      versionId = environment.ids().mixed(32);
    } else {
      version(bucket.name(), draft.key(), versionId)
          .ifPresent(old -> removeVersion(bucket.name(), old));
    }
    StoredObject placed = draft.placed(sequence, versionId);
    objects.put(ObjectKeys.version(bucket.name(), draft.key(), sequence), placed);
    return placed;
  }

  /** Changes the metadata of a version in place, inside a change. */
  void replace(String bucket, StoredObject changed) {
    objects.put(ObjectKeys.version(bucket, changed.key(), changed.sequence()), changed);
  }

  /** Removes one version and its content, inside a change. */
  void removeVersion(String bucket, StoredObject version) {
    objects.remove(ObjectKeys.version(bucket, version.key(), version.sequence()));
    contents.delete(version.segments());
  }

  /** What a deletion came to. */
  record Deletion(Optional<String> versionId, boolean deleteMarker) {}

  /**
   * Deletes a key as DeleteObject does: for good without versioning, behind a delete marker with
   * it.
   *
   * @param versionId the version to delete for good, if one is named
   * @param condition sees the current object and throws if the deletion must not be
   */
  Deletion delete(
      Bucket bucket,
      String key,
      Optional<String> versionId,
      Instant now,
      Consumer<Optional<StoredObject>> condition) {
    return environment
        .store()
        .write(
            () -> {
              condition.accept(current(bucket.name(), key));
              if (versionId.isPresent()) {
                Optional<StoredObject> old = version(bucket.name(), key, versionId.get());
                old.ifPresent(version -> removeVersion(bucket.name(), version));
                return new Deletion(versionId, old.map(StoredObject::deleteMarker).orElse(false));
              }
              if (bucket.versioning() == Versioning.NEVER) {
                versions(bucket.name(), key)
                    .forEach(version -> removeVersion(bucket.name(), version));
                return new Deletion(Optional.empty(), false);
              }
              StoredObject marker = place(bucket, deleteMarker(key, now));
              return new Deletion(Optional.of(marker.versionId()), true);
            });
  }

  private static StoredObject deleteMarker(String key, Instant now) {
    return new StoredObject(
        key,
        0,
        StoredObject.NULL_VERSION,
        true,
        now,
        0,
        "",
        List.of(),
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        null);
  }

  /** Walks over versions in the order of the store; {@link #seek} leaps. */
  final class Walk {
    private final byte @Nullable [] end;
    private byte @Nullable [] from;
    private List<Map.Entry<byte[], StoredObject>> batch = new ArrayList<>();
    private int next;
    private int batchSize = 16;

    private Walk(byte[] from, byte @Nullable [] end) {
      this.from = from;
      this.end = end;
    }

    /** Returns the next version, or nothing at the end. */
    Optional<StoredObject> next() {
      byte[] begin = from;
      if (next == batch.size()) {
        if (begin == null) {
          return Optional.empty();
        }
        batch = objects.ascending(begin, end, batchSize);
        next = 0;
        from = batch.size() < batchSize ? null : successor(batch.get(batch.size() - 1).getKey());
        batchSize = BATCH;
        if (batch.isEmpty()) {
          return Optional.empty();
        }
      }
      return Optional.of(batch.get(next++).getValue());
    }

    /** Goes on at these bytes, which must lie ahead. */
    void seek(byte @Nullable [] to) {
      batch = new ArrayList<>();
      next = 0;
      from = to;
      batchSize = 16;
    }
  }

  private static byte[] successor(byte[] key) {
    return java.util.Arrays.copyOf(key, key.length + 1);
  }

  /**
   * Starts a walk over the versions of a bucket whose keys begin with a prefix.
   *
   * @param from where to begin if that lies within
   */
  Walk walk(String bucket, String prefix, byte @Nullable [] from) {
    byte[] begin = ObjectKeys.prefix(bucket, prefix);
    byte[] start = from != null && java.util.Arrays.compareUnsigned(from, begin) > 0 ? from : begin;
    return new Walk(start, ObjectKeys.after(begin));
  }
}
