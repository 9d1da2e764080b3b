package dev.cloudtask.localcloud.iam;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of identity policies, checked in IAM's order with IAM's messages: syntax, version,
 * the legacy parser (effect in the right case, dates, shape of resources), Sids, presence of
 * actions, resources, actions, presence of resources.
 *
 * <p>Messages as observed on AWS: getmoto/moto tests/test_iam/test_iam_policies.py; "should not
 * specify a principal": IAM User Guide, Troubleshoot IAM policies.
 */
final class IdentityPolicyGrammar {
  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String LEGACY = "The policy failed legacy parsing";
  private static final List<String> LISTS =
      List.of("Action", "NotAction", "Resource", "NotResource");
  private static final Set<String> PARTITIONS =
      Set.of("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc", "*");
  private static final List<String> IAM_PATHS =
      List.of(
          "user/",
          "federated-user/",
          "role/",
          "group/",
          "instance-profile/",
          "mfa/",
          "server-certificate/",
          "policy/",
          "sms-mfa/",
          "saml-provider/",
          "oidc-provider/",
          "report/",
          "access-report/");
  private static final Pattern VENDOR = Pattern.compile("[a-zA-Z0-9\\-.]*");
  private static final Pattern SID = Pattern.compile("[a-zA-Z0-9]*");

  private IdentityPolicyGrammar() {}

  static void check(JsonObject document, PolicyKind kind) {
    if (!isWellFormed(document)) {
      throw MalformedPolicyException.of(SYNTAX);
    }
    String version = document.has("Version") ? document.get("Version").getAsString() : "2008-10-17";
    if (kind == PolicyKind.MANAGED && !version.equals("2012-10-17")) {
      throw MalformedPolicyException.of("Policy document must be version 2012-10-17 or greater.");
    }
    List<JsonObject> statements = PolicyDocument.statements(document);
    Optional<String> badResource = legacy(statements);
    sids(statements);
    for (JsonObject statement : statements) {
      demand(hasSome(statement, "Action"), "Policy statement must contain actions.");
    }
    badResource.ifPresent(
        problem -> {
          throw MalformedPolicyException.of(problem);
        });
    for (JsonObject statement : statements) {
      texts(statement, "Action").forEach(IdentityPolicyGrammar::action);
      texts(statement, "NotAction").forEach(IdentityPolicyGrammar::action);
    }
    for (JsonObject statement : statements) {
      demand(hasSome(statement, "Resource"), "Policy statement must contain resources.");
      demand(
          !statement.has("Principal") && !statement.has("NotPrincipal"),
          "Policy document should not specify a principal.");
    }
  }

  private static void demand(boolean right, String problem) {
    if (!right) {
      throw MalformedPolicyException.of(problem);
    }
  }

