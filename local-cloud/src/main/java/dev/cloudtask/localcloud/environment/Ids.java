package dev.cloudtask.localcloud.environment;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;

/** Makes the identifiers AWS makes, from an injected source of chance. Thread-safe. */
public final class Ids {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String MIXED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String HEX = "0123456789abcdef";

  private final Random random;

  /** Creates a maker of ids; {@code random} is a SecureRandom, or a seeded one in tests. */
  public Ids(Random random) {
    this.random = random;
  }

  /** Returns a random UUID of version 4. */
  public String uuid() {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(16));
    long high = (bytes.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Returns lower-case letters and digits. */
  public String lower(int length) {
    return from(LOWER, length);
  }

  /** Returns upper-case letters and digits. */
  public String upper(int length) {
    return from(UPPER, length);
  }

  /** Returns letters of both cases and digits. */
  public String mixed(int length) {
    return from(MIXED, length);
  }

  /** Returns lower-case hexadecimal digits. */
  public String hex(int length) {
    return from(HEX, length);
  }

  /** Returns decimal digits. */
  public String digits(int length) {
    return from("0123456789", length);
  }

  /** Returns the Base64 text of so many random bytes. */
  public String base64(int byteCount) {
    return Base64.getEncoder().encodeToString(bytes(byteCount));
  }

  /** Returns random bytes. */
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String from(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
