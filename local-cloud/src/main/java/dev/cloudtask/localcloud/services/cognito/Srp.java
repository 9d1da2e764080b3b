package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.digest.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The server's half of Secure Remote Password as Cognito does it: RFC 5054's arithmetic over the
 * 3072-bit group of RFC 3526, SHA-256, and a key that proves itself by an HMAC.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html">
 *     Sign-in with persistent passwords and secure payload</a>
 */
final class Srp {
  static final BigInteger N =
      new BigInteger(
          """
          FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879\
          8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B\
          0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA4836\
          1C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804\
          F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6\
          955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64\
          ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D226\
          1AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
          08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF\
          """
              .strip(),
          16);
  private static final BigInteger G = BigInteger.TWO;
  private static final BigInteger K = new BigInteger(1, Sha256.of(concat(padded(N), padded(G))));

  private Srp() {}

  /** Returns v = g^x in hexadecimal, x made of salt, pool, user and password. */
  static String verifier(String poolName, String username, String password, String saltHex) {
    byte[] identity =
        Sha256.of((poolName + username + ":" + password).getBytes(StandardCharsets.UTF_8));
    BigInteger x = hash(new BigInteger(saltHex, 16), identity);
    return G.modPow(x, N).toString(16);
  }

  /** Returns B = k·v + g^b. */
  static BigInteger challenge(String verifierHex, BigInteger b) {
    return K.multiply(new BigInteger(verifierHex, 16)).add(G.modPow(b, N)).mod(N);
  }

  /** Tells whether a client's A is one that gives nothing away. */
  static boolean isSafe(BigInteger a) {
    return a.mod(N).signum() != 0;
  }

  /** Returns the key that both sides have if the client knew the password. */
  static byte[] key(BigInteger a, BigInteger bigB, BigInteger b, String verifierHex) {
    BigInteger u = new BigInteger(1, Sha256.of(concat(padded(a), padded(bigB))));
    BigInteger secret = a.multiply(new BigInteger(verifierHex, 16).modPow(u, N)).modPow(b, N);
    byte[] pseudorandom = Sha256.hmac(padded(u), padded(secret));
    byte[] info = concat("Caldera Derived Key".getBytes(StandardCharsets.UTF_8), new byte[] {1});
    return java.util.Arrays.copyOf(Sha256.hmac(pseudorandom, info), 16);
  }

  /** Returns the proof that goes with a key. */
  static byte[] proof(byte[] key, String poolName, String userId, byte[] block, String timestamp) {
    return Sha256.hmac(
        key,
        concat(
            concat((poolName + userId).getBytes(StandardCharsets.UTF_8), block),
            timestamp.getBytes(StandardCharsets.UTF_8)));
  }

  private static BigInteger hash(BigInteger number, byte[] bytes) {
    return new BigInteger(1, Sha256.of(concat(padded(number), bytes)));
  }

  /** Returns a positive number's bytes: whole bytes, and a zero before a leading one bit. */
  private static byte[] padded(BigInteger number) {
    return number.toByteArray();
  }

  static String hex(BigInteger number) {
    return HexFormat.of().formatHex(padded(number));
  }

  private static byte[] concat(byte[] left, byte[] right) {
    byte[] all = java.util.Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }
}
