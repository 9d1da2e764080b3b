package dev.cloudtask.localcloud.services.cognito;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user of a pool.
 *
 * @param username unique and for ever; in pools where people sign in by e-mail address, the sub
 * @param attributes all but sub
 * @param password the password, hashed; absent while nobody has set one
 * @param formerPasswords older ones, newest first, as far back as the policy looks
 * @param temporaryUntil when the administrator's password stops working
 * @param groups the names of the groups the user is in
 * @param failures wrong passwords in a row
 * @param lockedUntil when passwords are looked at again
 */
record User(
    String poolId,
    String username,
    String sub,
    Map<String, String> attributes,
    Status status,
    boolean enabled,
    @Nullable PasswordHash password,
    List<PasswordHash> formerPasswords,
    @Nullable Instant temporaryUntil,
    Set<String> groups,
    int failures,
    @Nullable Instant lockedUntil,
    Instant createdAt,
    Instant modifiedAt) {

  /** Where a user stands, in AWS's words. */
  enum Status {
    UNCONFIRMED,
    CONFIRMED,
    FORCE_CHANGE_PASSWORD,
    RESET_REQUIRED
  }

  static User create(
      UserPool pool,
      String username,
      String sub,
      Map<String, String> attributes,
      Status status,
      Instant now) {
    return new User(
        pool.id(),
        username,
        sub,
        Map.copyOf(attributes),
        status,
        true,
        null,
        List.of(),
        null,
        Set.of(),
        0,
        null,
        now,
        now);
  }

  boolean isVerified(String attribute) {
    return "true".equals(attributes.get(attribute + "_verified"));
  }

  User withAttributes(Map<String, String> changed, Instant now) {
    return new User(
        poolId,
        username,
        sub,
        Map.copyOf(changed),
        status,
        enabled,
        password,
        formerPasswords,
        temporaryUntil,
        groups,
        failures,
        lockedUntil,
        createdAt,
        now);
  }

  User withAttribute(String name, String value, Instant now) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    changed.put(name, value);
    return withAttributes(changed, now);
  }

  User withoutAttribute(String name, Instant now) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    changed.remove(name);
    return withAttributes(changed, now);
  }

  User withStatus(Status changed, Instant now) {
    return new User(
        poolId,
        username,
        sub,
        attributes,
        changed,
        enabled,
        password,
        formerPasswords,
        temporaryUntil,
        groups,
        failures,
        lockedUntil,
        createdAt,
        now);
  }

  User withEnabled(boolean changed, Instant now) {
    return new User(
        poolId,
        username,
        sub,
        attributes,
        status,
        changed,
        password,
        formerPasswords,
        temporaryUntil,
        groups,
        failures,
        lockedUntil,
        createdAt,
        now);
  }

  /** Returns this user with another password; what was counted against the old one is forgotten. */
  User withPassword(PasswordHash changed, int remembered, @Nullable Instant until, Instant now) {
    List<PasswordHash> former = new java.util.ArrayList<>();
    if (password != null) {
      former.add(password);
    }
    former.addAll(formerPasswords);
    return new User(
        poolId,
        username,
        sub,
        attributes,
        status,
        enabled,
        changed,
        List.copyOf(former.subList(0, Math.min(remembered, former.size()))),
        until,
        groups,
        0,
        null,
        createdAt,
        now);
  }

  User withGroups(Set<String> changed) {
    return new User(
        poolId,
        username,
        sub,
        attributes,
        status,
        enabled,
        password,
        formerPasswords,
        temporaryUntil,
        Set.copyOf(new LinkedHashSet<>(changed)),
        failures,
        lockedUntil,
        createdAt,
        modifiedAt);
  }

  User withFailures(int count, @Nullable Instant locked) {
    return new User(
        poolId,
        username,
        sub,
        attributes,
        status,
        enabled,
        password,
        formerPasswords,
        temporaryUntil,
        groups,
        count,
        locked,
        createdAt,
        modifiedAt);
  }
}
