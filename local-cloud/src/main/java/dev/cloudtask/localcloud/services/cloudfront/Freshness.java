package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How long an answer is kept.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html">Manage
 *     how long content stays in the cache</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 *     CloudFront processes error codes</a>
 */
final class Freshness {
  private static final long ERROR_MIN_TTL = 10;
  private static final Set<Integer> CACHED_ERRORS = Set.of(404, 414, 500, 501, 502, 503, 504);
  private static final Set<Integer> KEPT = Set.of(200, 203, 204, 206, 301, 302, 303, 307, 308, 410);

  private Freshness() {}

  /** Returns how many seconds to keep an answer; nothing to not keep it. */
  static OptionalLong seconds(
      HttpResponse response, CachePolicy policy, Optional<Long> errorMinTtl, Instant now) {
    Optional<String> control =
        response.headers().first("Cache-Control").map(text -> text.toLowerCase(Locale.ROOT));
    OptionalLong stated = stated(response, control, now);
    if (response.status() >= 400 && response.status() != 410) {
      long least = errorMinTtl.orElse(ERROR_MIN_TTL);
      boolean always = CACHED_ERRORS.contains(response.status());
      if (!always && stated.isEmpty()) {
        return OptionalLong.empty();
      }
      return kept(Math.max(least, Math.min(stated.orElse(least), policy.maxTtl())));
    }
    if (!KEPT.contains(response.status())) {
      return OptionalLong.empty();
    }
    boolean forbidden =
        control.isPresent()
            && (control.get().contains("no-store")
                || control.get().contains("no-cache")
                || control.get().contains("private"));
    if (forbidden) {
      return kept(Math.min(policy.minTtl(), policy.maxTtl()));
    }
    long wanted = stated.orElse(policy.defaultTtl());
    return kept(Math.min(Math.max(wanted, policy.minTtl()), policy.maxTtl()));
  }

  private static OptionalLong kept(long seconds) {
    return seconds <= 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  private static OptionalLong stated(HttpResponse response, Optional<String> control, Instant now) {
    for (String directive : new String[] {"s-maxage=", "max-age="}) {
      if (control.isPresent()) {
        for (String part : control.get().split(",")) {
          String value = part.strip();
          if (value.startsWith(directive)
              && value.substring(directive.length()).matches("\\d{1,15}")) {
            return OptionalLong.of(Long.parseLong(value.substring(directive.length())));
          }
        }
      }
    }
    Optional<String> expires = response.headers().first("Expires");
    if (expires.isPresent()) {
      try {
        Instant until =
            ZonedDateTime.parse(expires.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return OptionalLong.of(Math.max(0, Duration.between(now, until).toSeconds()));
      } catch (DateTimeParseException e) {
        return OptionalLong.of(0); // RFC 9111: an invalid date means already expired
      }
    }
    return OptionalLong.empty();
  }
}
