package dev.cloudtask.localcloud.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The condition keys of one request; their names know no letter case, their values do. */
final class ConditionKeys {
  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ConditionKeys() {}

  /** The request's own keys, and those that follow from who asks. */
  static ConditionKeys of(AccessRequest request, Identity identity) {
    ConditionKeys keys = new ConditionKeys();
    keys.put("aws:PrincipalIsAWSService", "false");
    Caller caller = request.caller();
    if (caller instanceof Caller.Root root) {
      keys.principal(root.accountId(), "Account", root.arn(), root.accountId());
    } else if (caller instanceof Caller.User user) {
      keys.principal(user.accountId(), "User", identity.principalArn(), identity.userId());
      keys.put("aws:username", user.userName());
    } else if (caller instanceof Caller.AssumedRole role) {
      keys.principal(
          role.accountId(),
          "AssumedRole",
          identity.principalArn(),
          role.roleId() + ":" + role.sessionName());
    } else if (caller instanceof Caller.Service service) {
      keys.put("aws:PrincipalIsAWSService", "true");
      keys.put("aws:PrincipalServiceName", service.service());
      keys.put("aws:SourceArn", service.sourceArn());
      keys.put("aws:SourceAccount", service.sourceAccount());
    } else {
      keys.put("aws:PrincipalType", "Anonymous");
      keys.put("aws:userid", "anonymous");
    }
    identity.tags().forEach((key, value) -> keys.put("aws:PrincipalTag/" + key, value));
    request.context().forEach((key, list) -> keys.values.put(key, List.copyOf(list)));
    return keys;
  }

  private void principal(String account, String type, String arn, String userId) {
    put("aws:PrincipalAccount", account);
    put("aws:PrincipalType", type);
    put("aws:PrincipalArn", arn);
    put("aws:userid", userId);
  }

  private void put(String key, String value) {
    if (!value.isEmpty()) {
      values.put(key, List.of(value));
    }
  }

  /** Returns the values of a key; none if the request does not have it. */
  Optional<List<String>> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Puts values in for policy variables: {@code ${key}}, {@code ${key, 'default'}}, and the escapes
   * {@code ${*} ${?} ${$}}.
   *
   * @param wildcards whether stars outside of variables become wildcards
   * @return a pattern for {@link Wildcards}, or nothing if a variable has no single value
   */
  Optional<String> expand(String text, boolean variables, boolean wildcards) {
    if (!variables || text.indexOf('$') < 0) {
      return Optional.of(wildcards ? Wildcards.compile(text) : text);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int start = text.indexOf("${", at);
      int end = start < 0 ? -1 : text.indexOf('}', start);
      if (end < 0) {
        break;
      }
      append(out, text.substring(at, start), wildcards);
      Optional<String> value = variable(text.substring(start + 2, end).trim());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      out.append(value.get());
      at = end + 1;
    }
    append(out, text.substring(at), wildcards);
    return Optional.of(out.toString());
  }

  private static void append(StringBuilder out, String text, boolean wildcards) {
    out.append(wildcards ? Wildcards.compile(text) : text);
  }

  private Optional<String> variable(String name) {
    if (name.equals("*") || name.equals("?") || name.equals("$")) {
      return Optional.of(name);
    }
    int comma = name.indexOf(',');
    String key = comma < 0 ? name : name.substring(0, comma).trim();
    Optional<List<String>> found = get(key);
    if (found.isPresent() && found.get().size() == 1) {
      return Optional.of(found.get().get(0));
    }
    if (comma < 0) {
      return Optional.empty();
    }
    String fallback = name.substring(comma + 1).trim();
    return fallback.length() >= 2 && fallback.startsWith("'") && fallback.endsWith("'")
        ? Optional.of(fallback.substring(1, fallback.length() - 1))
        : Optional.empty();
  }
}
