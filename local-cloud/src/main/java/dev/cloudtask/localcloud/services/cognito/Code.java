package dev.cloudtask.localcloud.services.cognito;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code that was mailed to a user; the newest one counts, once.
 *
 * @param attribute the attribute it proves, {@code email}
 * @param value the value of it that the code was sent to, where the attribute does not have it yet
 */
record Code(String code, String attribute, @Nullable String value, Instant expiresAt) {

  /** What a code is for. A user has one code for each at most. */
  enum Purpose {
    /** Lifetimes: Quotas in Amazon Cognito, "code security". */
    SIGN_UP(Duration.ofHours(24)),
    PASSWORD(Duration.ofHours(1)),
    EMAIL(Duration.ofHours(24));

    private final Duration life;

    Purpose(Duration life) {
      this.life = life;
    }

    Duration life() {
      return life;
    }
  }
}
