package dev.cloudtask.localcloud.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the cloud at random moments while six clients write: what they were told has
 * happened is there after the next start, and nothing is half done.
 */
class KilledCloudTest {
  private static final long SEED = 20261122;

  @TempDir Path folder;

  @Test
  void killedAtRandomMoments_losesNothingAcknowledged() throws Exception {
    rounds(3);
  }

  @Test
  @Tag("thorough")
  void killedFiftyTimes_losesNothingAcknowledged_andTheFileStaysBounded() throws Exception {
    Path report = Path.of("target", "killed-cloud.md");
    Files.writeString(report, rounds(50));
    System.out.println("Report: " + report.toAbsolutePath());
  }

  private String rounds(int count) throws Exception {
    Random random = new Random(SEED);
    List<Writer> writers =
        List.of(
            new ItemWriter("ada", new Random(random.nextLong())),
            new ItemWriter("ben", new Random(random.nextLong())),
            new TransferWriter(new Random(random.nextLong())),
            new TableWriter(new Random(random.nextLong())),
            new UserWriter(),
            new ObjectWriter(new Random(random.nextLong())));
    KillReport report = new KillReport(SEED);
    ChildCloud cloud = ChildCloud.start(folder);
    try {
      ItemWriter.makeTable(cloud);
      for (Writer writer : writers) {
        writer.prepare(cloud);
      }
      for (int round = 1; round <= count; round++) {
        long before = acknowledged(writers);
        int lived = writeAndKill(cloud, writers, 200 + random.nextInt(1_300));
        long left = stateBytes();
        cloud = ChildCloud.start(folder);
        List<String> wrong = new ArrayList<>();
        for (Writer writer : writers) {
          wrong.addAll(writer.verify(cloud));
        }
        report.add(round, lived, acknowledged(writers) - before, left, wrong.size());
        assertThat(wrong).as("after kill %d (seed %d)", round, SEED).isEmpty();
      }
      assertThat(acknowledged(writers)).isGreaterThan(20L * count);
      cloud.close();
      report.end(stateBytes());
    } finally {
      cloud.kill();
    }
    return report.text();
  }

  /** Lets all write, kills after some milliseconds, and waits for all to notice. */
  private static int writeAndKill(ChildCloud cloud, List<Writer> writers, int millis)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    CountDownLatch ready = new CountDownLatch(writers.size());
    List<Future<?>> clients = new ArrayList<>();
    for (Writer writer : writers) {
      clients.add(
          threads.submit(
              () -> {
                ready.countDown();
                writer.write(cloud);
              }));
    }
    ready.await();
    threads.shutdown();
    // Nobody stops by himself: if one has, the failure is his, not the kill's.
    boolean stopped = threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    cloud.kill();
    assertThat(stopped).isFalse();
    for (Future<?> client : clients) {
      try {
        client.get();
      } catch (ExecutionException e) {
        if (!lostConnection(e)) {
          throw e; // the cloud answered, and with a failure
        }
      }
    }
    return millis;
  }

  private static boolean lostConnection(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static long acknowledged(List<Writer> writers) {
    return writers.stream().mapToLong(Writer::acknowledged).sum();
  }

  private long stateBytes() throws IOException {
    return Files.size(folder.resolve("state.db"));
  }
}
