package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;

/** CreateUserPoolClient and its kin. */
final class ClientOperations {
  private static final int ID_LENGTH = 26;
  private static final int SECRET_LENGTH = 51;

  private final CognitoStore store;
  private final Access access;
  private final Ids ids;

  ClientOperations(CognitoStore store, Access access, Ids ids) {
    this.store = store;
    this.access = access;
    this.ids = ids;
  }

  JsonObject create(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId", "ClientName");
    UserPool pool = access.pool(input, call, "CreateUserPoolClient");
    return described(create(pool, input, call.at()), true);
  }

  UserPoolClient create(UserPool pool, JsonInput input, Instant now) {
    Parameters.check(input, "ClientName");
    input.refuse(
        "cognito-idp", "CreateUserPoolClient", "Let GenerateSecret make one.", "ClientSecret");
    JsonObject settings =
        ClientSettings.of(
            pool, Parameters.text(input, "ClientName"), input, "CreateUserPoolClient");
    boolean secret = input.flag("GenerateSecret").orElse(false);
    return store.write(
        () -> {
          UserPoolClient client =
              new UserPoolClient(
                  ids.lower(ID_LENGTH),
                  pool.id(),
                  secret ? ids.lower(SECRET_LENGTH) : null,
                  now,
                  now,
                  settings);
          store.put(client);
          return client;
        });
  }

  JsonObject describe(JsonInput input, CognitoCall call) {
    return described(find(input, call, "DescribeUserPoolClient"), true);
  }

  JsonObject update(JsonInput input, CognitoCall call) {
    UserPoolClient client = find(input, call, "UpdateUserPoolClient");
    return described(update(store.pool(client.poolId()), client, input, call.at()), true);
  }

  UserPoolClient update(UserPool pool, UserPoolClient client, JsonInput input, Instant now) {
    String name = input.text("ClientName").or(() -> client.text("ClientName")).orElse("");
    UserPoolClient changed =
        new UserPoolClient(
            client.id(),
            client.poolId(),
            client.secret(),
            client.createdAt(),
            now,
            ClientSettings.of(pool, name, input, "UpdateUserPoolClient"));
    store.write(() -> store.put(changed));
    return changed;
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    UserPoolClient client = find(input, call, "DeleteUserPoolClient");
    store.write(() -> store.remove(client));
    return new JsonObject();
  }

  JsonObject list(JsonInput input, CognitoCall call) {
    Parameters.check(input, "UserPoolId");
    UserPool pool = access.pool(input, call, "ListUserPoolClients");
    Parameters.constraints().range("maxResults", input.integer("MaxResults"), 1, 60).check();
    Page<UserPoolClient> page =
        Page.of(
            store.clients(pool.id()),
            UserPoolClient::id,
            input.text("NextToken"),
            input.integer("MaxResults").orElse(60));
    JsonArray list = new JsonArray();
    for (UserPoolClient client : page.items()) {
      JsonObject json = new JsonObject();
      json.addProperty("ClientId", client.id());
      json.addProperty("UserPoolId", client.poolId());
      json.addProperty("ClientName", client.text("ClientName").orElse(""));
      list.add(json);
    }
    JsonObject answer = new JsonObject();
    answer.add("UserPoolClients", list);
    page.next().ifPresent(next -> answer.addProperty("NextToken", next));
    return answer;
  }

  private UserPoolClient find(JsonInput input, CognitoCall call, String action) {
    Parameters.check(input, "UserPoolId", "ClientId");
    UserPool pool = access.pool(input, call, action);
    String id = Parameters.text(input, "ClientId");
    return store
        .findClient(id)
        .filter(client -> client.poolId().equals(pool.id()))
        .orElseThrow(() -> CognitoErrors.noSuchClient(id));
  }

  private static JsonObject described(UserPoolClient client, boolean withSecret) {
    JsonObject json = new JsonObject();
    json.addProperty("UserPoolId", client.poolId());
    json.addProperty("ClientId", client.id());
    if (withSecret && client.secret() != null) {
      json.addProperty("ClientSecret", client.secret());
    }
    client.settings().entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
    json.add("LastModifiedDate", Times.json(client.modifiedAt()));
    json.add("CreationDate", Times.json(client.createdAt()));
    JsonObject answer = new JsonObject();
    answer.add("UserPoolClient", json);
    return answer;
  }
}
