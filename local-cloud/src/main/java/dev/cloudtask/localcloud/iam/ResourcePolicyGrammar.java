package dev.cloudtask.localcloud.iam;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The grammar of policies that name principals: trust policies and resource policies. A newer
 * parser on AWS's side than that of identity policies, with other messages.
 *
 * <p>Messages as quoted in issues of hashicorp/terraform-provider-aws and in versity/versitygw's
 * tests of trust policies against AWS.
 */
final class ResourcePolicyGrammar {
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "Service", "Federated", "CanonicalUser");

  private ResourcePolicyGrammar() {}

  static void check(JsonObject document, PolicyKind kind) {
    known(document, PolicyDocument.ELEMENTS);
    JsonElement version = document.get("Version");
    demand(
        version == null
            || (isText(version)
                && List.of("2008-10-17", "2012-10-17").contains(version.getAsString())),
        "The policy must contain a valid version string");
    JsonElement statement = document.get("Statement");
    demand(statement != null, "Missing required field Statement");
    demand(
        statement.isJsonObject() || statement.isJsonArray(),
        "Could not parse the policy: Statement must be a JSON object or a list of them");
    if (statement.isJsonArray()) {
      demand(
          !statement.getAsJsonArray().isEmpty(), "Could not parse the policy: Statement is empty!");
      for (JsonElement each : statement.getAsJsonArray()) {
        demand(each.isJsonObject(), "Syntax error in policy.");
      }
    }
    Set<String> sids = new HashSet<>();
    for (JsonObject each : PolicyDocument.statements(document)) {
      statement(each, kind);
      if (each.has("Sid")) {
        demand(isText(each.get("Sid")), "Syntax error in policy.");
        String sid = each.get("Sid").getAsString();
        demand(sid.isEmpty() || sids.add(sid), "The Statement Ids in the policy are not unique");
      }
    }
  }

  private static void statement(JsonObject statement, PolicyKind kind) {
    known(statement, PolicyDocument.STATEMENT_ELEMENTS);
    JsonElement effect = statement.get("Effect");
    demand(effect != null, "Missing required field Effect");
    demand(isText(effect), "Syntax error in policy.");
    demand(
        effect.getAsString().equals("Allow") || effect.getAsString().equals("Deny"),
        "Invalid effect: " + effect.getAsString());
    demand(
        !(statement.has("Principal") && statement.has("NotPrincipal"))
            && !(statement.has("Action") && statement.has("NotAction"))
            && !(statement.has("Resource") && statement.has("NotResource")),
        "Syntax error in policy.");
    principals(statement, kind);
    demand(statement.has("Action") || statement.has("NotAction"), "Missing required field Action");
    for (String name : List.of("Action", "NotAction", "Resource", "NotResource")) {
      if (statement.has(name)) {
        demand(isTexts(statement.get(name)), "Syntax error in policy.");
      }
    }
    if (kind == PolicyKind.TRUST) {
      trust(statement);
    } else {
      demand(
          statement.has("Resource") || statement.has("NotResource"),
          "Missing required field Resource");
    }
    condition(statement);
  }

  private static void trust(JsonObject statement) {
    for (String name : List.of("Action", "NotAction")) {
      if (statement.has(name)) {
        for (String action : PolicyDocument.texts(statement.get(name))) {
          demand(
              action.startsWith("sts:"),
              "AssumeRole policy may only specify STS AssumeRole actions.");
        }
      }
    }
    demand(!statement.has("Resource"), "Has prohibited field Resource");
    demand(!statement.has("NotResource"), "AssumeRole policy must not contain resources.");
  }

  private static void principals(JsonObject statement, PolicyKind kind) {
    boolean inverted = statement.has("NotPrincipal");
    if (inverted) {
      demand(
          !statement.get("Effect").getAsString().equals("Allow"),
          "Allow with NotPrincipal is not allowed.");
      demand(kind != PolicyKind.TRUST, "AssumeRole policy must not contain NotPrincipal field.");
    }
    JsonElement principal = statement.get(inverted ? "NotPrincipal" : "Principal");
    demand(principal != null, "Missing required field Principal");
    if (!principal.isJsonObject()) {
      demand(isText(principal), "Syntax error in policy.");
      demand(
          principal.getAsString().equals("*"),
          kind == PolicyKind.TRUST
              ? "Principal must be a JSON object."
              : "Invalid principal in policy");
      return;
    }
    Set<Map.Entry<String, JsonElement>> kinds = principal.getAsJsonObject().entrySet();
    demand(!kinds.isEmpty(), "Missing required field Principal cannot be empty!");
    for (Map.Entry<String, JsonElement> each : kinds) {
      demand(
          PRINCIPALS.contains(each.getKey()),
          "Invalid principal in policy: \"" + each.getKey() + "\"");
      demand(isTexts(each.getValue()), "Syntax error in policy.");
      for (String value : PolicyDocument.texts(each.getValue())) {
        demand(
            isPrincipal(each.getKey(), value),
            kind == PolicyKind.TRUST
                ? "Invalid principal in policy: \"" + each.getKey() + "\":\"" + value + "\""
                : "Invalid principal in policy");
      }
    }
  }

  private static boolean isPrincipal(String kind, String value) {
    return switch (kind) {
      case "AWS" ->
          value.equals("*")
              || value.matches("\\d{12}")
              || value.matches("A[A-Z0-9]{15,}")
              || value.matches("arn:aws[a-z-]*:iam::\\d{12}:(root|(user|role)/[\\w+=,.@/-]+)")
              || value.matches(
                  "arn:aws[a-z-]*:sts::\\d{12}:(assumed-role|federated-user)/[\\w+=,.@/-]+")
              || value.matches("arn:aws[a-z-]*:iam::cloudfront:user/.+");
      case "Service" -> value.matches("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");
      default -> !value.isEmpty();
    };
  }

  private static void condition(JsonObject statement) {
    JsonElement condition = statement.get("Condition");
    if (condition == null) {
      return;
    }
    if (condition.isJsonObject()) {
      for (String operator : condition.getAsJsonObject().keySet()) {
        demand(Condition.comparison(operator).isPresent(), "Invalid Condition type : " + operator);
      }
    }
    demand(IdentityPolicyGrammar.isCondition(condition), "Syntax error in policy.");
  }

  private static void known(JsonObject object, Set<String> names) {
    for (String name : object.keySet()) {
      demand(names.contains(name), "Unknown field " + name);
    }
  }

  private static boolean isText(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static boolean isTexts(JsonElement element) {
    if (!element.isJsonArray()) {
      return isText(element);
    }
    for (JsonElement each : element.getAsJsonArray()) {
      if (!isText(each)) {
        return false;
      }
    }
    return !element.getAsJsonArray().isEmpty();
  }

  private static void demand(boolean right, String problem) {
    if (!right) {
      throw MalformedPolicyException.of(problem);
    }
  }
}
