package dev.cloudtask.localcloud.sigv4;

import dev.cloudtask.localcloud.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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

  private static byte[] hmac(byte[] key, String text) {
    return Sha256.hmac(key, text.getBytes(StandardCharsets.UTF_8));
  }
}
