package dev.cloudtask.lab;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time in the cloud: the machine's, plus what a test has moved it by. After each test it is the
 * machine's again. Only local-cloud's time can be moved.
 */
public final class LabClock extends Clock {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  LabClock() {}

  /** Lets this much time pass in the cloud, at once. */
  public void advance(Duration time) {
    ahead.updateAndGet(so -> so.plus(time));
  }

  void reset() {
    ahead.set(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("all time in the cloud is UTC");
  }
}
