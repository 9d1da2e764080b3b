package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.files.CacheFolder;
import dev.cloudtask.localcloud.files.PrivateFiles;
import dev.cloudtask.localcloud.http.HttpServer;
import dev.cloudtask.localcloud.ports.CredentialSource.AccessKey;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.trace.Span;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All execution environments of this cloud. An invocation gets an idle environment of its function
 * or a new one; where AWS would go on adding machines, here callers wait for their turn, because
 * there is only one.
 */
public final class ExecutionEnvironments implements AutoCloseable {
  private static final String SERVICE = "lambda.amazonaws.com";
  private static final Duration CREDENTIALS = Duration.ofHours(12);
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long AGE_NANOS = TimeUnit.HOURS.toNanos(6);
  private static final long PATIENCE_MILLIS = 50;
  private static final long TRAINING_DELAY_MILLIS = 1_500;
  private static final int MOST = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

  private static final class Place {
    final ExecutionEnvironment environment;
    final long bornAt = System.nanoTime();
    long idleSince = System.nanoTime();
    boolean busy = true;
    boolean stale;

    Place(ExecutionEnvironment environment) {
      this.environment = environment;
    }
  }

  private final List<Place> places = new ArrayList<>();
  private final Set<String> trained = new HashSet<>();
  private final RoleSessions roles;
  private final EnvironmentParts parts;
  private final ClassArchives archives;
  private final Path workFolder;
  private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
  private boolean closed;

  /**
   * Creates the environments' keeper.
   *
   * @param workFolder where sandboxes are laid out; what an earlier cloud left there is deleted
   * @param endpoint where this cloud answers
   */
  public ExecutionEnvironments(
      CloudEnvironment cloud,
      Path workFolder,
      RoleSessions roles,
      LogSink logs,
      HttpServer.Factory servers,
      Supplier<URI> endpoint) {
    this.roles = roles;
    this.workFolder = workFolder;
    PrivateFiles.deleteTree(workFolder);
    PrivateFiles.folder(workFolder);
    Path cache = PrivateFiles.folder(CacheFolder.ofUser());
    this.archives = new ClassArchives(cache);
    JavaCommand command = new JavaCommand(RuntimeJar.classPath(cache), archives);
    this.parts =
        new EnvironmentParts(
            cloud.clock(),
            cloud.ids(),
            cloud.region(),
            endpoint,
            new RuntimeApiServer(servers),
            command,
            new BootPool(workFolder, cloud.ids(), command),
            new LogWriter(logs));
    background.setThreadFactory(
        work -> {
          Thread thread = new Thread(work, "function environments");
          thread.setDaemon(true);
          return thread;
        });
    background.setRemoveOnCancelPolicy(true);
    Future<?> unused = background.scheduleWithFixedDelay(this::reap, 30, 30, TimeUnit.SECONDS);
  }

  /** Boots a JVM for a function that has just been deployed. */
  public void prepare(FunctionSpec function) {
    parts.pool().prepare(JvmSpec.of(function, FunctionVariables.fixed(function)));
  }

  /**
   * Invokes a function.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException if the function's role cannot be assumed
   */
  public InvocationResult invoke(FunctionSpec function, InvocationRequest request, Span span) {
    Place place = acquire(function);
    try {
      return place.environment.invoke(request, span);
    } finally {
      release(place);
    }
  }

  private Place acquire(FunctionSpec function) {
    synchronized (this) {
      Optional<Place> idle = newestIdle(function.key());
      if (idle.isPresent()) {
        idle.get().busy = true;
        return idle.get();
      }
    }
    // Not under the lock: whoever changes the store may be waiting for it.
    return acquire(
        function, roles.assumeAsService(function.roleArn(), SERVICE, function.name(), CREDENTIALS));
  }

