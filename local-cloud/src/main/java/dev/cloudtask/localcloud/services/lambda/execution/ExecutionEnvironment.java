package dev.cloudtask.localcloud.services.lambda.execution;

import com.google.gson.JsonObject;
import dev.cloudtask.lambdaruntime.Assignment;
import dev.cloudtask.lambdaruntime.Deadline;
import dev.cloudtask.lambdaruntime.LogFrames;
import dev.cloudtask.localcloud.ports.CredentialSource.AccessKey;
import dev.cloudtask.localcloud.services.lambda.execution.RuntimeSession.Outcome;
import dev.cloudtask.localcloud.trace.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment of a function: it handles one invocation at a time. Its JVM is replaced
 * when it dies or is killed; its folder and log stream stay.
 */
final class ExecutionEnvironment {
  /** How long the first initialisation may take before it is tried again as part of the call. */
  static final long INIT_LIMIT_MILLIS = 10_000;

  private static final long SETTLE_MILLIS = 2_000;
  private static final long OUTPUT_MILLIS = 1_000;
  private static final long FOREIGN_OUTPUT_MILLIS = 30;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final FunctionSpec function;
  private final EnvironmentParts parts;
  private final AccessKey credentials;
  private final String logStream;
  private final InvocationLog log;
  private volatile @Nullable FunctionJvm jvm;
  private volatile @Nullable Sandbox sandbox;
  private @Nullable RuntimeSession session;
  private volatile @Nullable String secret;
  private volatile CompletableFuture<Void> printed = new CompletableFuture<>();
  private volatile String printing = "";
  private boolean begun;
  private volatile boolean closed;

  ExecutionEnvironment(FunctionSpec function, EnvironmentParts parts, AccessKey credentials) {
    this.function = function;
    this.parts = parts;
    this.credentials = credentials;
    this.log = new InvocationLog(parts.clock());
    this.logStream =
        DateTimeFormatter.ofPattern("yyyy/MM/dd")
                .withZone(ZoneOffset.UTC)
                .format(parts.clock().instant())
            + "/["
            + function.version()
            + "]"
            + parts.ids().hex(32);
  }

  FunctionSpec function() {
    return function;
  }

  /** Returns the JVM it has, if one is running. */
  Optional<FunctionJvm> jvm() {
    return Optional.ofNullable(jvm);
  }

  /** Handles one invocation from beginning to end. */
  InvocationResult invoke(InvocationRequest request, Span span) {
    log.begin();
    try {
      return run(request, span);
    } finally {
      parts.logs().write(credentials.owner(), function.logGroup(), logStream, log.drain());
    }
  }

  private InvocationResult run(InvocationRequest request, Span span) {
    long timeout = TimeUnit.SECONDS.toMillis(function.timeoutSeconds());
    Optional<Double> initMillis = Optional.empty();
    long spent = 0;
    if (!isReady()) {
      dropJvm();
      boolean first = !begun;
      begun = true;
      Init init = null;
      if (first) {
        log.line(PlatformLines.initStart(function.runtime(), parts.region()));
        init = initialise("init", INIT_LIMIT_MILLIS, span);
        initMillis = init.isReady() ? Optional.of(init.millis()) : Optional.empty();
      }
      if (init == null || !init.isReady()) {
        init = initialise("invoke", timeout, span); // part of the invocation from here on
        spent = (long) init.millis();
        if (!init.isReady()) {
          log.line(PlatformLines.start(request.requestId(), function.version()));
          return finish(request, init.outcome(), init.millis(), Optional.empty(), span);
        }
      }
    }
    span.note("coldStart", initMillis.isPresent());
    initMillis.ifPresent(millis -> span.note("initMillis", Math.round(millis)));
    log.line(PlatformLines.start(request.requestId(), function.version()));
    printed = new CompletableFuture<>();
    printing = request.requestId();
    long left = Math.max(1, timeout - spent);
    long start = System.nanoTime();
    CompletableFuture<Outcome> pending = session().dispatch(work(request, left));
    Outcome outcome = await(pending, left);
    double millis = (System.nanoTime() - start) / 1e6 + spent;
    return finish(request, outcome, millis, initMillis, span);
  }

