package dev.cloudtask.localcloud.services.cognito;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of Cognito's SRP, written from the protocol's side as Amplify does it. */
final class SrpClient {
  private static final BigInteger G = BigInteger.valueOf(2);

  private final BigInteger n = Srp.N;
  private final BigInteger secret;
  private final BigInteger publicValue;

  SrpClient(BigInteger secret) {
    this.secret = secret;
    this.publicValue = G.modPow(secret, n);
  }

  String publicHex() {
    return publicValue.toString(16);
  }

  byte[] proof(
      String poolName,
      String userId,
      String password,
      String saltHex,
      String serverHex,
      byte[] block,
      String timestamp) {
    BigInteger server = new BigInteger(serverHex, 16);
    BigInteger k = number(sha(n.toByteArray(), G.toByteArray()));
    BigInteger u = number(sha(publicValue.toByteArray(), server.toByteArray()));
    byte[] identity = sha(text(poolName + userId + ":" + password));
    BigInteger x = number(sha(new BigInteger(saltHex, 16).toByteArray(), identity));
    BigInteger base = server.subtract(k.multiply(G.modPow(x, n)));
    BigInteger s = base.modPow(secret.add(u.multiply(x)), n).mod(n);
    byte[] pseudorandom = hmac(u.toByteArray(), s.toByteArray());
    byte[] key = Arrays.copyOf(hmac(pseudorandom, text("Caldera Derived Key"), new byte[] {1}), 16);
    return hmac(key, text(poolName), text(userId), block, text(timestamp));
  }

  private static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] sha(byte[]... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(joined(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(joined(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
