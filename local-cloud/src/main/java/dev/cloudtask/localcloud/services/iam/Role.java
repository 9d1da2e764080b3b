package dev.cloudtask.localcloud.services.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role as stored.
 *
 * @param id {@code AROA…}
 * @param trust the trust policy as JSON text
 * @param maxSessionSeconds the longest session, in seconds
 */
record Role(
    String name,
    String path,
    String id,
    String arn,
    Instant createdAt,
    String trust,
    @Nullable String description,
    int maxSessionSeconds,
    Grants grants) {

  Role withGrants(Grants changed) {
    return new Role(name, path, id, arn, createdAt, trust, description, maxSessionSeconds, changed);
  }

  Role withTrust(String changed) {
    return new Role(
        name, path, id, arn, createdAt, changed, description, maxSessionSeconds, grants);
  }

  Role with(@Nullable String newDescription, int newMaxSessionSeconds) {
    return new Role(
        name, path, id, arn, createdAt, trust, newDescription, newMaxSessionSeconds, grants);
  }
}
