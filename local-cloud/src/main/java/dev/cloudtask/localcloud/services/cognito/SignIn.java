package dev.cloudtask.localcloud.services.cognito;

import java.time.Instant;

/**
 * A sign-in and all the tokens that came of it.
 *
 * @param originJti its id, in every one of its tokens
 * @param at when the password was given
 * @param expiresAt when its last refresh token ends
 * @param revoked whether it was ended before its time
 */
record SignIn(
    String originJti,
    String poolId,
    String clientId,
    String username,
    String sub,
    Instant at,
    Instant expiresAt,
    boolean revoked) {

  SignIn end() {
    return new SignIn(originJti, poolId, clientId, username, sub, at, expiresAt, true);
  }
}
