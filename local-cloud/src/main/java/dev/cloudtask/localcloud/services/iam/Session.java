package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.Caller;
import java.time.Instant;
import java.util.List;

/**
 * Temporary credentials as stored.
 *
 * @param id {@code ASIA…}
 * @param kind whose session: {@code role}, {@code user} or {@code root}
 * @param name the role's or user's name
 * @param ownerId the role's unique id, or the user's path
 */
record Session(
    String id,
    String secret,
    String token,
    Instant expiresAt,
    String kind,
    String name,
    String ownerId,
    String sessionName,
    List<String> policies) {

  Caller owner(String accountId) {
    return switch (kind) {
      case "role" -> new Caller.AssumedRole(accountId, name, ownerId, sessionName, policies);
      case "user" -> new Caller.User(accountId, name, ownerId);
      default -> new Caller.Root(accountId);
    };
  }

  @Override
  public String toString() {
    return "Session[" + id + ", " + kind + " " + name + "]"; // never the secret
  }
}
