package dev.cloudtask.localcloud.services.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How object keys are ordered in the store: bucket, key, then versions with the newest first. S3
 * lists keys in the order of their UTF-8 bytes, so keys are bytes.
 *
 * <p>Parts end with a zero octet; zero and one inside a key are written as one-one and one-two,
 * which keeps the order.
 */
final class ObjectKeys {
  private ObjectKeys() {}

  /** The beginning of every entry of a bucket. */
  static byte[] bucket(String bucket) {
    return part(new ByteArrayOutputStream(), bucket, true).toByteArray();
  }

  /** The beginning of every version of an object. */
  static byte[] object(String bucket, String key) {
    return part(part(new ByteArrayOutputStream(), bucket, true), key, true).toByteArray();
  }

  /** The beginning of every entry whose key begins with a prefix. */
  static byte[] prefix(String bucket, String prefix) {
    return part(part(new ByteArrayOutputStream(), bucket, true), prefix, false).toByteArray();
  }

  /** One version. */
  static byte[] version(String bucket, String key, long sequence) {
    byte[] object = object(bucket, key);
    return ByteBuffer.allocate(object.length + 8)
        .put(object)
        .putLong(Long.MAX_VALUE - sequence)
        .array();
  }

  /**
   * Returns the lowest key above everything that begins with these bytes; null if there is none.
   */
  static byte @Nullable [] after(byte[] prefix) {
    byte[] next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (next[i] != (byte) 0xFF) {
        next[i]++;
        return Arrays.copyOf(next, i + 1);
      }
    }
    return null;
  }

  /** Compares as S3 lists: by UTF-8 bytes. */
  static int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteArrayOutputStream part(
      ByteArrayOutputStream out, String text, boolean terminated) {
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet == 0 || octet == 1) {
        out.write(1);
        out.write(octet + 1);
      } else {
        out.write(octet);
      }
    }
    if (terminated) {
      out.write(0);
    }
    return out;
  }
}
