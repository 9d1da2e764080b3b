package cloudtask;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes task ids that sort, as text, in the order in which they were made: UUIDs of version 7 (<a
 * href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562, 5.7</a>). With such a
 * sort key a DynamoDB Query returns a user's tasks in the order of creation, and no index is
 * needed.
 *
 * <pre>
 *   48 bits milliseconds | 4 bits version | 12 bits counter | 2 bits variant | 62 bits random
 * </pre>
 *
 * <p>Within one object the order is strict: ids of the same millisecond, or of a clock that went
 * back, count on (RFC 9562, 6.2, method 1). Between two of them, which on Lambda is two execution
 * environments, it is as good as their clocks.
 */
final class TaskIds {

  private static final int COUNTER_BITS = 12;
  private static final long VERSION_7 = 7L << COUNTER_BITS;
  private static final long VARIANT = 0b10L << 62;

  private final RandomGenerator random;
  private long lastMillis = -1;
  private int counter;

  /**
   * @param random must not be guessable from the outside: ids are part of URLs
   */
  TaskIds(RandomGenerator random) {
    this.random = random;
  }

  /** Makes ids from the system's secure randomness. */
  static TaskIds secure() {
    return new TaskIds(new SecureRandom());
  }

  /** Makes the next id, for a task created at the given time. */
  synchronized String next(Instant now) {
    long millis = now.toEpochMilli();
    if (millis > lastMillis) {
      lastMillis = millis;
      // Starts anywhere in the lower half, so that at least 2048 more fit into the millisecond.
      counter = random.nextInt(1 << (COUNTER_BITS - 1));
    } else if (++counter == 1 << COUNTER_BITS) {
      lastMillis++; // Full: borrow from the next millisecond rather than lose the order.
      counter = random.nextInt(1 << (COUNTER_BITS - 1));
    }
    long mostSignificant = lastMillis << 16 | VERSION_7 | counter;
    long leastSignificant = VARIANT | random.nextLong() >>> 2;
    return new UUID(mostSignificant, leastSignificant).toString();
  }
}
