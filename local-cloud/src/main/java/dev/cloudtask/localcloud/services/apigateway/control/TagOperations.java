package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.apigateway.model.RestApi;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tags of APIs and stages. */
final class TagOperations {
  private final Apis apis;

  TagOperations(Apis apis) {
    this.apis = apis;
  }

  JsonObject list(Call call) {
    Target target = target(call);
    JsonObject json =
        target.stageName() == null
            ? Wire.json(apis.api(target.apiId()).restApi())
            : Wire.json(stage(target.apiId(), target.stageName()));
    JsonObject answer = new JsonObject();
    answer.add("tags", tags(json));
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

  private record Target(String apiId, @Nullable String stageName) {}

  private static Target target(Call call) {
    String arn = call.label("resource_arn");
    int at = arn.indexOf("::/restapis/");
    if (at < 0) {
      throw ApiGatewayErrors.badRequest("Invalid ARN specified in the request");
    }
    String[] path = arn.substring(at + "::/restapis/".length()).split("/");
    boolean ofStage = path.length == 3 && path[1].equals("stages");
    return new Target(path[0], ofStage ? path[2] : null);
  }

  private void change(Call call, Consumer<JsonObject> change) {
    Target target = target(call);
    String stageName = target.stageName();
    apis.store()
        .write(
            () -> {
              if (stageName == null) {
                changeApi(target.apiId(), change);
              } else {
                changeStage(target.apiId(), stageName, change);
              }
            });
  }

  private Stage stage(String apiId, String stageName) {
    return apis.store().stage(apiId, stageName).orElseThrow(ApiGatewayErrors::noStage);
  }

  private void changeApi(String apiId, Consumer<JsonObject> change) {
    var api = apis.api(apiId);
    JsonObject json = Wire.json(api.restApi());
    change.accept(tags(json));
    apis.store().put(api.with(Wire.read(json, RestApi.class)));
  }

  private void changeStage(String apiId, String stageName, Consumer<JsonObject> change) {
    Stage stage = stage(apiId, stageName);
    JsonObject json = Wire.json(stage);
    change.accept(tags(json));
    apis.store().put(apiId, Wire.read(json, Stage.class));
  }

  private static JsonObject tags(JsonObject json) {
    JsonObject tags = json.get("tags") instanceof JsonObject known ? known : new JsonObject();
    json.add("tags", tags);
    return tags;
  }
}