  private static boolean isWellFormed(JsonObject document) {
    JsonElement version = document.get("Version");
    JsonElement id = document.get("Id");
    JsonElement statement = document.get("Statement");
    boolean versionRight =
        version == null
            || (isText(version)
                && List.of("2008-10-17", "2012-10-17").contains(version.getAsString()));
    if (!PolicyDocument.ELEMENTS.containsAll(document.keySet())
        || !versionRight
        || (id != null && !isText(id))
        || statement == null) {
      return false;
    }
    if (statement.isJsonObject()) {
      return isWellFormedStatement(statement.getAsJsonObject());
    }
    if (!statement.isJsonArray() || statement.getAsJsonArray().isEmpty()) {
      return false;
    }
    for (JsonElement each : statement.getAsJsonArray()) {
      if (!each.isJsonObject() || !isWellFormedStatement(each.getAsJsonObject())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWellFormedStatement(JsonObject statement) {
    JsonElement effect = statement.get("Effect");
    JsonElement sid = statement.get("Sid");
    return PolicyDocument.STATEMENT_ELEMENTS.containsAll(statement.keySet())
        && !(statement.has("Action") && statement.has("NotAction"))
        && !(statement.has("Resource") && statement.has("NotResource"))
        && effect != null
        && isText(effect)
        && (effect.getAsString().equalsIgnoreCase("Allow")
            || effect.getAsString().equalsIgnoreCase("Deny"))
        && (sid == null || isText(sid))
        && LISTS.stream().allMatch(name -> isTextOrTexts(statement.get(name)))
        && (!statement.has("Condition") || isCondition(statement.get("Condition")));
  }

  private static boolean isText(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static boolean isTextOrTexts(@Nullable JsonElement element) {
    if (element == null || isText(element)) {
      return true;
    }
    if (!element.isJsonArray()) {
      return false;
    }
    for (JsonElement each : element.getAsJsonArray()) {
      if (!isText(each)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a Condition block has the right shape and operators that exist. */
  static boolean isCondition(JsonElement condition) {
    if (!condition.isJsonObject()) {
      return false;
    }
    for (Map.Entry<String, JsonElement> block : condition.getAsJsonObject().entrySet()) {
      if (!block.getValue().isJsonObject()) {
        return false;
      }
      JsonObject lines = block.getValue().getAsJsonObject();
      if (!lines.isEmpty() && Condition.comparison(block.getKey()).isEmpty()) {
        return false;
      }
      for (Map.Entry<String, JsonElement> line : lines.entrySet()) {
        if (!isScalarOrScalars(line.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isScalarOrScalars(JsonElement value) {
    if (!value.isJsonArray()) {
      return value.isJsonPrimitive();
    }
    for (JsonElement each : value.getAsJsonArray()) {
      if (!each.isJsonPrimitive()) {
        return false;
      }
    }
    return true;
  }

  /** The legacy parser: fails, or returns the first complaint about a resource that comes later. */
  private static Optional<String> legacy(List<JsonObject> statements) {
    Optional<String> complaint = Optional.empty();
    for (JsonObject statement : statements) {
      String effect = statement.get("Effect").getAsString();
      demand(effect.equals("Allow") || effect.equals("Deny"), LEGACY);
      demand(!statement.has("Condition") || datesAreRight(statement), LEGACY);
    }
    for (String name : List.of("Resource", "NotResource")) {
      for (JsonObject statement : statements) {
        for (String resource : texts(statement, name)) {
          if (complaint.isEmpty()) {
            complaint = complaint(resource);
          }
          demand(complaint.isPresent() || isLegacyResource(resource), LEGACY);
        }
      }
    }
    return complaint;
  }

  private static boolean datesAreRight(JsonObject statement) {
    for (Map.Entry<String, JsonElement> block : statement.getAsJsonObject("Condition").entrySet()) {
      if (Condition.comparison(block.getKey()).filter(Comparison::isDate).isEmpty()) {
        continue;
      }
      for (Map.Entry<String, JsonElement> line : block.getValue().getAsJsonObject().entrySet()) {
        for (String value : PolicyDocument.texts(line.getValue())) {
          if (Comparison.instant(value).isEmpty() && value.indexOf('$') < 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean isLegacyResource(String resource) {
    if (resource.equals("*")) {
      return true;
    }
    long colons = resource.chars().filter(c -> c == ':').count();
    String[] parts = resource.split(":", -1);
    return !(colons < 5 && resource.contains("::")) && parts.length > 2 && !parts[2].isEmpty();
  }

  private static Optional<String> complaint(String resource) {
    if (resource.equals("*")) {
      return Optional.empty();
    }
    String[] parts = resource.split(":", 6);
    if (parts.length == 1) {
      return Optional.of("Resource " + resource + " must be in ARN format or \"*\".");
    }
    if (!PARTITIONS.contains(parts[1])) {
      StringBuilder whole = new StringBuilder("arn:" + parts[1]);
      for (int i = 2; i < 6; i++) {
        whole.append(':').append(i < parts.length ? parts[i] : "*");
      }
      return Optional.of(
          "Partition \"" + parts[1] + "\" is not valid for resource \"" + whole + "\".");
    }
    if (parts.length == 2) {
      return Optional.of("Resource vendor must be fully qualified and cannot contain regexes.");
    }
    String region = parts.length > 3 ? parts[3] : "";
    String rest = parts.length > 5 ? parts[5] : "";
    if (parts[2].equals("iam") && !region.isEmpty()) {
      return Optional.of("IAM resource " + resource + " cannot contain region information.");
    }
    if (parts[2].equals("s3") && !region.isEmpty() && !rest.startsWith("accesspoint/")) {
      return Optional.of("Resource " + resource + " can not contain region information.");
    }
    if (parts[2].equals("iam")
        && parts.length == 6
        && !rest.equals("*")
        && !rest.equals("root")
        && IAM_PATHS.stream().noneMatch(rest::startsWith)) {
      return Optional.of(
          "IAM resource path must either be \"*\" or start with "
              + String.join(", ", IAM_PATHS)
              + ".");
    }
    return Optional.empty();
  }

  private static void sids(List<JsonObject> statements) {
    Set<String> seen = new HashSet<>();
    for (JsonObject statement : statements) {
      String sid = statement.has("Sid") ? statement.get("Sid").getAsString() : "";
      demand(
          sid.isEmpty() || seen.add(sid), "Statement IDs (SID) in a single policy must be unique.");
    }
    for (String sid : seen) {
      demand(
          SID.matcher(sid).matches(),
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the"
              + " regular expression [0-9A-Za-z]*");
    }
  }

  private static void action(String action) {
    String[] parts = action.split(":", -1);
    demand(
        parts.length > 1 || action.equals("*"),
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    demand(parts.length <= 2, "Actions/Condition can contain only one colon.");
    demand(
        parts.length == 1 || VENDOR.matcher(parts[0]).matches(),
        "Vendor " + parts[0] + " is not valid");
  }

  private static boolean hasSome(JsonObject statement, String name) {
    return !texts(statement, name).isEmpty() || !texts(statement, "Not" + name).isEmpty();
  }

  private static List<String> texts(JsonObject statement, String name) {
    return statement.has(name) ? PolicyDocument.texts(statement.get(name)) : List.of();
  }
}
