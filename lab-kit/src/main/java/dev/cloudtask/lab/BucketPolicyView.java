package dev.cloudtask.lab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bucket policy as S3 gives it out, read for the part that keeps strangers from something. What a
 * policy <em>does</em> is for S3 to say; this says where to look once S3 has refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">Policy
 *     elements</a>
 */
public final class BucketPolicyView {
  private final List<JsonObject> statements;

  private BucketPolicyView(List<JsonObject> statements) {
    this.statements = statements;
  }

  /**
   * The part of a policy that stands in the way.
   *
   * @param path where it is in the policy document, such as {@code Statement, 0, Principal}
   * @param words a sentence about it
   */
  public record Obstacle(List<String> path, String words) {
    /** Copies the path. */
    public Obstacle {
      path = List.copyOf(path);
    }
  }

  /** Reads a policy; one that is no JSON says nothing. */
  public static BucketPolicyView of(String json) {
    List<JsonObject> statements = new ArrayList<>();
    try {
      JsonElement all = JsonParser.parseString(json);
      if (all.isJsonObject() && all.getAsJsonObject().has("Statement")) {
        for (JsonElement each : list(all.getAsJsonObject().get("Statement"))) {
          if (each.isJsonObject()) {
            statements.add(each.getAsJsonObject());
          }
        }
      }
    } catch (JsonSyntaxException e) {
      statements.clear();
    }
    return new BucketPolicyView(List.copyOf(statements));
  }

  /**
   * Returns what keeps everybody from doing something: a statement that denies it, or else what is
   * missing from the statement that comes nearest to allowing it.
   *
   * @param arn of the file or of the bucket
   */
  public Obstacle toEverybody(String action, String arn) {
    Obstacle nearest = new Obstacle(List.of("Statement"), "No statement allows " + action + ".");
    int best = -1;
    for (int i = 0; i < statements.size(); i++) {
      JsonObject statement = statements.get(i);
      boolean deny = "Deny".equals(text(statement.get("Effect")));
      List<Obstacle> missing = missing(i, statement, action, arn);
      if (deny && missing.stream().allMatch(each -> each.path().contains("Condition"))) {
        return new Obstacle(
            List.of("Statement", "" + i, "Effect"),
            "A Deny wins over every Allow, and this one covers " + action + ".");
      }
      if (!deny && !missing.isEmpty() && 4 - missing.size() > best) {
        best = 4 - missing.size();
        nearest = missing.get(0);
      }
    }
    return nearest;
  }

  private static List<Obstacle> missing(int i, JsonObject statement, String action, String arn) {
    List<Obstacle> missing = new ArrayList<>();
    if (!isEverybody(statement.get("Principal"))) {
      missing.add(obstacle(i, "Principal", "A visitor has no AWS account: only '*' means them."));
    }
    if (!covers(statement, "Action", action)) {
      missing.add(obstacle(i, "Action", "It does not name " + action + "."));
    }
    if (!covers(statement, "Resource", arn)) {
      missing.add(
          obstacle(
              i,
              "Resource",
              "It does not cover " + arn + ". All files of a bucket are its ARN and /*."));
    }
    if (statement.has("Condition")) {
      missing.add(
          obstacle(i, "Condition", "It holds only under a condition: " + condition(statement)));
    }
    return missing;
  }

  private static Obstacle obstacle(int i, String member, String words) {
    return new Obstacle(List.of("Statement", "" + i, member), words);
  }

  private static String condition(JsonObject statement) {
    String text = String.valueOf(statement.get("Condition"));
    return text.length() > 90 ? text.substring(0, 90) + "…" : text;
  }

  private static boolean isEverybody(@Nullable JsonElement principal) {
    if (principal == null) {
      return false;
    }
    if (principal.isJsonObject()) {
      return list(principal.getAsJsonObject().get("AWS")).stream()
          .anyMatch(each -> "*".equals(text(each)));
    }
    return "*".equals(text(principal));
  }

  private static boolean covers(JsonObject statement, String member, String value) {
    boolean not = statement.has("Not" + member);
    boolean named =
        list(statement.get(not ? "Not" + member : member)).stream()
            .map(BucketPolicyView::text)
            .anyMatch(
                pattern ->
                    member.equals("Action") // of which alone the case does not count
                        ? fits(pattern.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
                        : fits(pattern, value));
    return named != not;
  }

  private static boolean fits(String pattern, String value) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return value.matches(regex);
  }

  private static List<JsonElement> list(@Nullable JsonElement element) {
    if (element == null) {
      return List.of();
    }
    return element.isJsonArray() ? element.getAsJsonArray().asList() : List.of(element);
  }

  private static String text(@Nullable JsonElement element) {
    return Optional.ofNullable(element)
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .orElse("");
  }
}
