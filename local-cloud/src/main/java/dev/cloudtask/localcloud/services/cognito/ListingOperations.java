package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ListUsers with its filter, and ListUsersInGroup.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html">
 *     Managing and searching for user accounts</a>
 */
final class ListingOperations {
  private static final Pattern FILTER =
      Pattern.compile("\\s*\"?([\\w:]+)\"?\\s*(\\^=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Set<String> SEARCHABLE =
      Set.of(
          "username",
          "email",
          "phone_number",
          "name",
          "given_name",
          "family_name",
          "preferred_username",
          "cognito:user_status",
          "status",
          "sub");
  private static final int MOST = 60;

  private final CognitoStore store;
  private final Access access;

  ListingOperations(CognitoStore store, Access access) {
    this.store = store;
    this.access = access;
  }

  JsonObject users(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    UserPool pool = access.pool(input, call, "ListUsers");
    Parameters.constraints()
        .range("limit", input.integer("Limit"), 0, MOST)
        .length("filter", input.text("Filter"), 0, 256)
        .check();
    String filter = input.text("Filter").orElse("").strip();
    List<User> found =
        byAge(store.users(pool.id())).stream()
            .filter(user -> filter.isEmpty() || matches(user, filter))
            .toList();
    int limit = input.integer("Limit").filter(given -> given > 0).orElse(MOST);
    Page<User> page = Page.of(found, User::username, input.text("PaginationToken"), limit);
    JsonObject answer = new JsonObject();
    answer.add("Users", summaries(page.items(), input.texts("AttributesToGet")));
    page.next().ifPresent(next -> answer.addProperty("PaginationToken", next));
    return answer;
  }

  JsonObject usersInGroup(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "GroupName");
    UserPool pool = access.pool(input, call, "ListUsersInGroup");
    String group = Parameters.text(input, "GroupName");
    if (store.findGroup(pool.id(), group).isEmpty()) {
      throw CognitoErrors.noSuchGroup();
    }
    List<User> found =
        byAge(store.users(pool.id())).stream()
            .filter(user -> user.groups().contains(group))
            .toList();
    int limit = input.integer("Limit").filter(given -> given > 0).orElse(MOST);
    Page<User> page = Page.of(found, User::username, input.text("NextToken"), limit);
    JsonObject answer = new JsonObject();
    answer.add("Users", summaries(page.items(), Optional.empty()));
    page.next().ifPresent(next -> answer.addProperty("NextToken", next));
    return answer;
  }

  private static List<User> byAge(List<User> users) {
    return users.stream()
        .sorted(Comparator.comparing(User::createdAt).thenComparing(User::username))
        .toList();
  }

  private static JsonArray summaries(List<User> users, Optional<List<String>> wanted) {
    JsonArray list = new JsonArray();
    for (User user : users) {
      JsonObject summary = AdminOperations.summary(user);
      wanted.ifPresent(names -> summary.add("Attributes", only(summary, names)));
      list.add(summary);
    }
    return list;
  }

  private static JsonArray only(JsonObject summary, List<String> names) {
    JsonArray kept = new JsonArray();
    for (JsonElement attribute : summary.getAsJsonArray("Attributes")) {
      if (names.contains(attribute.getAsJsonObject().get("Name").getAsString())) {
        kept.add(attribute);
      }
    }
    return kept;
  }

  private static boolean matches(User user, String filter) {
    Matcher parts = FILTER.matcher(filter);
    if (!parts.matches()) {
      throw CognitoErrors.invalid("Error while parsing filter");
    }
    String name = parts.group(1);
    if (!SEARCHABLE.contains(name)) {
      throw CognitoErrors.invalid("Invalid search attribute: " + name);
    }
    String wanted = parts.group(3).replaceAll("\\\\(.)", "$1");
    String value =
        switch (name) {
          case "username" -> user.username();
          case "sub" -> user.sub();
          case "cognito:user_status" -> user.status().name();
          case "status" -> user.enabled() ? "Enabled" : "Disabled";
          default -> user.attributes().getOrDefault(name, "");
        };
    boolean prefix = parts.group(2).equals("^=");
    return prefix ? value.startsWith(wanted) : value.equals(wanted);
  }
}
