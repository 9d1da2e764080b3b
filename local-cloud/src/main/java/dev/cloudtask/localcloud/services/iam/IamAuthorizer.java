package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Evaluator;
import dev.cloudtask.localcloud.iam.Identity;
import dev.cloudtask.localcloud.iam.Identity.NamedPolicy;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the policies of a caller and asks the evaluator.
 *
 * <p>Condition keys that a service does not give are filled in as they are for every request to
 * this cloud: the time, the region, {@code aws:SourceIp} 127.0.0.1, and {@code aws:SecureTransport}
 * true, because loopback stands for the https endpoint of AWS.
 */
final class IamAuthorizer implements Authorizer {
  private static final int CACHED_DOCUMENTS = 500;

  private final IamStore store;
  private final Map<String, PolicyDocument> parsed = new ConcurrentHashMap<>();

  IamAuthorizer(IamStore store) {
    this.store = store;
  }

  @Override
  public Verdict decide(AccessRequest request, Span span) {
    try (Span own = span.child("iam", "authorize")) {
      own.note("principal", request.caller().arn())
          .note("action", request.action())
          .note("resource", request.resource());
      Verdict verdict = Evaluator.decide(completed(request), identity(request.caller()));
      own.decide(verdict.allowed(), verdict.reason());
      return verdict;
    }
  }

  /** Returns the request with the condition keys that every request has. */
  AccessRequest completed(AccessRequest request) {
    Instant now = store.environment().clock().instant();
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(String.valueOf(now.getEpochSecond())));
    keys.put("aws:RequestedRegion", List.of(store.environment().region()));
    keys.put("aws:SourceIp", List.of("127.0.0.1"));
    keys.put("aws:SecureTransport", List.of("true"));
    keys.putAll(request.context());
    return request.withContext(keys);
  }

  /** Returns what a caller carries; a user or role that has gone carries nothing. */
  Identity identity(Caller caller) {
    if (caller instanceof Caller.User user) {
      Optional<User> found = store.users.get(user.userName());
      return found
          .map(each -> identity(each.arn(), each.id(), each.grants(), List.of()))
          .orElseGet(() -> Identity.bare(caller));
    }
    if (caller instanceof Caller.AssumedRole session) {
      Optional<Role> found =
          store.roles.get(session.roleName()).filter(role -> role.id().equals(session.roleId()));
      return found
          .map(role -> identity(role.arn(), role.id(), role.grants(), session.sessionPolicies()))
          .orElseGet(() -> Identity.bare(caller));
    }
    return Identity.bare(caller);
  }

  private Identity identity(String arn, String id, Grants grants, List<String> sessionPolicies) {
    List<NamedPolicy> session = new ArrayList<>();
    for (String text : sessionPolicies) {
      session.add(new NamedPolicy("session policy", document(text)));
    }
    return new Identity(
        arn,
        id,
        grants.tags(),
        policies(grants),
        Optional.ofNullable(grants.boundary())
            .flatMap(store::policy)
            .map(policy -> new NamedPolicy(policy.arn(), document(policy.document()))),
        session);
  }

  /** Returns inline policies by name, then attached ones. */
  List<NamedPolicy> policies(Grants grants) {
    List<NamedPolicy> policies = new ArrayList<>();
    grants
        .sortedInline()
        .forEach(
            (name, text) -> policies.add(new NamedPolicy("inline policy " + name, document(text))));
    for (String attached : grants.attached()) {
      store
          .policy(attached)
          .ifPresent(
              policy -> policies.add(new NamedPolicy(attached, document(policy.document()))));
    }
    return policies;
  }

  /** Parsing costs more than judging: documents are kept parsed, as many as fit. */
  PolicyDocument document(String text) {
    if (parsed.size() > CACHED_DOCUMENTS) {
      parsed.clear();
    }
    return parsed.computeIfAbsent(text, key -> PolicyDocument.parse(key, PolicyKind.INLINE));
  }
}
