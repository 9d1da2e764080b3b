package dev.cloudtask.localcloud.services.iam;

import java.time.Instant;

/**
 * A user's access key.
 *
 * @param id {@code AKIA…}
 */
record LongTermKey(String id, String secret, String userName, boolean active, Instant createdAt) {
  LongTermKey withActive(boolean changed) {
    return new LongTermKey(id, secret, userName, changed, createdAt);
  }

  @Override
  public String toString() {
    return "LongTermKey[" + id + "]"; // never the secret
  }
}
