package dev.cloudtask.localcloud.services.lambda.execution;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One process's conversation with the Runtime API: it asks for work, works, reports, asks again.
 * Every state change is under this object's lock.
 */
final class RuntimeSession {
  /** What came of an initialisation or an invocation. */
  sealed interface Outcome {
    /** The runtime asked for its first invocation. */
    record Ready() implements Outcome {}

    /** A result. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Result(byte[] payload) implements Outcome {}

    /** The runtime reported a failure. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Failed(String errorType, byte[] payload) implements Outcome {}

    /** The result was larger than results may be. */
    record TooLarge() implements Outcome {}

    /** The process ended. */
    record Exited(Exit exit) implements Outcome {}

    /** Time was up. */
    record TimedOut() implements Outcome {}
  }

  /** An invocation on its way to the runtime. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Work(
      String requestId,
      String functionArn,
      long deadlineMillis,
      String traceId,
      Optional<String> clientContext,
      byte[] event) {}

  private final CompletableFuture<Outcome> initialised = new CompletableFuture<>();
  private @Nullable Work waitingWork;
  private @Nullable Work currentWork;
  private @Nullable CompletableFuture<Outcome> outcome;
  private boolean polling;
  private boolean closed;

  /** Completes when the runtime is ready for its first invocation, or cannot be. */
  CompletableFuture<Outcome> initialised() {
    return initialised;
  }

  /** Hands work to the runtime; completes with what comes of it. */
  synchronized CompletableFuture<Outcome> dispatch(Work work) {
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    outcome = result;
    waitingWork = work;
    notifyAll();
    return result;
  }

  /**
   * Waits until the runtime has asked for its next work after the last one.
   *
   * @return false if it has ended instead, or did not ask within the time
   */
  synchronized boolean awaitPolling(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!polling && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return polling && !closed;
  }

  /** Called for {@code GET next}: waits for work; empty if the session ended or is out of turn. */
  synchronized Optional<Work> next() {
    if (polling || currentWork != null) {
      return Optional.empty();
    }
    polling = true;
    initialised.complete(new Outcome.Ready());
    notifyAll();
    while (waitingWork == null && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closed = true;
      }
    }
    polling = false;
    currentWork = closed ? null : waitingWork;
    waitingWork = null;
    return Optional.ofNullable(currentWork);
  }

  /** Called for a report; false if this is not the request the runtime is at. */
  synchronized boolean report(String requestId, Outcome reported) {
    if (currentWork == null || !currentWork.requestId().equals(requestId) || outcome == null) {
      return false;
    }
    currentWork = null;
    outcome.complete(reported);
    return true;
  }

  /** Called for {@code init/error}; false once the initialisation is over. */
  synchronized boolean failInit(String errorType, byte[] payload) {
    return initialised.complete(new Outcome.Failed(errorType, payload));
  }

  /** Ends the session: whoever waits learns why. */
  synchronized void close(Outcome why) {
    closed = true;
    initialised.complete(why);
    if (outcome != null) {
      outcome.complete(why);
    }
    notifyAll();
  }
}
