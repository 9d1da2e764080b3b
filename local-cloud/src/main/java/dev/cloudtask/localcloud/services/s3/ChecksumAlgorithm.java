package dev.cloudtask.localcloud.services.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The checksums that S3 verifies and keeps.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">
 *     Checking object integrity</a>
 */
enum ChecksumAlgorithm {
  CRC32(4),
  CRC32C(4),
  CRC64NVME(8),
  SHA1(20),
  SHA256(32);

  private final int length;

  ChecksumAlgorithm(int length) {
    this.length = length;
  }

  /** The length of a checksum in bytes. */
  int length() {
    return length;
  }

  /** {@code x-amz-checksum-crc32}. */
  String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /** {@code ChecksumCRC32}. */
  String element() {
    return "Checksum" + name();
  }

  /** Whether parts can be added up to a checksum of the whole object. */
  boolean isLinear() {
    return this == CRC32 || this == CRC32C || this == CRC64NVME;
  }

  static Optional<ChecksumAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Takes bytes piece by piece and returns their checksum. */
  interface Hasher {
    void update(byte[] bytes, int offset, int length);

    byte[] digest();
  }

  Hasher hasher() {
    return switch (this) {
      case CRC32 -> crc(new CRC32());
      case CRC32C -> crc(new CRC32C());
      case CRC64NVME -> crc(new Crc64Nvme());
      case SHA1 -> digest("SHA-1");
      case SHA256 -> digest("SHA-256");
    };
  }

  byte[] of(byte[] content) {
    Hasher hasher = hasher();
    hasher.update(content, 0, content.length);
    return hasher.digest();
  }

  String base64Of(byte[] content) {
    return Base64.getEncoder().encodeToString(of(content));
  }

  private Hasher crc(Checksum checksum) {
    return new Hasher() {
      @Override
      public void update(byte[] bytes, int offset, int count) {
        checksum.update(bytes, offset, count);
      }

      @Override
      public byte[] digest() {
        byte[] all = ByteBuffer.allocate(8).putLong(checksum.getValue()).array();
        return Arrays.copyOfRange(all, 8 - length, 8);
      }
    };
  }

  private static Hasher digest(String name) {
    MessageDigest digest = messageDigest(name);
    return new Hasher() {
      @Override
      public void update(byte[] bytes, int offset, int count) {
        digest.update(bytes, offset, count);
      }

      @Override
      public byte[] digest() {
        return digest.digest();
      }
    };
  }

  static MessageDigest messageDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
