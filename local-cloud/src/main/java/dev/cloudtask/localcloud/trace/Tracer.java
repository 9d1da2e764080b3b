package dev.cloudtask.localcloud.trace;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the newest traces, at most {@link #CAPACITY} of them: memory does not grow with traffic.
 */
public final class Tracer {
  /** How many traces are kept. */
  public static final int CAPACITY = 2_000;

  private final ArrayDeque<Trace> ring = new ArrayDeque<>(CAPACITY);

  /** Begins the trace of a request. */
  public Trace begin(String requestId, Instant at, String service, String operation) {
    Trace trace = new Trace(requestId, at, new Span(service, operation, at));
    synchronized (ring) {
      if (ring.size() == CAPACITY) {
        ring.removeFirst();
      }
      ring.addLast(trace);
    }
    return trace;
  }

  /** Returns the kept traces, oldest first. */
  public List<Trace> newest() {
    synchronized (ring) {
      return List.copyOf(ring);
    }
  }

  /** Returns the trace of this request id, if it is still kept. */
  public Optional<Trace> find(String requestId) {
    return newest().stream().filter(trace -> trace.requestId().equals(requestId)).findFirst();
  }
}
