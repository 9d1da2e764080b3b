package dev.cloudtask.localcloud.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986, lenient in reading and strict in writing, as AWS is. */
public final class PercentEncoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Decodes {@code %XX}; leaves malformed escapes and {@code +} as they are. */
  public static String decode(String text) {
    return decode(text, false);
  }

  /** Decodes a form value: as {@link #decode(String)}, and {@code +} is a space. */
  public static String decodeForm(String text) {
    return decode(text, true);
  }

  private static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length) {
        int high = Character.digit((char) in[i + 1], 16);
        int low = Character.digit((char) in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          out.write(high * 16 + low);
          i += 2;
          continue;
        }
      }
      out.write(plusIsSpace && in[i] == '+' ? ' ' : in[i]);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Encodes everything but unreserved characters, slashes included (the form SigV4 calls
   * UriEncode).
   */
  public static String encode(String text) {
    return encode(text, false);
  }

  /** Encodes everything but unreserved characters and slashes. */
  public static String encodePath(String text) {
    return encode(text, true);
  }

  private static String encode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (UNRESERVED.indexOf(c) >= 0 || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
