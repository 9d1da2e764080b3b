package dev.cloudtask.localcloud.services.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of keys, whose unsigned order is DynamoDB's: strings by their UTF-8, numbers by value,
 * binaries by unsigned byte; partitions in the order of a hash.
 *
 * <p>Each component ends with {@code 00 00}, and a zero byte within it is written {@code 00 FF}: so
 * no component runs into the next, and a prefix of a value is a prefix of its bytes.
 */
public final class KeyBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

  /** Begins with a partition: four bytes of its hash, then its value. */
  public static KeyBytes partition(AttributeValue value) {
    KeyBytes key = new KeyBytes();
    byte[] raw = raw(value);
    int hash = hash(raw);
    key.out.write(hash >>> 24);
    key.out.write(hash >>> 16);
    key.out.write(hash >>> 8);
    key.out.write(hash);
    return key.component(raw, true);
  }

  /** Adds a further component. */
  public KeyBytes then(AttributeValue value) {
    return component(raw(value), true);
  }

  /** Adds the beginning of a component: everything but its end mark. */
  public KeyBytes thenPrefix(AttributeValue value) {
    return component(raw(value), false);
  }

  /** Returns the bytes. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private KeyBytes component(byte[] raw, boolean ended) {
    for (byte b : raw) {
      out.write(b);
      if (b == 0) {
        out.write(0xFF);
      }
    }
    if (ended) {
      out.write(0);
      out.write(0);
    }
    return this;
  }

  /** Returns the least bytes above everything that begins with these; null if there are none. */
  public static byte @Nullable [] afterPrefix(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }

  /** Returns the least bytes above these. */
  public static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** Returns the first bytes of the hashes from this one on; hashes are unsigned 32-bit. */
  public static byte[] hashStart(long hash) {
    return new byte[] {
      (byte) (hash >>> 24), (byte) (hash >>> 16), (byte) (hash >>> 8), (byte) hash
    };
  }

  private static byte[] raw(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return text.value().getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof AttributeValue.Decimal decimal) {
      return Numbers.toBytes(decimal.value());
    }
    if (value instanceof AttributeValue.Blob blob) {
      return blob.value().toBytes();
    }
    throw new IllegalArgumentException("no key is of type " + value.type());
  }

  private static int hash(byte[] raw) {
    CRC32 crc = new CRC32();
    crc.update(raw);
    // CRC32 of neighbours differs in few bits; this spreads them (the finaliser of MurmurHash3).
    int hash = (int) crc.getValue();
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    hash ^= hash >>> 16;
    return hash;
  }
}
