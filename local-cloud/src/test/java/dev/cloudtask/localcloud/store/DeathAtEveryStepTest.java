package dev.cloudtask.localcloud.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the process leaves that dies between any two writes to the state's file, or in the middle of
 * one: every change that was acknowledged, and nothing of another but the whole of it.
 */
class DeathAtEveryStepTest {
  private static final int CHANGES = 240;

  @TempDir Path folder;

  private final List<String> wrong = new ArrayList<>();

  /**
   * The state after each change, and how many steps the file had taken when it was acknowledged.
   */
  private record History(List<Map<String, String>> states, List<Integer> acknowledgedAt) {
    int acknowledgedBy(int steps) {
      int count = 0;
      while (count < acknowledgedAt.size() && acknowledgedAt.get(count) <= steps) {
        count++;
      }
      return count;
    }
  }

  static LongStream seeds() {
    return Boolean.getBoolean("cloudtask.thorough") ? LongStream.range(0, 60) : LongStream.of(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAcknowledged_isThere_andNothingIsHalfDone(long seed) throws IOException {
    Path file = folder.resolve("state.db");
    History history = live(file, new Random(seed));
    List<RecordedFile.Step> steps = RecordedFile.steps();

    Random cut = new Random(seed);
    RecordedFile.Image image = new RecordedFile.Image();
    int tried = 0;
    for (int i = 0; i < steps.size(); i++) {
      RecordedFile.Step step = steps.get(i);
      expect(history, i, image.content(), "before step " + i);
      if (step.bytes().length > 1) {
        int some = 1 + cut.nextInt(step.bytes().length - 1);
        expect(history, i, image.torn(step, some), "within step " + i);
      }
      tried++;
      image.apply(step);
    }
    expect(history, steps.size(), image.content(), "at the end");
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(CHANGES);
  }

  /** Changes of several keys in two maps, small and large, with compaction every few commits. */
  private History live(Path file, Random random) {
    Map<String, String> state = new TreeMap<>();
    History history = new History(new ArrayList<>(), new ArrayList<>());
    history.states().add(Map.of());
    String name = RecordedFile.name(SteadyFilePath.name(file.toString()));
    try (MvStateStore store = MvStateStore.open(file, name, 8)) {
      StateMap<String, String> one = store.map("one", Codec.TEXT);
      StateMap<String, String> two = store.map("two", Codec.TEXT);
      for (int n = 0; n < CHANGES; n++) {
        int change = n;
        store.write(
            () -> {
              for (int k = 0; k < 3; k++) {
                String key = "k" + random.nextInt(40);
                StateMap<String, String> map = k == 2 ? two : one;
                String label = (k == 2 ? "two/" : "one/") + key;
                if (random.nextInt(4) == 0) {
                  map.remove(key);
                  state.remove(label);
                } else {
                  String value = change + ":" + "x".repeat(random.nextInt(8_000));
                  map.put(key, value);
                  state.put(label, value);
                }
              }
              one.put("last", Integer.toString(change));
              state.put("one/last", Integer.toString(change));
            });
        history.states().add(new HashMap<>(state));
        history.acknowledgedAt().add(RecordedFile.stepCount());
      }
    }
    return history;
  }

  private void expect(History history, int steps, byte[] image, String when) throws IOException {
    Path file = folder.resolve("left.db");
    Files.write(file, image);
    Map<String, String> found = new HashMap<>();
    try (MvStateStore store = MvStateStore.open(file)) {
      for (String map : List.of("one", "two")) {
        store
            .map(map, Codec.TEXT)
            .ascending(null, null, Integer.MAX_VALUE)
            .forEach(entry -> found.put(map + "/" + entry.getKey(), entry.getValue()));
      }
    }
    int acknowledged = history.acknowledgedBy(steps);
    Map<String, String> least = history.states().get(acknowledged);
    Map<String, String> most =
        history.states().get(Math.min(acknowledged + 1, history.states().size() - 1));
    if (!found.equals(least) && !found.equals(most)) {
      wrong.add(
          "death %s: change %d was acknowledged, the file knows %s"
              .formatted(when, acknowledged - 1, found.get("one/last")));
    }
  }
}
