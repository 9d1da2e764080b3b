package dev.cloudtask.localcloud.services.apigateway.execute;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Token buckets, one for each stage and method that has a limit of its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html">Throttle
 *     requests to your REST APIs</a>
 */
final class Throttle {
  private record Bucket(double tokens, Instant at) {}

  private static final double NANOS = 1e9;

  private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** Takes one token; tells whether there was one. */
  boolean admits(String key, int burst, double ratePerSecond, Instant now) {
    boolean[] admitted = new boolean[1];
    buckets.compute(
        key,
        (name, before) -> {
          double tokens = burst;
          if (before != null) {
            double elapsed = Duration.between(before.at(), now).toNanos() / NANOS;
            tokens = Math.min(burst, before.tokens() + Math.max(0, elapsed) * ratePerSecond);
          }
          admitted[0] = tokens >= 1;
          return new Bucket(admitted[0] ? tokens - 1 : tokens, now);
        });
    return admitted[0];
  }
}
