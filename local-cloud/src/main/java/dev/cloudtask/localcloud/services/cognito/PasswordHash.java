package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.environment.Ids;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 (RFC 8018) for sign-in by password, and the verifier of RFC 5054
 * for sign-in by SRP.
 *
 * @param salt Base64 of 16 random bytes
 * @param hash Base64 of PBKDF2-HMAC-SHA256
 * @param srpSalt hexadecimal
 * @param srpVerifier hexadecimal
 */
record PasswordHash(String salt, String hash, String srpSalt, String srpVerifier) {
  // The state lies in the student's own project and holds made-up users: enough to keep a password
  // from being read there, not so much that a sign-in feels slow.
  private static final int ROUNDS = 20_000;

  static PasswordHash of(UserPool pool, String username, String password, Ids ids) {
    String salt = ids.base64(16);
    String srpSalt = ids.hex(32);
    return new PasswordHash(
        salt,
        derive(salt, password),
        srpSalt,
        Srp.verifier(pool.shortId(), username, password, srpSalt));
  }

  boolean matches(String password) {
    return MessageDigest.isEqual(
        Base64.getDecoder().decode(hash), Base64.getDecoder().decode(derive(salt, password)));
  }

  private static String derive(String salt, String password) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(password.toCharArray(), Base64.getDecoder().decode(salt), ROUNDS, 256);
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return Base64.getEncoder().encodeToString(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
    }
  }
}
