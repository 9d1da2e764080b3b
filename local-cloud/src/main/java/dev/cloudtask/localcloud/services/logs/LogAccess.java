package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.trace.Span;

/** Lets nobody read or write logs whose own policies do not allow it. */
final class LogAccess {
  private final Authorizer authorizer;
  private final LogStore store;

  LogAccess(Authorizer authorizer, LogStore store) {
    this.authorizer = authorizer;
    this.store = store;
  }

  /**
   * Fails unless the caller may.
   *
   * @param action without the prefix: {@code GetLogEvents}
   * @param group the group's name; empty for none
   * @param stream the stream's name; empty for none
   */
  void check(ServiceCall call, String action, String group, String stream) {
    check(call.caller(), action, group, stream, call.span());
  }

  void check(Caller caller, String action, String group, String stream, Span span) {
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(caller, "logs:" + action, store.accessArn(group, stream)), span);
    if (!verdict.allowed()) {
      throw LogErrors.accessDenied(verdict.message());
    }
  }
}
