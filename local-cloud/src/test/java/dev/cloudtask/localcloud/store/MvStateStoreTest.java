package dev.cloudtask.localcloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvStateStoreTest {
  record Person(String name, int age, Instant born, List<String> names) {}

  @TempDir Path folder;

  @Test
  void reopened_everythingWrittenIsThere() {
    Path file = folder.resolve("state.db");
    Person ada = new Person("Ada", 36, Instant.parse("1815-12-10T00:00:00Z"), List.of("A", "L"));
    try (StateStore store = MvStateStore.open(file)) {
      store.write(
          () -> {
            store.map("people", Codec.json(Person.class)).put("ada", ada);
            store.byteMap("bytes", Codec.TEXT).put(new byte[] {(byte) 0xFF}, "high");
            store.byteMap("bytes", Codec.TEXT).put(new byte[] {0x01}, "low");
          });
    }
    try (StateStore store = MvStateStore.open(file)) {
      assertThat(store.map("people", Codec.json(Person.class)).get("ada")).contains(ada);
      assertThat(store.byteMap("bytes", Codec.TEXT).values()).containsExactly("low", "high");
    }
  }

  @Test
  void write_thatThrows_leavesNothing() {
    try (StateStore store = MvStateStore.inMemory()) {
      StateMap<String, String> map = store.map("m", Codec.TEXT);
      StateMap<String, String> other = store.map("n", Codec.TEXT);
      store.write(() -> map.put("kept", "1"));

      assertThatThrownBy(
              () ->
                  store.write(
                      () -> {
                        map.put("kept", "2");
                        map.put("new", "3");
                        map.remove("kept");
                        other.put("also", "4");
                        throw new IllegalArgumentException("stop");
                      }))
          .hasMessage("stop");

      assertThat(map.ascending(null, null, 10)).containsExactly(Map.entry("kept", "1"));
      assertThat(other.size()).isZero();
    }
  }

  @Test
  void changeWithinAChange_thatThrows_isUndoneAlone() {
    try (StateStore store = MvStateStore.inMemory()) {
      StateMap<String, String> map = store.map("m", Codec.TEXT);
      store.write(
          () -> {
            map.put("outer", "1");
            assertThatThrownBy(
                    () ->
                        store.write(
                            () -> {
                              map.put("inner", "2");
                              map.put("outer", "2");
                              throw new IllegalArgumentException("stop");
                            }))
                .hasMessage("stop");
          });
      assertThat(map.ascending(null, null, 10)).containsExactly(Map.entry("outer", "1"));
    }
  }

  @Test
  void largeChange_reachesTheFileOnlyWhenItIsDone() throws Exception {
    Path file = folder.resolve("state.db");
    Path seen = folder.resolve("seen.db");
    try (StateStore store = MvStateStore.open(file)) {
      StateMap<String, byte[]> map = store.map("m", Codec.BYTES);
      store.write(() -> map.put("before", new byte[1]));
      store.write(
          () -> {
            for (int i = 0; i < 64; i++) {
              map.put("piece-" + i, new byte[1 << 20]);
            }
            try {
              Files.copy(file, seen);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    try (StateStore store = MvStateStore.open(seen)) {
      assertThat(store.map("m", Codec.BYTES).keys()).containsExactly("before");
    }
  }

  @Test
  void change_outsideOfWrite_isRefused() {
    try (StateStore store = MvStateStore.inMemory()) {
      StateMap<String, String> map = store.map("m", Codec.TEXT);
      assertThatThrownBy(() -> map.put("a", "b")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ranges_haveInclusiveStartAndExclusiveEnd() {
    try (StateStore store = MvStateStore.inMemory()) {
      StateMap<String, String> map = store.map("m", Codec.TEXT);
      store.write(() -> List.of("a", "b", "c", "d").forEach(key -> map.put(key, key)));

      assertThat(map.ascending("b", "d", 9))
          .extracting(Map.Entry::getKey)
          .containsExactly("b", "c");
      assertThat(map.ascending("bb", null, 1)).extracting(Map.Entry::getKey).containsExactly("c");
      assertThat(map.descending("c", "a", 9))
          .extracting(Map.Entry::getKey)
          .containsExactly("c", "b");
      assertThat(map.descending("cc", null, 9))
          .extracting(Map.Entry::getKey)
          .containsExactly("c", "b", "a");
      assertThat(map.descending(null, null, 1)).extracting(Map.Entry::getKey).containsExactly("d");
    }
  }

  @Test
  void secondProcessOnTheSameFile_isRefusedInWords() {
    Path file = folder.resolve("state.db");
    try (StateStore store = MvStateStore.open(file)) {
      store.write(() -> store.map("m", Codec.TEXT).put("a", "b"));
      assertThatThrownBy(() -> MvStateStore.open(file))
          .isInstanceOf(MvStateStore.StoreInUseException.class)
          .hasMessageContaining("is in use");
    }
  }

  @Test
  void manyWriters_loseNothing_andTheFileStaysBounded() throws Exception {
    Path file = folder.resolve("state.db");
    int writers = 8;
    int each = 1_000;
    try (StateStore store = MvStateStore.open(file)) {
      ExecutorService pool = Executors.newFixedThreadPool(writers);
      for (int w = 0; w < writers; w++) {
        int writer = w;
        pool.execute(
            () -> {
              StateMap<String, String> map = store.map("m", Codec.TEXT);
              for (int i = 0; i < each; i++) {
                String key = writer + "-" + i;
                store.write(() -> map.put(key, "x".repeat(100)));
              }
            });
      }
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    try (StateStore store = MvStateStore.open(file)) {
      assertThat(store.map("m", Codec.TEXT).size()).isEqualTo((long) writers * each);
    }
    // 8,000 values of 100 bytes and their keys are under 1 MB; dead chunks must be reused.
    assertThat(file.toFile().length()).isLessThan(8L * 1024 * 1024);
  }

  @Test
  void interruptedThread_neitherLosesItsWriteNorClosesTheStore() {
    Path file = folder.resolve("state.db");
    try (StateStore store = MvStateStore.open(file)) {
      StateMap<String, String> map = store.map("m", Codec.TEXT);
      Thread.currentThread().interrupt();
      store.write(() -> map.put("a", "1"));
      assertThat(Thread.interrupted()).isTrue();
      store.write(() -> map.put("b", "2"));
    }
    try (StateStore store = MvStateStore.open(file)) {
      assertThat(store.map("m", Codec.TEXT).values()).containsExactly("1", "2");
    }
  }
}
