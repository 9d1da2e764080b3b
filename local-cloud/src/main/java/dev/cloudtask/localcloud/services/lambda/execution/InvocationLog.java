package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.ports.LogSink;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of one environment on its way out: what belongs to the invocation at hand, for the tail
 * that a caller may ask for, and what is still to be written.
 */
final class InvocationLog {
  /** How much of the log a caller gets, in bytes. */
  static final int TAIL = 4096;

  private final Clock clock;
  private final List<LogSink.LogEvent> pending = new ArrayList<>();
  private final StringBuilder tail = new StringBuilder();

  InvocationLog(Clock clock) {
    this.clock = clock;
  }

  /** Forgets the tail of the invocation before. */
  synchronized void begin() {
    tail.setLength(0);
  }

  /** Adds a line; it gets the newline that all lines of the platform and of print have. */
  synchronized void line(String text) {
    add(text + "\n");
  }

  /** Adds an event as it is. */
  synchronized void add(String message) {
    pending.add(new LogSink.LogEvent(clock.instant(), message));
    tail.append(message.endsWith("\n") ? message : message + "\n");
    if (tail.length() > 16 * TAIL) {
      tail.delete(0, tail.length() - 4 * TAIL);
    }
  }

  /** Returns the last 4 KB since {@link #begin}. */
  synchronized byte[] tail() {
    byte[] bytes = tail.toString().getBytes(StandardCharsets.UTF_8);
    return bytes.length <= TAIL
        ? bytes
        : Arrays.copyOfRange(bytes, bytes.length - TAIL, bytes.length);
  }

  /** Takes what has not been written yet. */
  synchronized List<LogSink.LogEvent> drain() {
    List<LogSink.LogEvent> events = List.copyOf(pending);
    pending.clear();
    return events;
  }
}
