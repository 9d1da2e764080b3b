package dev.cloudtask.localcloud.services.dynamodb.item;

import dev.cloudtask.localcloud.protocol.AwsException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * DynamoDB's numbers: up to 38 significant digits, from 1E-130 to 9.99…E+125 and their negatives,
 * and zero.
 *
 * <p>The bytes of a number are ordered as the number is: a sign byte (1 negative, 2 zero, 3
 * positive), the exponent of the first digit, the digits in pairs plus one, and an end mark that is
 * lower than any pair. Negatives have everything after the sign inverted.
 */
public final class Numbers {
  private static final int MOST_DIGITS = 38;
  private static final int LARGEST_EXPONENT = 125;
  private static final int SMALLEST_EXPONENT = -130;
  private static final int LONGEST_TEXT = 500;

  private Numbers() {}

  /**
   * Reads a number.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static BigDecimal parse(String text) {
    if (text.isEmpty()) {
      throw invalid("The parameter cannot be converted to a numeric value");
    }
    return checked(parseDecimal(text));
  }

  private static BigDecimal parseDecimal(String text) {
    BigDecimal parsed = null;
    // A BigDecimal of a million digits, or of exponent 2^31, would cost more than it is worth.
    if (text.length() <= LONGEST_TEXT
        && text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?")) {
      parsed = new BigDecimal(text);
    }
    if (parsed == null) {
      throw invalid("The parameter cannot be converted to a numeric value: " + text);
    }
    return parsed;
  }

  /**
   * Checks a number's range and takes its trailing zeros away.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static BigDecimal checked(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    int exponent = exponent(stripped);
    if (exponent > LARGEST_EXPONENT) {
      throw invalid(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < SMALLEST_EXPONENT) {
      throw invalid(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    if (stripped.precision() > MOST_DIGITS) {
      throw invalid("Attempting to store more than 38 significant digits in a Number");
    }
    return stripped;
  }

  /** Returns a number as DynamoDB prints it: plain digits, never an exponent. */
  public static String print(BigDecimal number) {
    return number.toPlainString();
  }

  /** Returns a number's size in bytes: digits in pairs, an exponent byte, a byte if negative. */
  public static int size(BigDecimal number) {
    if (number.signum() == 0) {
      return 1;
    }
    int digits = number.precision();
    // Pairs are aligned to even powers of ten, so an odd start costs half a pair.
    boolean leadingHalf = exponent(number) % 2 == 0;
    int pairs = (digits + (leadingHalf ? 1 : 0) + 1) / 2;
    return 1 + pairs + (number.signum() < 0 ? 1 : 0);
  }

  /** Returns the bytes of a number, in the order of numbers. */
  public static byte[] toBytes(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {2};
    }
    boolean negative = number.signum() < 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream(24);
    out.write(negative ? 1 : 3);
    int flip = negative ? 0xFF : 0;
    out.write((exponent(number) - SMALLEST_EXPONENT) ^ flip);
    String digits = number.unscaledValue().abs().toString();
    for (int i = 0; i < digits.length(); i += 2) {
      int high = digits.charAt(i) - '0';
      int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      out.write((high * 10 + low + 1) ^ flip);
    }
    out.write(flip);
    return out.toByteArray();
  }

  /** Returns the number of these bytes. */
  public static BigDecimal fromBytes(byte[] bytes) {
    if (bytes[0] == 2) {
      return BigDecimal.ZERO;
    }
    boolean negative = bytes[0] == 1;
    int flip = negative ? 0xFF : 0;
    int exponent = ((bytes[1] & 0xFF) ^ flip) + SMALLEST_EXPONENT;
    StringBuilder digits = new StringBuilder();
    for (int i = 2; i < bytes.length - 1; i++) {
      int pair = ((bytes[i] & 0xFF) ^ flip) - 1;
      digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
    }
    BigDecimal magnitude =
        new BigDecimal(new BigInteger(digits.toString()), digits.length() - 1 - exponent);
    return (negative ? magnitude.negate() : magnitude).stripTrailingZeros();
  }

  private static int exponent(BigDecimal stripped) {
    return stripped.precision() - stripped.scale() - 1;
  }

  private static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
