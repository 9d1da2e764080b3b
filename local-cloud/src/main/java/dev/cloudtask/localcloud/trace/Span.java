package dev.cloudtask.localcloud.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a request's journey: who did what, to what, for how long, and how it was decided.
 *
 * <p>Spans form a tree. They are written by the thread that does the work and may be read by any
 * other at any time. Times are nanoseconds of {@link System#nanoTime()}, durations only; the trace
 * has the date.
 */
public final class Span implements AutoCloseable {
  /** A yes or a no, and the reason for it. */
  public record Decision(boolean allowed, String reason) {}

  private final String service;
  private final String operation;
  private final Instant startedAt;
  private final long startNanos = System.nanoTime();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final List<Span> children = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private @Nullable String failure;
  private volatile long endNanos;

  Span(String service, String operation, Instant startedAt) {
    this.service = service;
    this.operation = operation;
    this.startedAt = startedAt;
  }

  /** Opens a span that belongs to no trace: for work that no request asked for. */
  public static Span detached(String service, String operation) {
    return new Span(service, operation, Instant.EPOCH);
  }

  /** Opens a child span; close it when the step is done. */
  public Span child(String childService, String childOperation) {
    Span child = new Span(childService, childOperation, startedAt);
    synchronized (this) {
      children.add(child);
    }
    return child;
  }

  /** Notes something worth showing: a key, a resource, a header. Never a secret. */
  public synchronized Span note(String key, Object value) {
    notes.put(key, String.valueOf(value));
    return this;
  }

  /** Records a decision and its reason in one sentence. */
  public synchronized Span decide(boolean allowed, String reason) {
    decisions.add(new Decision(allowed, reason));
    return this;
  }

  /** Records that this step failed: AWS's error code and message. */
  public synchronized Span fail(String reason) {
    failure = reason;
    return this;
  }

  /** Ends the step; ending it twice changes nothing. */
  @Override
  public void close() {
    if (endNanos == 0) {
      endNanos = Math.max(1, System.nanoTime() - startNanos);
    }
  }

  /** Returns the service that did the work, as AWS spells it in lower case ({@code dynamodb}). */
  public String service() {
    return service;
  }

  /** Returns what was done, usually the operation's name. */
  public String operation() {
    return operation;
  }

  /** Returns how long it took in nanoseconds; so far, if it has not ended. */
  public long durationNanos() {
    return endNanos != 0 ? endNanos : System.nanoTime() - startNanos;
  }

  /** Returns the start in nanoseconds relative to another span's start. */
  public long offsetNanos(Span other) {
    return startNanos - other.startNanos;
  }

  /** Returns a snapshot of the notes in the order they were made. */
  public synchronized Map<String, String> notes() {
    return new LinkedHashMap<>(notes);
  }

  /** Returns a snapshot of the child spans. */
  public synchronized List<Span> children() {
    return List.copyOf(children);
  }

  /** Returns a snapshot of the decisions. */
  public synchronized List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** Returns why the step failed, if it did. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }
}