  private RuntimeSession.Work work(InvocationRequest request, long millis) {
    String root = parts.ids().hex(24);
    String time = Long.toHexString(parts.clock().instant().getEpochSecond());
    return new RuntimeSession.Work(
        request.requestId(),
        request.functionArn(),
        Deadline.in(millis),
        "Root=1-" + time + "-" + root + ";Parent=" + parts.ids().hex(16) + ";Sampled=0",
        request.clientContext(),
        request.event());
  }

  private boolean isReady() {
    FunctionJvm running = jvm;
    RuntimeSession current = session;
    return running != null
        && current != null
        && running.isAlive()
        && current.awaitPolling(SETTLE_MILLIS);
  }

  /** What came of an initialisation, and how long it took. */
  private record Init(Outcome outcome, double millis) {
    boolean isReady() {
      return outcome instanceof Outcome.Ready;
    }
  }

  private Init initialise(String phase, long limitMillis, Span parent) {
    try (Span span = parent.child("lambda", "Init")) {
      long start = System.nanoTime();
      boot(span);
      Outcome outcome = await(session().initialised(), limitMillis);
      FunctionJvm booted = runningJvm();
      if (outcome instanceof Outcome.Exited
          && booted.isArchived()
          && !booted.booted().getNow(false)) {
        span.note("archive", "unusable, deleted");
        parts.command().condemn(booted.spec());
        dropJvm();
        boot(span);
        outcome = await(session().initialised(), limitMillis);
      }
      double millis = (System.nanoTime() - start) / 1e6;
      if (!(outcome instanceof Outcome.Ready)) {
        Optional<String> errorType =
            outcome instanceof Outcome.TimedOut
                ? Optional.empty()
                : Optional.of(
                    outcome instanceof Outcome.Failed failed
                        ? failed.errorType()
                        : "Runtime.ExitError");
        log.line(PlatformLines.initReport(millis, phase, errorType));
        span.fail("initialisation " + errorType.orElse("timed out"));
        dropJvm();
      }
      return new Init(outcome, millis);
    }
  }

  private void boot(Span span) {
    Map<String, String> fixed = FunctionVariables.fixed(function);
    JvmSpec spec = JvmSpec.of(function, fixed);
    try {
      FunctionJvm started;
      Sandbox folders = sandbox;
      if (folders == null) {
        Optional<FunctionJvm> pooled = parts.pool().take(spec);
        span.note("jvm", pooled.isPresent() ? "pre-booted" : "started");
        started = pooled.isPresent() ? pooled.get() : parts.pool().boot(spec, false);
        started.sandbox().fill(function.code().functionFolder());
        sandbox = started.sandbox();
      } else {
        span.note("jvm", "restarted");
        started = parts.pool().boot(spec, folders);
      }
      span.note("archive", started.isArchived());
      jvm = started;
      RuntimeSession fresh = new RuntimeSession();
      session = fresh;
      String key = parts.ids().hex(32);
      secret = key;
      String address = parts.api().open(key, fresh);
      CompletableFuture<Void> unused =
          started.exit().thenAccept(exit -> fresh.close(new Outcome.Exited(exit)));
      started.assign(
          new Assignment(
              function.runtime().newestClassFile(),
              FunctionVariables.all(
                  function, parts.region(), credentials, logStream, address, parts.endpoint())),
          new Output());
      if (closed) {
        started.kill();
      }
    } catch (IOException e) {
      RuntimeSession failed = session;
      if (failed == null || jvm == null) {
        throw new IllegalStateException(
            "cannot start a JVM for "
                + function.name()
                + " with "
                + System.getProperty("java.home"),
            e);
      }
      // It died before it took its function; its exit is on the way and says how.
    }
  }

