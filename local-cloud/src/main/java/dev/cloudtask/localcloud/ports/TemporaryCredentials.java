package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Issues temporary credentials to callers: what the Security Token Service hands out. */
public interface TemporaryCredentials {
  /**
   * A wish to assume a role.
   *
   * @param lifetime how long the session lasts
   * @param sessionPolicies policies that limit the session, as JSON texts
   * @param externalId for the trust policy's {@code sts:ExternalId}
   */
  record AssumeRole(
      Caller caller,
      String roleArn,
      String sessionName,
      Duration lifetime,
      List<String> sessionPolicies,
      Optional<String> externalId) {}

  /**
   * Temporary credentials.
   *
   * @param owner who they make of their bearer
   */
  record Issued(String accessKeyId, String secret, String token, Instant expiresAt, Caller owner) {
    @Override
    public String toString() {
      return "Issued[" + accessKeyId + ", " + owner.arn() + "]"; // never the secret
    }
  }

  /**
   * Opens a session of a role.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException {@code AccessDenied} if the trust policy
   *     does not allow it or there is no such role, {@code ValidationError} if the role's longest
   *     session is shorter
   */
  Issued assume(AssumeRole wish);

  /** Gives a user, or the account's root, temporary credentials of its own. */
  Issued sessionOf(Caller caller, Duration lifetime);

  /** Returns a caller's unique id: {@code AIDA…}, {@code AROA…:session}, root's the account. */
  String userId(Caller caller);
}
