package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A group of users. A lower precedence is stronger; none is the weakest. */
record Group(
    String poolId,
    String name,
    @Nullable String description,
    @Nullable String roleArn,
    @Nullable Integer precedence,
    Instant createdAt,
    Instant modifiedAt) {

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("GroupName", name);
    json.addProperty("UserPoolId", poolId);
    if (description != null) {
      json.addProperty("Description", description);
    }
    if (roleArn != null) {
      json.addProperty("RoleArn", roleArn);
    }
    if (precedence != null) {
      json.addProperty("Precedence", precedence);
    }
    json.add("LastModifiedDate", Times.json(modifiedAt));
    json.add("CreationDate", Times.json(createdAt));
    return json;
  }
}
