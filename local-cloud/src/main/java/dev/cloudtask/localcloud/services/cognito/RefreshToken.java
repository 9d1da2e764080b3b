package dev.cloudtask.localcloud.services.cognito;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh token stands for; the token itself is kept as a hash only.
 *
 * @param worksUntil set when rotation has replaced it: the end of its grace
 */
record RefreshToken(
    String poolId, String sub, String originJti, Instant expiresAt, @Nullable Instant worksUntil) {}