  private synchronized Place acquire(FunctionSpec function, AccessKey credentials) {
    long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    List<ExecutionEnvironment> evicted = new ArrayList<>();
    while (true) {
      if (closed) {
        throw new IllegalStateException("the cloud is closing");
      }
      Optional<Place> idle = newestIdle(function.key());
      if (idle.isPresent()) {
        idle.get().busy = true;
        return idle.get();
      }
      boolean known =
          places.stream()
              .anyMatch(place -> place.environment.function().key().equals(function.key()));
      long left = known ? patience - System.nanoTime() : 0;
      if (left <= 0 && (places.size() < MOST || evictOldestIdle(evicted))) {
        break;
      }
      try {
        wait(left <= 0 ? 1_000 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for an environment", e);
      }
    }
    evicted.forEach(old -> background.execute(old::close));
    // The place is taken before the lock is left, so that the bound holds.
    Place place = new Place(new ExecutionEnvironment(function, parts, credentials));
    places.add(place);
    return place;
  }

  private Optional<Place> newestIdle(String key) {
    Place newest = null;
    for (Place place : places) {
      if (!place.busy
          && place.environment.function().key().equals(key)
          && (newest == null || place.idleSince - newest.idleSince > 0)) {
        newest = place;
      }
    }
    return Optional.ofNullable(newest);
  }

  private boolean evictOldestIdle(List<ExecutionEnvironment> evicted) {
    Place oldest = null;
    for (Place place : places) {
      if (!place.busy && (oldest == null || place.idleSince - oldest.idleSince < 0)) {
        oldest = place;
      }
    }
    if (oldest == null) {
      return false;
    }
    places.remove(oldest);
    evicted.add(oldest.environment);
    return true;
  }

  private void release(Place place) {
    boolean drop;
    synchronized (this) {
      place.busy = false;
      place.idleSince = System.nanoTime();
      drop = place.stale || closed || place.idleSince - place.bornAt > AGE_NANOS;
      if (drop) {
        places.remove(place);
      }
      notifyAll();
    }
    if (drop) {
      place.environment.close();
    } else {
      place.environment.jvm().filter(jvm -> !jvm.isArchived()).ifPresent(this::trainLater);
    }
  }

  private void trainLater(FunctionJvm jvm) {
    String key = jvm.spec().libraryHash();
    synchronized (this) {
      if (closed || !Files.exists(jvm.sandbox().classLog()) || !trained.add(key)) {
        return;
      }
    }
    try {
      Future<?> unused =
          background.schedule(
              () -> {
                if (archives.train(parts.command(), jvm.spec(), classLogs(key), workFolder)) {
                  parts.pool().renew(jvm.spec());
                }
              },
              TRAINING_DELAY_MILLIS,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The cloud is closing.
    }
  }

  /** Returns what the JVMs with these libraries have written down: one archive serves them all. */
  private synchronized List<Path> classLogs(String libraryHash) {
    return places.stream()
        .flatMap(place -> place.environment.jvm().stream())
        .filter(jvm -> jvm.spec().libraryHash().equals(libraryHash))
        .map(jvm -> jvm.sandbox().classLog())
        .filter(Files::exists)
        .toList();
  }

  /** Ends all environments of a function: its code or configuration has changed, or it has gone. */
  public void discard(String functionName) {
    List<ExecutionEnvironment> ended = new ArrayList<>();
    synchronized (this) {
      for (Place place : List.copyOf(places)) {
        if (place.environment.function().name().equals(functionName)
            && place.environment.function().version().equals("$LATEST")) {
          place.stale = true;
          if (!place.busy) {
            places.remove(place);
            ended.add(place.environment);
          }
        }
      }
      notifyAll();
    }
    ended.forEach(ExecutionEnvironment::close);
  }

  private void reap() {
    List<ExecutionEnvironment> ended = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      for (Place place : List.copyOf(places)) {
        if (!place.busy && now - place.idleSince > IDLE_NANOS) {
          places.remove(place);
          ended.add(place.environment);
        }
      }
    }
    ended.forEach(ExecutionEnvironment::close);
  }

  @Override
  public void close() {
    List<Place> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(places);
      places.clear();
      notifyAll();
    }
    background.shutdownNow();
    parts.pool().close();
    all.parallelStream().forEach(place -> place.environment.close());
    parts.api().close();
    parts.logs().close();
    PrivateFiles.deleteTree(workFolder);
  }
}
