package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.Caller;
import java.time.Instant;
import java.util.List;

/** Takes log lines of services. */
public interface LogSink {
  /** One event. */
  record LogEvent(Instant at, String message) {}

  /**
   * Writes events into a stream, making group and stream where the writer's policies allow it, as
   * Lambda and API Gateway do. Where they do not, nothing is written and nothing fails (FIDELITY
   * LAM-023).
   *
   * @return whether the events were written
   */
  boolean write(Caller writer, String logGroup, String logStream, List<LogEvent> events);
}
