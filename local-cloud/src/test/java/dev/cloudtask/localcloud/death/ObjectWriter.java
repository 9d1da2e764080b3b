package dev.cloudtask.localcloud.death;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/** Objects of 1 KB, 3 MB and 9 MB, written, replaced and deleted. */
final class ObjectWriter implements Writer {
  private static final String BUCKET = "objects";
  private static final int[] SIZES = {1_000, 1_000, 20_000, 3_000_000, 9_000_000};

  private final Random random;
  private final Told<String> told = new Told<>();

  ObjectWriter(Random random) {
    this.random = random;
  }

  @Override
  public void prepare(ChildCloud cloud) {
    cloud.client(S3Client.builder()).createBucket(r -> r.bucket(BUCKET));
  }

  @Override
  public void write(ChildCloud cloud) {
    S3Client s3 = cloud.client(S3Client.builder().forcePathStyle(true));
    while (true) {
      int kind = random.nextInt(SIZES.length);
      String key = "folder/" + kind + "-" + random.nextInt(3);
      if (random.nextInt(6) == 0) {
        told.begin(key, Optional.empty());
        s3.deleteObject(r -> r.bucket(BUCKET).key(key));
      } else {
        byte[] content = new byte[SIZES[kind]];
        random.nextBytes(content);
        told.begin(key, Optional.of(md5(content)));
        s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
      }
      told.acknowledge(key);
    }
  }

  @Override
  public List<String> verify(ChildCloud cloud) {
    S3Client s3 = cloud.client(S3Client.builder().forcePathStyle(true));
    Map<String, String> there = new HashMap<>();
    s3.listObjectsV2Paginator(r -> r.bucket(BUCKET))
        .contents()
        .forEach(
            object ->
                there.put(
                    object.key(),
                    md5(
                        s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(object.key()))
                            .asByteArrayUnsafe())));
    return told.compare("object", there);
  }

  private static String md5(byte[] content) {
    return BinaryUtils.toHex(Md5Utils.computeMD5Hash(content));
  }

  @Override
  public long acknowledged() {
    return told.acknowledged();
  }
}
