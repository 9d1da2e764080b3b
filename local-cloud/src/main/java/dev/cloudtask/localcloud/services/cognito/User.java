package dev.cloudtask.localcloud.services.cognito;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
    return with(
        draft -> {
          draft.attributes = Map.copyOf(changed);
          draft.modifiedAt = now;
        });
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
    return with(
        draft -> {
          draft.status = changed;
          draft.modifiedAt = now;
        });
  }

  User withEnabled(boolean changed, Instant now) {
    return with(
        draft -> {
          draft.enabled = changed;
          draft.modifiedAt = now;
        });
  }

  /** Returns this user with another password; what was counted against the old one is forgotten. */
  User withPassword(PasswordHash changed, int remembered, @Nullable Instant until, Instant now) {
    List<PasswordHash> former = new ArrayList<>();
    if (password != null) {
      former.add(password);
    }
    former.addAll(formerPasswords);
    return with(
        draft -> {
          draft.password = changed;
          draft.formerPasswords =
              List.copyOf(former.subList(0, Math.min(remembered, former.size())));
          draft.temporaryUntil = until;
          draft.failures = 0;
          draft.lockedUntil = null;
          draft.modifiedAt = now;
        });
  }

  User withGroups(Set<String> changed) {
    return with(draft -> draft.groups = Set.copyOf(changed));
  }

  User withFailures(int count, @Nullable Instant locked) {
    return with(
        draft -> {
          draft.failures = count;
          draft.lockedUntil = locked;
        });
  }

  private User with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new User(
        poolId,
        username,
        sub,
        draft.attributes,
        draft.status,
        draft.enabled,
        draft.password,
        draft.formerPasswords,
        draft.temporaryUntil,
        draft.groups,
        draft.failures,
        draft.lockedUntil,
        createdAt,
        draft.modifiedAt);
  }

  /** What may change of a user, while it is being changed. */
  private static final class Draft {
    private Map<String, String> attributes;
    private Status status;
    private boolean enabled;
    private @Nullable PasswordHash password;
    private List<PasswordHash> formerPasswords;
    private @Nullable Instant temporaryUntil;
    private Set<String> groups;
    private int failures;
    private @Nullable Instant lockedUntil;
    private Instant modifiedAt;

    Draft(User user) {
      attributes = user.attributes;
      status = user.status;
      enabled = user.enabled;
      password = user.password;
      formerPasswords = user.formerPasswords;
      temporaryUntil = user.temporaryUntil;
      groups = user.groups;
      failures = user.failures;
      lockedUntil = user.lockedUntil;
      modifiedAt = user.modifiedAt;
    }
  }
}
