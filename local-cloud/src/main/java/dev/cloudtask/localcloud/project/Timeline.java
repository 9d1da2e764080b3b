package dev.cloudtask.localcloud.project;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long each part of a start took, from the birth of this JVM. Printed as it happens.
 *
 * <p>Whoever starts the JVM says when, in the system property {@value #BORN}. A system that is
 * asked instead may be wrong by a second: Linux counts from its own start, which it gives in whole
 * seconds.
 */
final class Timeline {
  /** When the command to start this JVM was given, in milliseconds since 1970. */
  static final String BORN = "localcloud.born";

  private final Clock clock;
  private final Instant born;
  private final Map<String, Long> millis = new LinkedHashMap<>();
  private long last;

  Timeline(Clock clock) {
    this.clock = clock;
    this.born =
        Optional.ofNullable(Long.getLong(BORN))
            .map(Instant::ofEpochMilli)
            .or(() -> ProcessHandle.current().info().startInstant())
            .orElseGet(clock::instant);
  }

  /** Notes that a part is done and says so. */
  void done(String part, String words) {
    long now = sinceBirth();
    millis.put(part, now - last);
    System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", now / 1000.0, words);
    last = now;
  }

  /** Returns the parts' durations in milliseconds, and {@code total} since the JVM's birth. */
  Map<String, Long> millis() {
    Map<String, Long> all = new LinkedHashMap<>(millis);
    all.put("total", last);
    return all;
  }

  private long sinceBirth() {
    return Math.max(last, Duration.between(born, clock.instant()).toMillis());
  }
}
