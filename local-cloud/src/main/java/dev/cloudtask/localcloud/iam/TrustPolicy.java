package dev.cloudtask.localcloud.iam;

import dev.cloudtask.localcloud.iam.Identity.NamedPolicy;
import java.util.Optional;

/**
 * Who may assume a role: its trust policy must allow it, an identity policy alone never suffices.
 *
 * <p>A trust policy that names the caller (or everybody) suffices inside one account; one that
 * names only the account also needs an identity policy that allows it. The account's root counts as
 * one of its administrators here: on AWS root itself cannot assume roles, but a student of this
 * cloud has no other credentials to begin with.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html">
 *     Role trust policies</a>
 */
public final class TrustPolicy {
  private TrustPolicy() {}

  /**
   * Decides.
   *
   * @param request with the action ({@code sts:AssumeRole}) and the role's ARN as resource
   * @param trust the role's trust policy
   */
  public static Verdict decide(AccessRequest request, Identity identity, PolicyDocument trust) {
    NamedPolicy policy = new NamedPolicy("the role's trust policy", trust);
    Optional<Evaluator.Finding> found = Evaluator.findInResourcePolicy(policy, request, identity);
    Verdict own = Evaluator.decide(request.withResourcePolicy(Optional.empty()), identity);
    String subject =
        "User: "
            + request.caller().arn()
            + " is not authorized to perform: "
            + request.action()
            + " on resource: "
            + request.resource();
    if (found.isEmpty()) {
      String reason = "the role's trust policy does not allow " + request.action();
      return new Verdict(false, reason, subject, subject);
    }
    Evaluator.Finding finding = found.get();
    if (!finding.allow()) {
      String message = subject + " with an explicit deny in the role trust policy";
      return new Verdict(false, finding.describe(), message, message);
    }
    boolean deniedByOwn = own.message().contains("with an explicit deny");
    if (deniedByOwn || (finding.match() == Principals.Match.ACCOUNT && !own.allowed())) {
      return own;
    }
    return new Verdict(true, finding.describe(), "", "");
  }
}
