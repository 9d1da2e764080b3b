package dev.cloudtask.localcloud.services.iam;

import java.time.Instant;

/**
 * A user as stored.
 *
 * @param id {@code AIDA…}
 */
record User(String name, String path, String id, String arn, Instant createdAt, Grants grants) {
  User withGrants(Grants changed) {
    return new User(name, path, id, arn, createdAt, changed);
  }
}
