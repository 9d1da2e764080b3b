package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.environment.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * JVMs that are booted and wait for a function. They are kept by what cannot be changed after the
 * boot ({@link JvmSpec}), and bounded in number: the spec that was not asked for the longest gives
 * way.
 *
 * <p>They are booted so that they do not take the machine from the work at hand: the first of a
 * spec at once, so that the first call finds one; all others one after the other, when for a while
 * nothing has been deployed and no JVM been taken.
 */
final class BootPool implements AutoCloseable {
  private static final int MOST_OF_ONE = 4;
  private static final int MOST_OF_ALL = 8;
  private static final long BOOT_SECONDS = 20;
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final Path folder;
  private final Ids ids;
  private final JavaCommand command;
  private final Map<String, ArrayDeque<FunctionJvm>> waiting = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> wanted = new HashMap<>();
  private final Set<String> first = new HashSet<>();
  private long askedAt = System.nanoTime();
  private final ScheduledExecutorService booter =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "boot functions' JVMs");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  BootPool(Path folder, Ids ids, JavaCommand command) {
    this.folder = folder;
    this.ids = ids;
    this.command = command;
  }

  /** Asks for one JVM more of a spec: a function that will need it has been deployed. */
  void prepare(JvmSpec spec) {
    synchronized (this) {
      askedAt = System.nanoTime();
      if (wanted.merge(spec.key(), 1, (had, one) -> Math.min(MOST_OF_ONE, had + one)) == 1) {
        first.add(spec.key());
      }
    }
    refill(spec);
  }

  /** Takes a JVM, and has another one booted in its place. */
  Optional<FunctionJvm> take(JvmSpec spec) {
    FunctionJvm found = null;
    synchronized (this) {
      ArrayDeque<FunctionJvm> queue = waiting.get(spec.key());
      while (queue != null && !queue.isEmpty() && found == null) {
        FunctionJvm candidate = queue.removeFirst();
        if (candidate.isAlive()) {
          found = candidate;
        } else {
          candidate.sandbox().delete();
        }
      }
      wanted.merge(spec.key(), 1, (had, one) -> Math.max(1, had - one));
      askedAt = System.nanoTime();
    }
    refill(spec);
    return Optional.ofNullable(found);
  }

  /** Boots a JVM in a new sandbox, at once. */
  FunctionJvm boot(JvmSpec spec, boolean warm) throws IOException {
    Sandbox sandbox = Sandbox.create(folder.resolve(ids.hex(16)));
    return FunctionJvm.start(command, spec, sandbox, ids.hex(32), warm);
  }

  /** Boots a JVM in the sandbox of one that died. */
  FunctionJvm boot(JvmSpec spec, Sandbox sandbox) throws IOException {
    return FunctionJvm.start(command, spec, sandbox, ids.hex(32), false);
  }

  /** Replaces waiting JVMs that have no archive by ones that have. */
  void renew(JvmSpec spec) {
    List<FunctionJvm> old = new ArrayList<>();
    synchronized (this) {
      ArrayDeque<FunctionJvm> queue = waiting.get(spec.key());
      if (queue != null) {
        queue.removeIf(jvm -> !jvm.isArchived() && old.add(jvm));
      }
    }
    old.forEach(BootPool::discard);
    refill(spec);
  }

  private void refill(JvmSpec spec) {
    try {
      booter.execute(() -> bootOne(spec));
    } catch (RejectedExecutionException e) {
      // The cloud is closing.
    }
  }

  private void bootOne(JvmSpec spec) {
    String key = spec.key();
    synchronized (this) {
      int there = waiting.containsKey(key) ? waiting.get(key).size() : 0;
      if (closed || there >= wanted.getOrDefault(key, 0)) {
        return;
      }
      long wait = QUIET_NANOS - (System.nanoTime() - askedAt);
      if (!first.remove(key) && wait > 0) {
        Future<?> unused = booter.schedule(() -> bootOne(spec), wait, TimeUnit.NANOSECONDS);
        return;
      }
    }
    try {
      FunctionJvm jvm = boot(spec, true);
      List<FunctionJvm> surplus = new ArrayList<>();
      synchronized (this) {
        waiting.computeIfAbsent(key, any -> new ArrayDeque<>()).addLast(jvm);
        if (closed) {
          surplus.add(jvm);
        } else {
          makeRoom(key, surplus);
        }
      }
      surplus.forEach(BootPool::discard);
      if (!jvm.waiting().get(BOOT_SECONDS, TimeUnit.SECONDS)) {
        if (jvm.isArchived() && !jvm.booted().getNow(false)) {
          command.condemn(spec);
        }
        synchronized (this) {
          wanted.put(key, 0); // it cannot boot like this: the function will say why
          ArrayDeque<FunctionJvm> queue = waiting.get(key);
          if (queue != null && queue.remove(jvm)) {
            jvm.sandbox().delete();
          }
        }
        return;
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      System.getLogger("local-cloud")
          .log(System.Logger.Level.DEBUG, "a JVM did not boot ahead of time", e);
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    refill(spec);
  }

  private void makeRoom(String key, List<FunctionJvm> surplus) {
    int total = waiting.values().stream().mapToInt(ArrayDeque::size).sum();
    Iterator<Map.Entry<String, ArrayDeque<FunctionJvm>>> oldest = waiting.entrySet().iterator();
    while (total > MOST_OF_ALL && oldest.hasNext()) {
      Map.Entry<String, ArrayDeque<FunctionJvm>> entry = oldest.next();
      if (!entry.getKey().equals(key)) {
        surplus.addAll(entry.getValue());
        total -= entry.getValue().size();
        wanted.remove(entry.getKey());
        oldest.remove();
      }
    }
  }

  private static void discard(FunctionJvm jvm) {
    jvm.kill();
    jvm.sandbox().delete();
  }

  @Override
  public void close() {
    List<FunctionJvm> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.values().forEach(all::addAll);
      waiting.clear();
    }
    booter.shutdownNow();
    all.forEach(BootPool::discard);
  }
}
