package dev.cloudtask.localcloud.iam;

import dev.cloudtask.localcloud.iam.Identity.NamedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides one request in view of all policies: any explicit deny wins; otherwise, inside one
 * account, an allow in an identity policy or in the resource's policy suffices; otherwise the
 * answer is no.
 *
 * <p>A permissions boundary and session policies limit what identity policies give. A resource
 * policy that names a user or session itself is not limited by them; one that names the account
 * only lets the account's own policies decide.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">
 *     Policy evaluation logic</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">
 *     Troubleshoot access denied error messages</a>
 */
public final class Evaluator {
  /** What one policy says of a request. */
  record Finding(boolean allow, NamedPolicy policy, Statement statement, Principals.Match match) {
    String describe() {
      return (allow ? "allowed by " : "denied by ") + statement.label() + " of " + policy.name();
    }
  }

  private final AccessRequest request;
  private final Identity identity;
  private final ConditionKeys keys;

  private Evaluator(AccessRequest request, Identity identity) {
    this.request = request;
    this.identity = identity;
    this.keys = ConditionKeys.of(request, identity);
  }

  /** Decides. */
  public static Verdict decide(AccessRequest request, Identity identity) {
    return new Evaluator(request, identity).decide();
  }

  /**
   * A statement that fits a request.
   *
   * @param policy the policy's name as in {@link NamedPolicy}
   * @param allow its effect
   */
  public record Matched(String policy, Statement statement, boolean allow) {}

  /**
   * Returns every statement of the caller's own policies that fits the request, for a simulator.
   */
  public static List<Matched> matched(AccessRequest request, Identity identity) {
    Evaluator evaluator = new Evaluator(request, identity);
    List<Matched> all = new ArrayList<>();
    for (NamedPolicy policy : identity.policies()) {
      for (Statement statement : policy.document().statements()) {
        if (statement.fits(request, evaluator.keys, policy.document().hasVariables())) {
          all.add(new Matched(policy.name(), statement, statement.allow()));
        }
      }
    }
    return all;
  }

  /**
   * Returns the condition keys that the caller's own policies ask for and the request does not
   * have, sorted.
   */
  public static List<String> missingKeys(AccessRequest request, Identity identity) {
    ConditionKeys keys = ConditionKeys.of(request, identity);
    return identity.policies().stream()
        .flatMap(policy -> policy.document().statements().stream())
        .flatMap(statement -> statement.conditions().stream())
        .map(Condition::key)
        .filter(key -> keys.get(key).isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** Looks at a policy that names principals: a deny first, otherwise the closest allow. */
  static Optional<Finding> findInResourcePolicy(
      NamedPolicy policy, AccessRequest request, Identity identity) {
    return new Evaluator(request, identity).inResourcePolicy(policy);
  }

  private Verdict decide() {
    Optional<Finding> resource =
        request
            .resourcePolicy()
            .map(
                text ->
                    new NamedPolicy(
                        "the resource's policy", PolicyDocument.parse(text, PolicyKind.RESOURCE)))
            .flatMap(this::inResourcePolicy);
    Optional<Finding> own = in(identity.policies());
    Optional<Finding> boundary = identity.boundary().flatMap(each -> in(List.of(each)));
    Optional<Finding> session = in(identity.sessionPolicies());
    if (denies(own)) {
      return denied(own.get(), "with an explicit deny in an identity-based policy");
    }
    if (denies(resource)) {
      return denied(resource.get(), "with an explicit deny in a resource-based policy");
    }
    if (denies(boundary)) {
      return denied(boundary.get(), "with an explicit deny in a permissions boundary");
    }
    if (denies(session)) {
      return denied(session.get(), "with an explicit deny in a session policy");
    }
    if (request.caller() instanceof Caller.Root) {
      return allowed("the account's root may do everything that no policy denies");
    }
    return combine(own, resource, boundary, session);
  }

  private Verdict combine(
      Optional<Finding> own,
      Optional<Finding> resource,
      Optional<Finding> boundary,
      Optional<Finding> session) {
    boolean carriesPolicies =
        request.caller() instanceof Caller.User || request.caller() instanceof Caller.AssumedRole;
    if (resource.isPresent()
        && (resource.get().match() == Principals.Match.DIRECT
            || (!carriesPolicies && resource.get().match() == Principals.Match.INDIRECT))) {
      return allowed(resource.get().describe());
    }
    if (!carriesPolicies) {
      return refused("no resource-based policy");
    }
    boolean byResource =
        resource.isPresent() && resource.get().match() == Principals.Match.INDIRECT;
    if (own.isEmpty() && !byResource) {
      return refused("no identity-based policy");
    }
    if (identity.boundary().isPresent() && boundary.isEmpty()) {
      return refused("no permissions boundary");
    }
    if (!identity.sessionPolicies().isEmpty() && session.isEmpty()) {
      return refused("no session policy");
    }
    return allowed((own.isPresent() ? own : resource).get().describe());
  }

  private static boolean denies(Optional<Finding> finding) {
    return finding.isPresent() && !finding.get().allow();
  }

  /** Looks at policies without principals: the first deny, otherwise the first allow. */
  private Optional<Finding> in(List<NamedPolicy> policies) {
    Optional<Finding> found = Optional.empty();
    for (NamedPolicy policy : policies) {
      for (Statement statement : policy.document().statements()) {
        if (statement.allow() && found.isPresent()) {
          continue;
        }
        if (statement.fits(request, keys, policy.document().hasVariables())) {
          found =
              Optional.of(
                  new Finding(statement.allow(), policy, statement, Principals.Match.DIRECT));
          if (!statement.allow()) {
            return found;
          }
        }
      }
    }
    return found;
  }

  private Optional<Finding> inResourcePolicy(NamedPolicy policy) {
    Optional<Finding> best = Optional.empty();
    for (Statement statement : policy.document().statements()) {
      if (statement.principals().isEmpty()
          || !statement.fits(request, keys, policy.document().hasVariables())) {
        continue;
      }
      Principals principals = statement.principals().get();
      if (!statement.allow()) {
        if (principals.denies(request.caller(), identity)) {
          return Optional.of(new Finding(false, policy, statement, Principals.Match.DIRECT));
        }
        continue;
      }
      Principals.Match match = principals.allows(request.caller(), identity);
      if (match != Principals.Match.NONE
          && (best.isEmpty() || match.compareTo(best.get().match()) > 0)) {
        best = Optional.of(new Finding(true, policy, statement, match));
      }
    }
    return best;
  }

  private static Verdict allowed(String reason) {
    return new Verdict(true, reason, "", "");
  }

  private Verdict denied(Finding finding, String context) {
    return new Verdict(false, finding.describe(), message(false, context), message(true, context));
  }

  private Verdict refused(String nobody) {
    String context = "because " + nobody + " allows the " + request.action() + " action";
    String reason = nobody + " allows " + request.action() + " on " + request.resource();
    return new Verdict(false, reason, message(false, context), message(true, context));
  }

  private String message(boolean quoted, String context) {
    String subject =
        "User: " + request.caller().arn() + " is not authorized to perform: " + request.action();
    if (quoted) {
      // S3 leaves the resource out where an action has none (s3:ListAllMyBuckets).
      return request.resource().equals("*")
          ? subject + " " + context
          : subject + " on resource: \"" + request.resource() + "\" " + context;
    }
    return subject + " on resource: " + request.resource() + " " + context;
  }
}
