package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.trace.Span;

/** Decides whether a caller may do something, in view of the caller's own policies. */
@FunctionalInterface
public interface Authorizer {
  /** Decides, and records the decision and its reason in the span. Never throws for a plain no. */
  Verdict decide(AccessRequest request, Span span);
}
