package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The buckets of the cloud and their settings. */
final class BucketStore {
  private final CloudEnvironment environment;
  private final StateMap<String, Bucket> buckets;

  BucketStore(CloudEnvironment environment) {
    this.environment = environment;
    this.buckets = environment.store().map("s3.buckets", Codec.json(Bucket.class));
  }

  Optional<Bucket> find(String name) {
    return buckets.get(name);
  }

  /** Returns a bucket or says that there is none. */
  Bucket get(String name) {
    return find(name).orElseThrow(() -> S3Errors.noSuchBucket(name));
  }

  List<Bucket> all() {
    return buckets.values();
  }

  /** Adds a bucket unless there is one of that name, which is then returned. */
  Optional<Bucket> add(Bucket bucket) {
    return environment
        .store()
        .write(
            () -> {
              Optional<Bucket> existing = find(bucket.name());
              if (existing.isEmpty()) {
                buckets.put(bucket.name(), bucket);
              }
              return existing;
            });
  }

  /** Changes a bucket's settings. */
  void change(String name, UnaryOperator<Bucket> change) {
    environment.store().write(() -> buckets.put(name, change.apply(get(name))));
  }

  /** Removes a bucket if a last check, made in the same change, lets it. */
  void remove(String name, Runnable check) {
    environment
        .store()
        .write(
            () -> {
              check.run();
              buckets.remove(name);
            });
  }
}
