package dev.cloudtask.localcloud.ports;

import com.google.gson.JsonObject;
import java.util.Collection;

/** Judges JSON Web Tokens for API Gateway's authorizers. */
@FunctionalInterface
public interface TokenVerifier {
  /** What the token is worth. */
  sealed interface Result {
    /** Signature, issuer and expiry are right; the claims as they stand in the token. */
    record Valid(JsonObject claims) implements Result {}

    /** All right but for its expiry. */
    record Expired(JsonObject claims) implements Result {}

    /** Not a token of these pools; the reason is for the trace, never for the caller. */
    record Invalid(String reason) implements Result {}
  }

  /**
   * Verifies structure, algorithm, signature, issuer and expiry against user pools. Whether an ID
   * or an access token is wanted is the asker's to judge from {@code token_use}.
   *
   * @param userPoolArns the pools whose tokens count
   */
  Result verify(String token, Collection<String> userPoolArns);
}
