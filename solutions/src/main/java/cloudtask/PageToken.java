package cloudtask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Says where the next page of a list begins: opaque to the client, which hands it back as it got
 * it.
 *
 * <p>It holds the last task id of the page before, and a checksum over that and the user. The
 * checksum keeps no secret and needs none: the query takes the user from the caller's claims, so
 * the worst that a forged token can do is to begin elsewhere in the forger's own list. It is there
 * to tell a caller who cut, mistyped or mixed up a token, rather than to show a wrong page.
 */
final class PageToken {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private PageToken() {}

  /** The token for the page after this task of this user. */
  static String encode(String userId, String taskId) {
    byte[] id = taskId.getBytes(UTF_8);
    ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + id.length);
    token.putInt(checksum(userId, taskId)).put(id);
    return ENCODER.encodeToString(token.array());
  }

  /**
   * The task id after which the page begins.
   *
   * @throws Refusal 400, when it is not a token that this user was given
   */
  static String decode(String userId, String token) {
    byte[] bytes = bytes(token);
    if (bytes.length > Integer.BYTES) {
      String taskId = new String(bytes, Integer.BYTES, bytes.length - Integer.BYTES, UTF_8);
      // Compared in full: Base64 has several spellings of the same bytes, and only one is ours.
      if (encode(userId, taskId).equals(token)) {
        return taskId;
      }
    }
    throw invalid();
  }

  private static byte[] bytes(String token) {
    try {
      return DECODER.decode(token);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static Refusal invalid() {
    return Refusal.badRequest("nextToken is not one that this list has given out");
  }

  private static int checksum(String userId, String taskId) {
    CRC32 crc = new CRC32();
    crc.update(userId.getBytes(UTF_8));
    crc.update(taskId.getBytes(UTF_8));
    return (int) crc.getValue();
  }
}
