package dev.cloudtask.localcloud.services.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.LogSink.LogEvent;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What other services' lines come to; the rights are given by hand here, as IAM would give them.
 */
class LogSinkTest {
  private static final String GROUP = "/aws/lambda/f";
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Caller FUNCTION =
      new Caller.AssumedRole("000000000000", "Worker", "AROA1", "f");

  private Set<String> allowed = Set.of();
  private Instant now = START;
  private final CloudEnvironment environment =
      new CloudEnvironment(
          "000000000000",
          "us-east-1",
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public java.time.ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          },
          new Ids(new Random(1)),
          MvStateStore.inMemory(),
          new Tracer());
  private final LogStore store = new LogStore(environment);
  private final LogLines lines = new LogLines(store, this::decide);

  private Verdict decide(AccessRequest request, Span span) {
    return new Verdict(allowed.contains(request.action()), "", "", "");
  }

  private boolean write(String stream, String... messages) {
    List<LogEvent> events = new ArrayList<>();
    for (String message : messages) {
      events.add(new LogEvent(now, message));
    }
    return lines.write(FUNCTION, GROUP, stream, events);
  }

  private List<String> messages() {
    List<String> found = new ArrayList<>();
    store
        .events()
        .forward(
            GROUP,
            Events.start(store.oldest(store.group(GROUP))),
            Optional.empty(),
            event -> found.add(event.message()));
    return found;
  }

  @Test
  @Fact("LAM-023")
  void write_withoutRights_leavesNothing_andFailsNowhere() {
    assertThat(write("s", "line")).isFalse();
    assertThat(store.findGroup(GROUP)).isEmpty();

    allowed = Set.of("logs:CreateLogGroup", "logs:CreateLogStream");
    assertThat(write("s", "line")).isFalse();
    assertThat(messages()).isEmpty();
  }

  @Test
  void write_withRights_makesGroupAndStream() {
    allowed = Set.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");

    assertThat(write("s", "START", "END")).isTrue();
    assertThat(messages()).containsExactly("START", "END");
  }

  @Test
  void write_ofAnExistingGroup_needsNoRightToMakeIt() {
    store.createGroup(GROUP, java.util.Map.of());
    allowed = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

    assertThat(write("s", "line")).isTrue();
  }

  @Test
  void retention_removesWhatHasExpired() {
    allowed = Set.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");
    write("s", "old");
    store.change(store.group(GROUP).withRetention(1));
    now = START.plus(Duration.ofHours(25));

    assertThat(messages()).isEmpty();
    write("s", "new");
    assertThat(messages()).containsExactly("new");
    assertThat(store.events().usage(GROUP).events()).isEqualTo(1);
  }

  @Test
  void group_keepsOnlyTheNewest_whenItIsFull() {
    allowed = Set.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      now = START.plusMillis(i);
      write("s", i + megabyte);
    }

    List<String> kept = messages();
    assertThat(kept.get(kept.size() - 1)).startsWith("39x");
    assertThat(store.events().usage(GROUP).bytes()).isLessThanOrEqualTo(Events.MOST_BYTES);
    assertThat(kept).hasSizeBetween(25, 32);
    store.deleteGroup(GROUP);
    assertThat(store.events().usage(GROUP)).isEqualTo(Events.Usage.NONE);
  }
}
