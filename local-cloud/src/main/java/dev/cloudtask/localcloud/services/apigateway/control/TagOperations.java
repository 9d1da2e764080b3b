package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tags of APIs and stages. */
final class TagOperations {
  private final Apis apis;

  TagOperations(Apis apis) {
    this.apis = apis;
  }

  JsonObject list(Call call) {
    JsonObject answer = new JsonObject();
    change(call, tags -> answer.add("tags", tags.deepCopy()));
    return answer;
  }

  void tag(Call call) {
    Map<String, String> added = call.body().textMap("tags").orElse(Map.of());
    change(call, tags -> added.forEach(tags::addProperty));
  }

  void untag(Call call) {
    List<String> keys = call.query().all("tagKeys");
    change(call, tags -> keys.forEach(tags::remove));
  }

  private void change(Call call, Consumer<JsonObject> change) {
    String arn = call.label("resource_arn");
    int at = arn.indexOf("::/restapis/");
    if (at < 0) {
      throw ApiGatewayErrors.badRequest("Invalid ARN specified in the request");
    }
    String[] path = arn.substring(at + "::/restapis/".length()).split("/");
    apis.store()
        .write(
            () -> {
              boolean ofStage = path.length == 3 && path[1].equals("stages");
              if (ofStage) {
                changeStage(path[0], path[2], change);
              } else {
                changeApi(path[0], change);
              }
            });
  }

  private void changeApi(String apiId, Consumer<JsonObject> change) {
    var api = apis.api(apiId);
    JsonObject json = Wire.json(api.restApi());
    change.accept(tags(json));
    apis.store().put(api.with(Wire.read(json, api.restApi().getClass())));
  }

  private void changeStage(String apiId, String stageName, Consumer<JsonObject> change) {
    var stage = apis.store().stage(apiId, stageName).orElseThrow(ApiGatewayErrors::noStage);
    JsonObject json = Wire.json(stage);
    change.accept(tags(json));
    apis.store().put(apiId, Wire.read(json, stage.getClass()));
  }

  private static JsonObject tags(JsonObject json) {
    JsonObject tags = json.get("tags") instanceof JsonObject known ? known : new JsonObject();
    json.add("tags", tags);
    return tags;
  }
}
