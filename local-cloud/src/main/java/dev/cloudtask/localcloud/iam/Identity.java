package dev.cloudtask.localcloud.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a caller beside its name: the policies it carries.
 *
 * @param principalArn the ARN that policies name it by: of a session the role's, path included
 * @param userId its unique id ({@code AIDA…}); of a session the role's
 * @param tags the tags of user or role
 * @param policies inline and attached policies
 * @param boundary the permissions boundary, if it has one
 * @param sessionPolicies the policies given when the session began; none means no further limit
 */
public record Identity(
    String principalArn,
    String userId,
    Map<String, String> tags,
    List<NamedPolicy> policies,
    Optional<NamedPolicy> boundary,
    List<NamedPolicy> sessionPolicies) {

  /**
   * A policy and what it is called.
   *
   * @param name for people: {@code inline policy TaskTable}, or a managed policy's ARN
   */
  public record NamedPolicy(String name, PolicyDocument document) {}

  /** Copies the collections. */
  public Identity {
    tags = Map.copyOf(tags);
    policies = List.copyOf(policies);
    sessionPolicies = List.copyOf(sessionPolicies);
  }

  /** Somebody without policies of its own: root, a service, anybody. */
  public static Identity bare(Caller caller) {
    return of(caller.arn(), List.of());
  }

  /** Somebody with these policies and nothing else. */
  public static Identity of(String principalArn, List<NamedPolicy> policies) {
    return new Identity(principalArn, "", Map.of(), policies, Optional.empty(), List.of());
  }
}
