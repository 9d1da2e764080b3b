package cloudtask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TaskIdsTest {

  private static final Instant NOW = Instant.parse("2025-11-07T12:34:56.789Z");

  private final TaskIds ids = new TaskIds(new Random(7));

  @Test
  void areUuidsOfVersion7() {
    UUID id = UUID.fromString(ids.next(NOW));

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void areAllOfTheSameVariant() {
    for (int i = 0; i < 100; i++) {
      assertThat(UUID.fromString(ids.next(NOW)).variant()).isEqualTo(2);
    }
  }

  @Test
  void keepTheirMillisecondUntilItsCounterIsFull() {
    for (int i = 0; i < 2048; i++) {
      UUID id = UUID.fromString(ids.next(NOW));
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
  }

  @Test
  void growWithinOneMillisecondAndBeyondItsCounter() {
    String last = ids.next(NOW);
    for (int i = 0; i < 20_000; i++) {
      String next = ids.next(NOW);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(UUID.fromString(last).version()).isEqualTo(7);
  }

  @Test
  void growWhenTheClockGoesBack() {
    String later = ids.next(NOW);

    assertThat(ids.next(NOW.minusSeconds(60))).isGreaterThan(later);
  }

  @Test
  void growWithTime() {
    String earlier = ids.next(NOW);

    assertThat(ids.next(NOW.plusMillis(1))).isGreaterThan(earlier);
  }

  @Test
  void differBetweenExecutionEnvironmentsOfTheSameMillisecond() {
    Set<String> seen = new HashSet<>();
    for (int environment = 0; environment < 1000; environment++) {
      seen.add(TaskIds.secure().next(NOW));
    }
    assertThat(seen).hasSize(1000);
  }
}
