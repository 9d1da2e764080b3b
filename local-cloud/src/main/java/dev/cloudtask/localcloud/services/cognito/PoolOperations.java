package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** CreateUserPool and what else is done to pools as a whole. */
final class PoolOperations {
  private static final int ID_LENGTH = 9;

  private final CognitoStore store;
  private final Access access;
  private final Ids ids;
  private final String region;

  PoolOperations(CognitoStore store, Access access, Ids ids, String region) {
    this.store = store;
    this.access = access;
    this.ids = ids;
    this.region = region;
  }

  JsonObject create(JsonInput input, CognitoCall call) {
    access.require(call, "CreateUserPool");
    UserPool pool = create(input, call.at());
    call.span().note("userPool", pool.id());
    return described(pool);
  }

  UserPool create(JsonInput input, Instant now) {
    JsonObject settings = PoolSettings.create(input);
    return store.write(
        () -> {
          String id = freshId();
          UserPool pool = new UserPool(id, access.arn(id), now, now, settings);
          store.put(pool);
          return pool;
        });
  }

  private String freshId() {
    String id = region + "_" + ids.mixed(ID_LENGTH);
    return store.findPool(id).isPresent() ? freshId() : id;
  }

  JsonObject describe(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    return described(access.pool(input, call, "DescribeUserPool"));
  }

  JsonObject update(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    update(access.pool(input, call, "UpdateUserPool"), input, call.at());
    return new JsonObject();
  }

  void update(UserPool pool, JsonInput input, Instant now) {
    replace(pool, PoolSettings.update(pool, input), now);
  }

  /** Gives a pool other settings. */
  void replace(UserPool pool, JsonObject settings, Instant now) {
    store.write(
        () -> store.put(new UserPool(pool.id(), pool.arn(), pool.createdAt(), now, settings)));
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    delete(access.pool(input, call, "DeleteUserPool"));
    return new JsonObject();
  }

  void delete(UserPool pool) {
    if (pool.protectedFromDeletion()) {
      throw CognitoErrors.invalid(
          "The user pool cannot be deleted because deletion protection is activated. Deletion"
              + " protection must be inactivated first.");
    }
    if (!store.domains(pool.id()).isEmpty()) {
      throw CognitoErrors.invalid(
          "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    store.write(() -> store.removePool(pool));
  }

  JsonObject addAttributes(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "CustomAttributes");
    UserPool pool = access.pool(input, call, "AddCustomAttributes");
    List<JsonObject> added =
        input.structures("CustomAttributes").orElseThrow().stream().map(JsonInput::json).toList();
    for (JsonObject attribute : added) {
      String name = attribute.has("Name") ? attribute.get("Name").getAsString() : "";
      if (pool.schema().has("custom:" + name)) {
        throw CognitoErrors.invalid(
            "custom:" + name + ": Existing attribute already has name " + name + ".");
      }
    }
    JsonObject settings = pool.settings().deepCopy();
    settings.add("SchemaAttributes", pool.schema().with(added).toJson());
    replace(pool, settings, call.at());
    return new JsonObject();
  }

  JsonObject mfa(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    UserPool pool = access.pool(input, call, "GetUserPoolMfaConfig");
    JsonObject answer = new JsonObject();
    answer.addProperty("MfaConfiguration", pool.text("MfaConfiguration").orElse("OFF"));
    return answer;
  }

  JsonObject list(JsonInput input, CognitoCall call) {
    access.require(call, "ListUserPools");
    Parameters.constraints()
        .required("maxResults", input.integer("MaxResults"))
        .range("maxResults", input.integer("MaxResults"), 1, 60)
        .check();
    List<UserPool> pools =
        store.pools().stream()
            .sorted(Comparator.comparing(UserPool::createdAt).thenComparing(UserPool::id))
            .toList();
    Page<UserPool> page =
        Page.of(
            pools, UserPool::id, input.text("NextToken"), input.integer("MaxResults").orElse(60));
    JsonArray list = new JsonArray();
    for (UserPool pool : page.items()) {
      JsonObject json = new JsonObject();
      json.addProperty("Id", pool.id());
      json.addProperty("Name", pool.text("Name").orElse(""));
      json.add("LambdaConfig", new JsonObject());
      json.add("LastModifiedDate", Times.json(pool.modifiedAt()));
      json.add("CreationDate", Times.json(pool.createdAt()));
      list.add(json);
    }
    JsonObject answer = new JsonObject();
    answer.add("UserPools", list);
    page.next().ifPresent(next -> answer.addProperty("NextToken", next));
    return answer;
  }

  private JsonObject described(UserPool pool) {
    JsonObject json = new JsonObject();
    json.addProperty("Id", pool.id());
    pool.settings().entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
    json.add("LambdaConfig", new JsonObject());
    json.add("LastModifiedDate", Times.json(pool.modifiedAt()));
    json.add("CreationDate", Times.json(pool.createdAt()));
    json.addProperty("EstimatedNumberOfUsers", store.users(pool.id()).size());
    json.addProperty("Arn", pool.arn());
    store.domains(pool.id()).stream()
        .findFirst()
        .ifPresent(domain -> json.addProperty("Domain", domain));
    JsonObject answer = new JsonObject();
    answer.add("UserPool", json);
    return answer;
  }
}
