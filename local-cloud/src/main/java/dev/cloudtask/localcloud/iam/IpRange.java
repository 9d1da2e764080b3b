package dev.cloudtask.localcloud.iam;

import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a bare address is a range of
 * one.
 *
 * <p>Reads numbers only: the JDK's own reader would look names up.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by contains() only
record IpRange(byte[] network, int prefix) {
  /** Reads a range; nothing if it is not one. */
  static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = address.get().length * 8;
    int prefix = slash < 0 ? bits : number(text.substring(slash + 1), bits, 10);
    return prefix < 0 ? Optional.empty() : Optional.of(new IpRange(address.get(), prefix));
  }

  /** Tells whether every address of another range is in this one. */
  boolean contains(IpRange other) {
    if (other.network.length != network.length || other.prefix < prefix) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((network[bit / 8] & mask) != (other.network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  boolean isVersion4() {
    return network.length == 4;
  }

  private static Optional<byte[]> address(String text) {
    return text.indexOf(':') < 0 ? version4(text) : version6(text);
  }

  private static Optional<byte[]> version4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int number = number(parts[i], 255, 10);
      if (number < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) number;
    }
    return Optional.of(bytes);
  }

  private static Optional<byte[]> version6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    int missing = 8 - head.length - tail.length;
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    String[] all = Arrays.copyOf(head, 8);
    Arrays.fill(all, head.length, 8 - tail.length, "0");
    System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
    byte[] bytes = new byte[16];
    for (int i = 0; i < 8; i++) {
      int number = number(all[i], 0xFFFF, 16);
      if (number < 0) {
        return Optional.empty();
      }
      bytes[2 * i] = (byte) (number >> 8);
      bytes[2 * i + 1] = (byte) number;
    }
    return Optional.of(bytes);
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static int number(String text, int most, int radix) {
    if (text.isEmpty() || text.length() > 4 || text.startsWith("+") || text.startsWith("-")) {
      return -1;
    }
    try {
      int number = Integer.parseInt(text, radix);
      return number <= most ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
