package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What authorizers' functions said, for as long as it counts. At most {@link #CAPACITY} answers.
 */
final class DecisionCache {
  private static final int CAPACITY = 10_000;

  private record Kept(JsonObject output, Instant until) {}

  private final Clock clock;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > CAPACITY;
        }
      };

  DecisionCache(Clock clock) {
    this.clock = clock;
  }

  synchronized Optional<JsonObject> get(String key) {
    Kept found = kept.get(key);
    if (found == null || !clock.instant().isBefore(found.until())) {
      kept.remove(key);
      return Optional.empty();
    }
    return Optional.of(found.output());
  }

  synchronized void put(String key, JsonObject output, int seconds) {
    kept.put(key, new Kept(output, clock.instant().plusSeconds(seconds)));
  }

  /** Forgets everything of a stage. */
  synchronized void forget(String apiId, String stageName) {
    kept.keySet().removeIf(key -> key.startsWith(apiId + "\n" + stageName + "\n"));
  }
}
