package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of pools. */
final class TagOperations {
  private final CognitoStore store;
  private final Access access;
  private final PoolOperations pools;

  TagOperations(CognitoStore store, Access access, PoolOperations pools) {
    this.store = store;
    this.access = access;
    this.pools = pools;
  }

  JsonObject tag(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ResourceArn", "Tags");
    UserPool pool = pool(input, call, "TagResource");
    Map<String, String> added = input.textMap("Tags").orElseThrow();
    JsonObject tags = tags(pool);
    added.forEach(tags::addProperty);
    return put(pool, tags);
  }

  JsonObject untag(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ResourceArn", "TagKeys");
    UserPool pool = pool(input, call, "UntagResource");
    List<String> keys = input.texts("TagKeys").orElseThrow();
    JsonObject tags = tags(pool);
    keys.forEach(tags::remove);
    return put(pool, tags);
  }

  JsonObject list(JsonInput input, CognitoCall call) {
    Parameters.check(input, "ResourceArn");
    JsonObject answer = new JsonObject();
    answer.add("Tags", tags(pool(input, call, "ListTagsForResource")));
    return answer;
  }

  private UserPool pool(JsonInput input, CognitoCall call, String action) {
    String arn = Parameters.text(input, "ResourceArn");
    access.require(call, action, arn);
    return store.pool(arn.substring(arn.lastIndexOf('/') + 1));
  }

  private static JsonObject tags(UserPool pool) {
    return Optional.ofNullable(pool.settings().get("UserPoolTags"))
        .map(JsonElement::deepCopy)
        .map(JsonElement::getAsJsonObject)
        .orElseGet(JsonObject::new);
  }

  private JsonObject put(UserPool pool, JsonObject tags) {
    JsonObject settings = pool.settings().deepCopy();
    settings.add("UserPoolTags", tags);
    pools.replace(pool, settings, pool.modifiedAt());
    return new JsonObject();
  }
}
