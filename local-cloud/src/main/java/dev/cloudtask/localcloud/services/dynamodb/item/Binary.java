package dev.cloudtask.localcloud.services.dynamodb.item;

import java.util.Arrays;
import java.util.Base64;

/** An immutable byte string, in unsigned order. */
public final class Binary implements Comparable<Binary> {
  private final byte[] bytes;

  private Binary(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies bytes. */
  public static Binary of(byte[] bytes) {
    return new Binary(bytes.clone());
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Returns the bytes in Base64. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Tells whether these bytes begin with others. */
  public boolean startsWith(Binary prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  /** Tells whether others occur within these bytes. */
  public boolean contains(Binary part) {
    int size = part.bytes.length;
    for (int i = 0; i + size <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + size, part.bytes, 0, size)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int compareTo(Binary other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toBase64();
  }
}
