package dev.cloudtask.localcloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Principal or NotPrincipal element of a statement.
 *
 * @param inverted whether it is NotPrincipal
 * @param byKind the principals by kind ({@code AWS}, {@code Service}, {@code Federated}, {@code
 *     CanonicalUser}); a bare {@code "*"} stands under {@code AWS}
 */
public record Principals(boolean inverted, Map<String, List<String>> byKind) {
  /** How well a principal element names a caller. */
  enum Match {
    /** Not at all. */
    NONE,
    /** Only the caller's account: the account's own policies must allow it too. */
    ACCOUNT,
    /** Everybody, or the role whose session the caller is. */
    INDIRECT,
    /** The caller itself. */
    DIRECT
  }

  /** Copies the map. */
  public Principals {
    byKind = Map.copyOf(byKind);
  }

  /** Returns the AWS principals: ARNs, account numbers, {@code *}. */
  public List<String> aws() {
    return byKind.getOrDefault("AWS", List.of());
  }

  /** Tells whether it names everybody. */
  public boolean isEveryone() {
    return !inverted && aws().contains("*");
  }

  /** Tells how an element with Allow names the caller. */
  Match allows(Caller caller, Identity identity) {
    if (inverted) {
      boolean named = best(caller, identity) != Match.NONE;
      return named ? Match.NONE : Match.INDIRECT;
    }
    return best(caller, identity);
  }

  /**
   * Tells whether an element with Deny hits the caller. A NotPrincipal spares only a caller all of
   * whose names are listed: session, role and account.
   */
  boolean denies(Caller caller, Identity identity) {
    if (!inverted) {
      return best(caller, identity) != Match.NONE;
    }
    return !names(caller, identity).stream().allMatch(this::lists);
  }

  private Match best(Caller caller, Identity identity) {
    List<String> names = names(caller, identity);
    if (!names.isEmpty() && lists(names.get(0))) {
      return caller instanceof Caller.Root ? Match.ACCOUNT : Match.DIRECT;
    }
    if (aws().contains("*") || (names.size() == 3 && lists(names.get(1)))) {
      return Match.INDIRECT;
    }
    return names.size() > 1 && lists(names.get(names.size() - 1)) ? Match.ACCOUNT : Match.NONE;
  }

  /** What a caller is called, the closest name first, the account last. */
  private static List<String> names(Caller caller, Identity identity) {
    List<String> names = new ArrayList<>();
    if (caller instanceof Caller.Service service) {
      names.add(service.service());
    } else if (caller instanceof Caller.Root root) {
      names.add(root.arn());
    } else if (caller instanceof Caller.User user) {
      names.add(identity.principalArn());
      names.add(accountArn(user.accountId()));
    } else if (caller instanceof Caller.AssumedRole role) {
      names.add(role.arn());
      names.add(identity.principalArn());
      names.add(accountArn(role.accountId()));
    }
    return names;
  }

  private static String accountArn(String accountId) {
    return "arn:aws:iam::" + accountId + ":root";
  }

  private boolean lists(String name) {
    if (!name.startsWith("arn:")) {
      return byKind.getOrDefault("Service", List.of()).contains(name);
    }
    return aws().stream()
        .anyMatch(each -> each.equals(name) || (isAccount(each) && accountArn(each).equals(name)));
  }

  private static boolean isAccount(String name) {
    return name.length() == 12 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
