package dev.cloudtask.localcloud.iam;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy.
 *
 * @param sid its Sid, if it has one
 * @param position its place in the policy, from 1
 * @param allow whether its Effect is Allow
 * @param actions Action or NotAction
 * @param resources Resource or NotResource; nothing in trust policies
 * @param principals Principal or NotPrincipal; nothing in identity policies
 * @param conditions all must hold
 */
public record Statement(
    Optional<String> sid,
    int position,
    boolean allow,
    Patterns actions,
    Optional<Patterns> resources,
    Optional<Principals> principals,
    List<Condition> conditions) {

  /**
   * Patterns that select, or with {@code Not…}, that leave out.
   *
   * @param inverted whether the element is NotAction or NotResource
   */
  public record Patterns(boolean inverted, List<String> values) {
    /** Copies the values. */
    public Patterns {
      values = List.copyOf(values);
    }
  }

  /** Copies the conditions. */
  public Statement {
    conditions = List.copyOf(conditions);
  }

  /** Tells whether action, resource and conditions fit a request; the principal is judged apart. */
  boolean fits(AccessRequest request, ConditionKeys keys, boolean variables) {
    return fitsAction(request.action())
        && fitsResource(request.resource(), keys, variables)
        && conditions.stream().allMatch(condition -> condition.holds(keys, variables));
  }

  private boolean fitsAction(String action) {
    boolean listed =
        actions.values().stream().anyMatch(each -> Wildcards.matchesIgnoringCase(each, action));
    return listed != actions.inverted();
  }

  private boolean fitsResource(String resource, ConditionKeys keys, boolean variables) {
    if (resources.isEmpty()) {
      return true;
    }
    boolean listed =
        resources.get().values().stream()
            .map(each -> keys.expand(each, variables, true))
            .anyMatch(each -> each.isPresent() && Wildcards.matches(each.get(), resource));
    return listed != resources.get().inverted();
  }

  /** Names the statement for people: its Sid, or its place. */
  String label() {
    return sid.filter(text -> !text.isEmpty())
        .map(text -> "statement '" + text + "'")
        .orElse("statement " + position);
  }
}
