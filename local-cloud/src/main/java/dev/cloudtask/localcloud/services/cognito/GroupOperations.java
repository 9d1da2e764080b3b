package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Groups, and who is in them. */
final class GroupOperations {
  private static final int MOST = 60;

  private final CognitoStore store;
  private final Access access;

  GroupOperations(CognitoStore store, Access access) {
    this.store = store;
    this.access = access;
  }

  JsonObject create(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "GroupName");
    return wrapped(create(access.pool(input, call, "CreateGroup"), input, call.at()));
  }

  Group create(UserPool pool, JsonInput input, Instant now) {
    Parameters.check(input, "GroupName");
    checkSettings(input);
    Group group =
        new Group(
            pool.id(),
            Parameters.text(input, "GroupName"),
            input.text("Description").orElse(null),
            input.text("RoleArn").orElse(null),
            input.integer("Precedence").orElse(null),
            now,
            now);
    return store.write(
        () -> {
          if (store.findGroup(pool.id(), group.name()).isPresent()) {
            throw CognitoErrors.groupExists();
          }
          store.put(group);
          return group;
        });
  }

  private static void checkSettings(JsonInput input) {
    Parameters.constraints()
        .length("description", input.text("Description"), 0, 2048)
        .length("roleArn", input.text("RoleArn"), 20, 2048)
        .range("precedence", input.integer("Precedence"), 0, Integer.MAX_VALUE)
        .check();
  }

  JsonObject get(JsonInput input, CognitoCall call) {
    return wrapped(find(input, call, "GetGroup"));
  }

  JsonObject update(JsonInput input, CognitoCall call) {
    return wrapped(update(find(input, call, "UpdateGroup"), input, call.at()));
  }

  Group update(Group group, JsonInput input, Instant now) {
    checkSettings(input);
    Integer precedence = input.integer("Precedence").orElse(group.precedence());
    Group changed =
        new Group(
            group.poolId(),
            group.name(),
            input.text("Description").orElse(group.description()),
            input.text("RoleArn").orElse(group.roleArn()),
            precedence,
            group.createdAt(),
            now);
    store.write(() -> store.put(changed));
    return changed;
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    delete(find(input, call, "DeleteGroup"));
    return new JsonObject();
  }

  void delete(Group group) {
    store.write(
        () -> {
          UserPool pool = store.pool(group.poolId());
          for (User user : store.users(pool.id())) {
            if (user.groups().contains(group.name())) {
              store.put(pool, user.withGroups(without(user.groups(), group.name())));
            }
          }
          store.remove(group);
        });
  }

  JsonObject list(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    UserPool pool = access.pool(input, call, "ListGroups");
    return page(store.groups(pool.id()), input);
  }

  JsonObject add(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username", "GroupName");
    AdminOperations.Named named =
        AdminOperations.named(store, access, input, call, "AdminAddUserToGroup");
    Group group = group(named.pool(), input);
    store.change(
        named.pool(),
        named.user(),
        user -> {
          Set<String> groups = new LinkedHashSet<>(user.groups());
          groups.add(group.name());
          return user.withGroups(groups);
        });
    return new JsonObject();
  }

  JsonObject remove(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username", "GroupName");
    AdminOperations.Named named =
        AdminOperations.named(store, access, input, call, "AdminRemoveUserFromGroup");
    Group group = group(named.pool(), input);
    store.change(
        named.pool(), named.user(), user -> user.withGroups(without(user.groups(), group.name())));
    return new JsonObject();
  }

  JsonObject ofUser(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "Username");
    AdminOperations.Named named =
        AdminOperations.named(store, access, input, call, "AdminListGroupsForUser");
    List<Group> groups =
        store.groups(named.pool().id()).stream()
            .filter(group -> named.user().groups().contains(group.name()))
            .toList();
    return page(groups, input);
  }

  private static JsonObject page(List<Group> groups, JsonInput input) {
    Parameters.constraints().range("limit", input.integer("Limit"), 0, MOST).check();
    int limit = input.integer("Limit").filter(given -> given > 0).orElse(MOST);
    Page<Group> page = Page.of(groups, Group::name, input.text("NextToken"), limit);
    JsonArray list = new JsonArray();
    page.items().forEach(group -> list.add(group.toJson()));
    JsonObject answer = new JsonObject();
    answer.add("Groups", list);
    page.next().ifPresent(next -> answer.addProperty("NextToken", next));
    return answer;
  }

  private Group find(JsonInput input, CognitoCall call, String action) {
    Parameters.check(input, "UserPoolId", "GroupName");
    return group(access.pool(input, call, action), input);
  }

  private Group group(UserPool pool, JsonInput input) {
    return store
        .findGroup(pool.id(), Parameters.text(input, "GroupName"))
        .orElseThrow(CognitoErrors::noSuchGroup);
  }

  private static Set<String> without(Set<String> groups, String name) {
    Set<String> rest = new LinkedHashSet<>(groups);
    rest.remove(name);
    return rest;
  }

  private static JsonObject wrapped(Group group) {
    JsonObject answer = new JsonObject();
    answer.add("Group", group.toJson());
    return answer;
  }
}