  private static Outcome await(CompletableFuture<Outcome> future, long millis) {
    try {
      return future.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.TimedOut();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it with an exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.TimedOut();
    }
  }

  private InvocationResult finish(
      InvocationRequest request,
      Outcome outcome,
      double millis,
      Optional<Double> initMillis,
      Span span) {
    String id = request.requestId();
    double reported = millis;
    Optional<String> status = Optional.empty();
    Optional<String> error = Optional.of("Unhandled");
    byte[] payload;
    Optional<Integer> memory = Optional.ofNullable(jvm).flatMap(FunctionJvm::peakMemoryMb);
    if (outcome instanceof Outcome.Result result) {
      awaitOutput();
      payload = result.payload();
      error = Optional.empty();
    } else if (outcome instanceof Outcome.Failed failed) {
      awaitOutput();
      payload = failed.payload();
      span.fail(text(payload));
    } else if (outcome instanceof Outcome.TooLarge) {
      awaitOutput();
      payload =
          error(
              "Function.ResponseSizeTooLarge",
              "Response payload size exceeded maximum allowed payload size ("
                  + RuntimeApiServer.MAX_RESULT
                  + " bytes).");
      span.fail(text(payload));
    } else if (outcome instanceof Outcome.Exited exited) {
      dropJvm();
      String message = "RequestId: " + id + " Error: " + exited.exit().reason();
      log.line(message + "\nRuntime.ExitError");
      status = Optional.of("Status: error\tError Type: Runtime.ExitError");
      payload = error("Runtime.ExitError", message);
      span.fail(message);
    } else {
      dropJvm();
      String reason = PlatformLines.timedOut(function.timeoutSeconds());
      log.line(TIME.format(parts.clock().instant()) + " " + id + " " + reason + "\n");
      status = Optional.of("Status: timeout");
      reported = TimeUnit.SECONDS.toMillis(function.timeoutSeconds());
      payload = error("Sandbox.Timedout", "RequestId: " + id + " Error: " + reason);
      span.fail(reason);
    }
    log.line(PlatformLines.end(id));
    log.line(PlatformLines.report(id, reported, function, memory, initMillis, status));
    return new InvocationResult(payload, error, log.tail());
  }

  private static byte[] error(String type, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("errorType", type);
    error.addProperty("errorMessage", message);
    return error.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** Waits until what the invocation printed has arrived, as far as the runtime says so. */
  private void awaitOutput() {
    FunctionJvm running = jvm;
    if (running == null) {
      return; // it was ended before, with all its output
    }
    boolean ours = running.booted().getNow(false);
    try {
      printed.get(ours ? OUTPUT_MILLIS : FOREIGN_OUTPUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // A runtime that is not ours marks no end; what comes later belongs to the next call.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeSession session() {
    RuntimeSession current = session;
    if (current == null) {
      throw new IllegalStateException("the environment has not been booted");
    }
    return current;
  }

  private FunctionJvm runningJvm() {
    FunctionJvm current = jvm;
    if (current == null) {
      throw new IllegalStateException("the environment has not been booted");
    }
    return current;
  }

  private void dropJvm() {
    FunctionJvm gone = jvm;
    if (gone != null) {
      gone.kill();
      jvm = null;
    }
    if (secret != null) {
      parts.api().forget(secret);
      secret = null;
    }
    session = null;
  }

  /** Kills the JVM, also in the middle of a call, and deletes the folder. */
  void close() {
    closed = true;
    FunctionJvm running = jvm;
    if (running != null) {
      running.kill();
    }
    Sandbox folders = sandbox;
    if (folders != null) {
      folders.delete();
    }
    if (secret != null) {
      parts.api().forget(secret);
    }
  }

  private final class Output implements OutputReader.Listener {
    @Override
    public void text(String text) {
      log.add(text);
    }

    @Override
    public void frame(char kind, String content) {
      if (kind == LogFrames.END && content.equals(printing)) {
        printed.complete(null);
      }
    }

    @Override
    public void ended() {
      printed.complete(null);
    }
  }
}
