package dev.cloudtask.localcloud.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.death.ChildCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients on all services at once, none of which tries anything twice: no error that AWS would
 * not give, nothing lost or doubled, and a heap of 256 MB is enough.
 */
class CrowdTest {
  private static final long SEED = 20261122;

  @TempDir private Path folder;

  @Test
  void twentyClientsForAMoment_loseNothing() throws Exception {
    crowd(20, Duration.ofSeconds(3));
  }

  @Test
  @Tag("thorough")
  void twoHundredClientsForAMinute_loseNothing_withinABoundedHeap() throws Exception {
    Path report = Path.of("target", "two-hundred-clients.md");
    Files.writeString(report, crowd(200, Duration.ofSeconds(60)));
    System.out.println("Report: " + report.toAbsolutePath());
  }

  private String crowd(int clients, Duration time) throws Exception {
    try (ChildCloud cloud = ChildCloud.start(folder, "-Xmx256m")) {
      Map<String, Activity> activities = new TreeMap<>();
      activities.put("items", new Items(cloud, clients));
      activities.put("objects", new Objects(cloud));
      activities.put("people", new People(cloud));
      activities.put("records", new Records(cloud));
      activities.put("visits", new Visits(cloud));
      long before = liveBytes(cloud);

      Map<String, LongAdder> turns = new ConcurrentSkipListMap<>();
      Map<String, String> errors = new ConcurrentHashMap<>();
      Instant begin = Instant.now();
      Instant end = begin.plus(time);
      ExecutorService threads = Executors.newFixedThreadPool(clients);
      List<Future<?>> all = new ArrayList<>();
      for (int who = 0; who < clients; who++) {
        int number = who;
        all.add(threads.submit(() -> client(number, activities, end, turns, errors)));
      }
      threads.shutdown();
      for (Future<?> each : all) {
        each.get();
      }
      Duration took = Duration.between(begin, Instant.now());

      List<String> wrong = new ArrayList<>();
      activities.values().forEach(activity -> wrong.addAll(activity.verify()));
      long after = liveBytes(cloud);
      assertThat(errors).as("errors that AWS would not give").isEmpty();
      assertThat(wrong).as("lost or doubled").isEmpty();
      assertThat(turns).containsOnlyKeys(activities.keySet());
      return report(clients, took, turns, before, after, cloud);
    }
  }

  private static void client(
      int who,
      Map<String, Activity> activities,
      Instant end,
      Map<String, LongAdder> turns,
      Map<String, String> errors) {
    Random random = new Random(SEED + who);
    List<String> names = new ArrayList<>();
    activities.forEach(
        (name, activity) -> names.addAll(java.util.Collections.nCopies(activity.share(), name)));
    while (Instant.now().isBefore(end)) {
      String name = names.get(random.nextInt(names.size()));
      try {
        activities.get(name).turn(who, random);
        turns.computeIfAbsent(name, key -> new LongAdder()).increment();
      } catch (Exception e) {
        errors.putIfAbsent(name + ": " + e.getClass().getSimpleName(), e.toString());
      }
    }
  }

  /** Counts what the cloud's heap holds after a collection; the JDK's own tool asks it. */
  private static long liveBytes(ChildCloud cloud) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(cloud.pid()),
                "GC.class_histogram")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(text);
    assertThat(total.find()).as(text.lines().limit(5).toList().toString()).isTrue();
    return Long.parseLong(total.group(1));
  }

  private String report(
      int clients,
      Duration took,
      Map<String, LongAdder> turns,
      long before,
      long after,
      ChildCloud cloud)
      throws IOException {
    long sum = turns.values().stream().mapToLong(LongAdder::sum).sum();
    StringBuilder rows = new StringBuilder();
    turns.forEach((name, count) -> rows.append("| %s | %d |%n".formatted(name, count.sum())));
    return String.format(
            Locale.ROOT,
            """
            # %d clients on all services for %d s

            One cloud in a JVM of its own with a heap of 256 MB (`-Xmx256m`), its state in a file;
            real SDK clients that try nothing twice, all started by `CrowdTest`, seed %d. A turn is
            one to four requests. What a client was told has happened is counted, and compared with
            what is there when all is quiet.

            - turns: %d, %.0f in a second
            - errors that AWS would not give: 0
            - lost or doubled: 0
            - live heap before: %.1f MB; after: %.1f MB
            - resident memory at its highest: %s; state file: %.1f MB
            - processors: %d

            | activity | turns |
            |---|---:|
            """,
            clients,
            took.toSeconds(),
            SEED,
            sum,
            sum * 1_000.0 / took.toMillis(),
            before / 1e6,
            after / 1e6,
            highest(cloud),
            Files.size(folder.resolve("state.db")) / 1e6,
            Runtime.getRuntime().availableProcessors())
        + rows;
  }

  private static String highest(ChildCloud cloud) throws IOException {
    Path status = Path.of("/proc/" + cloud.pid() + "/status");
    if (!Files.exists(status)) {
      return "not known on this system";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_000 + " MB")
        .findFirst()
        .orElse("not known on this system");
  }
}
