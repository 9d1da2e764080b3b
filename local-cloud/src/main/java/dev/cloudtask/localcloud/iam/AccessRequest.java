package dev.cloudtask.localcloud.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the evaluator: may this caller do this to that?
 *
 * @param caller who asks
 * @param action the IAM action, for instance {@code dynamodb:PutItem}
 * @param resource the resource's ARN
 * @param context condition keys and their values, keys in AWS's spelling ({@code aws:SourceArn})
 * @param resourcePolicy the policy attached to the resource, as JSON text, if it has one
 */
public record AccessRequest(
    Caller caller,
    String action,
    String resource,
    Map<String, List<String>> context,
    Optional<String> resourcePolicy) {

  /** Asks without condition keys and without a resource policy. */
  public static AccessRequest of(Caller caller, String action, String resource) {
    return new AccessRequest(caller, action, resource, Map.of(), Optional.empty());
  }

  /** Returns the same question in view of a resource policy. */
  public AccessRequest withResourcePolicy(Optional<String> policy) {
    return new AccessRequest(caller, action, resource, context, policy);
  }

  /** Returns the same question with condition keys. */
  public AccessRequest withContext(Map<String, List<String>> keys) {
    return new AccessRequest(caller, action, resource, Map.copyOf(keys), resourcePolicy);
  }
}
