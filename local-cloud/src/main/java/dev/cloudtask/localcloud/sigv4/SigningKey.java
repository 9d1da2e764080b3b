package dev.cloudtask.localcloud.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that a day, a region and a service have of one secret; signs strings to sign. */
public final class SigningKey {
  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /** Derives the key for a credential scope. */
  public static SigningKey derive(String secret, CredentialScope scope) {
    byte[] day = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
    byte[] region = hmac(day, scope.region());
    byte[] service = hmac(region, scope.service());
    return new SigningKey(hmac(service, "aws4_request"));
  }

  /** Returns the signature of this text in lower-case hexadecimal. */
  public String sign(String text) {
    return HexFormat.of().formatHex(hmac(key, text));
  }

  /** Returns the SHA-256 of bytes in lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
