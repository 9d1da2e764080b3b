package dev.cloudtask.localcloud.services.dynamodb;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The ClientRequestTokens of transactions: for ten minutes the same request with the same token is
 * done once.
 */
final class RequestTokens {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int SWEEP = 16;

  /** A request that was done: the digest of what was asked. */
  record Done(String digest, Instant at) {}

  private final StateMap<String, Done> byToken;
  private final StateMap<String, String> byTime;

  RequestTokens(StateStore store) {
    byToken = store.map("dynamodb/tokens", Codec.json(Done.class));
    byTime = store.map("dynamodb/tokens-by-time", Codec.TEXT);
  }

  /**
   * Tells whether this request was done with this token before, and remembers it if not. Inside a
   * change of the store, so that a transaction that fails leaves no token.
   *
   * @throws AwsException IdempotentParameterMismatchException if it was another request
   */
  boolean repeats(String token, JsonObject payload, Instant now) {
    sweep(now);
    String digest = digest(payload);
    Optional<Done> done = byToken.get(token).filter(d -> d.at().plus(KEPT).isAfter(now));
    if (done.isPresent()) {
      if (!done.get().digest().equals(digest)) {
        throw new AwsException(
            "IdempotentParameterMismatchException",
            400,
            "DynamoDB rejected the request because you retried a request with a different payload"
                + " but with an idempotent token that was already used.");
      }
      return true;
    }
    byToken.put(token, new Done(digest, now));
    byTime.put(timeKey(now, token), token);
    return false;
  }

  /** Forgets a few of the oldest: more than are added, so they never pile up. */
  private void sweep(Instant now) {
    for (Map.Entry<String, String> entry :
        byTime.ascending(null, timeKey(now.minus(KEPT), ""), SWEEP)) {
      byTime.remove(entry.getKey());
      byToken.remove(entry.getValue());
    }
  }

  private static String digest(JsonObject payload) {
    return Sha256.hex(payload.toString());
  }

  private static String timeKey(Instant at, String token) {
    return String.format("%016d/%s", at.toEpochMilli(), token);
  }
}
