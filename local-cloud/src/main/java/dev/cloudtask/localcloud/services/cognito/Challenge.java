package dev.cloudtask.localcloud.services.cognito;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that is not finished: what the client was asked and what is needed to judge the answer.
 *
 * @param username the user; for somebody who does not exist, the name that was given
 * @param srp the numbers of an SRP exchange
 * @param used whether it was answered
 */
record Challenge(
    String name,
    String poolId,
    String clientId,
    String username,
    boolean admin,
    @Nullable SrpState srp,
    Instant expiresAt,
    boolean used) {

  /**
   * The server's side of an SRP exchange, numbers in hexadecimal.
   *
   * @param verifier the user's, or a made-up one for somebody who does not exist
   */
  record SrpState(String clientPublic, String secret, String serverPublic, String verifier) {}

  Challenge markUsed() {
    return new Challenge(name, poolId, clientId, username, admin, srp, expiresAt, true);
  }
}
