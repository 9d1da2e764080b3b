package dev.cloudtask.localcloud.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One request's whole journey.
 *
 * @param requestId the id that the client sees in {@code x-amzn-RequestId}
 * @param at when it arrived
 * @param root the first span
 */
public record Trace(String requestId, Instant at, Span root) {
  /** Returns every span of the trace, parents before children. */
  public List<Span> spans() {
    List<Span> all = new ArrayList<>();
    collect(root, all);
    return all;
  }

  private static void collect(Span span, List<Span> all) {
    all.add(span);
    for (Span child : span.children()) {
      collect(child, all);
    }
  }
}
