package dev.cloudtask.localcloud.services.apigateway.execute;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What CloudWatch and the console's test show of how a request fared. */
final class ExecutionLog {
  /** A line; errors are logged from the level ERROR on, the others with INFO. */
  record Line(Instant at, String text, boolean error, boolean data) {}

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String requestId;
  private final Clock clock;
  private final List<Line> lines = new ArrayList<>();

  ExecutionLog(String requestId, Clock clock) {
    this.requestId = requestId;
    this.clock = clock;
  }

  void info(String text) {
    lines.add(new Line(clock.instant(), text, false, false));
  }

  /** A line with a body or headers: only where data tracing is on. */
  void data(String text) {
    lines.add(new Line(clock.instant(), text, false, true));
  }

  void error(String text) {
    lines.add(new Line(clock.instant(), text, true, false));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Returns the log as TestInvokeMethod shows it. */
  String text() {
    StringBuilder text = new StringBuilder("Execution log for request " + requestId + "\n");
    lines.forEach(
        line -> text.append(TIME.format(line.at())).append(" : ").append(line.text()).append('\n'));
    return text.toString();
  }
}
