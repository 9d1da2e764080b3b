package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.Caller;
import java.time.Instant;
import java.util.Optional;

/** Knows the access keys the cloud has issued. */
@FunctionalInterface
public interface CredentialSource {
  /**
   * A known key.
   *
   * @param sessionToken what must come with it, for temporary credentials
   * @param expiresAt when it stops working, for temporary credentials
   */
  record AccessKey(
      String id,
      String secret,
      Optional<String> sessionToken,
      Optional<Instant> expiresAt,
      Caller owner) {
    @Override
    public String toString() {
      return "AccessKey[" + id + ", " + owner.arn() + "]"; // never the secret
    }
  }

  /** Finds an access key by its id. */
  Optional<AccessKey> find(String accessKeyId);
}
