package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.trace.Span;

/** Lets nobody use IAM whose own policies do not allow it. */
final class IamAccess {
  private final Authorizer authorizer;

  IamAccess(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * Fails unless the caller may.
   *
   * @param action without the prefix: {@code CreateRole}
   */
  void check(Caller caller, String action, String resource, Span span) {
    Verdict verdict = authorizer.decide(AccessRequest.of(caller, "iam:" + action, resource), span);
    if (!verdict.allowed()) {
      throw IamErrors.accessDenied(verdict.message());
    }
  }
}
