package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Method.MethodResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Model;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models. */
public final class ModelOperations {
  private static final Shape INPUT =
      new Shape().text("name", "description", "schema", "contentType");
  private static final PatchRules RULES =
      new PatchRules().text("description", "schema").namingThePaths();

  private final Apis apis;

  ModelOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates a model. */
  public JsonObject create(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    input.addProperty("id", apis.environment().ids().lower(6));
    return apis.store()
        .write(
            () -> {
              Api api = apis.api(apiId);
              String name = body.text("name").orElse("");
              if (name.isEmpty()) {
                throw ApiGatewayErrors.badRequest("Model name must be non-empty");
              }
              if (!name.matches("[A-Za-z0-9]+")) {
                throw ApiGatewayErrors.badRequest("Model name must be alphanumeric: " + name);
              }
              if (api.models().containsKey(name)) {
                throw ApiGatewayErrors.conflict("Model name already exists for this REST API");
              }
              return keep(apiId, input);
            });
  }

  /** Gives a model another schema and description. */
  public JsonObject replace(String apiId, String name, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store()
        .write(
            () -> {
              Model before = find(apiId, name);
              input.addProperty("id", before.id());
              input.addProperty("name", name);
              return keep(apiId, input);
            });
  }

  JsonObject get(Call call) {
    return Wire.json(find(call.apiId(), call.label("model_name")));
  }

  JsonObject list(Call call) {
    return Pages.cut(
        apis.api(call.apiId()).models().values().stream()
            .sorted(Comparator.comparing(Model::name))
            .map(Wire::json)
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateModelInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(find(call.apiId(), call.label("model_name")));
              RULES.apply(patches, json);
              return keep(call.apiId(), json);
            });
  }

  /** Deletes a model that no method uses. */
  public void delete(String apiId, String name) {
    apis.store()
        .write(
            () -> {
              find(apiId, name);
              for (Resource resource : apis.api(apiId).resourcesByPath()) {
                resource.methods().values().forEach(method -> checkUnused(name, resource, method));
              }
              apis.store().change(apiId, api -> api.withoutModel(name));
            });
  }

  private static void checkUnused(String name, Resource resource, Method method) {
    String where = resource.path() + "/" + method.httpMethod();
    if (method.requestModels() != null && method.requestModels().containsValue(name)) {
      throw ApiGatewayErrors.conflict(
          "Cannot delete model '%s', is referenced in method request: %s".formatted(name, where));
    }
    for (MethodResponse response : method.responses().values()) {
      if (response.responseModels() != null && response.responseModels().containsValue(name)) {
        throw ApiGatewayErrors.conflict(
            "Cannot delete model '%s', is referenced in method response: %s"
                .formatted(name, where));
      }
    }
  }

  private Model find(String apiId, String name) {
    return apis.store()
        .api(apiId)
        .flatMap(api -> Optional.ofNullable(api.models().get(name)))
        .orElseThrow(() -> ApiGatewayErrors.noModel(name));
  }

  private JsonObject keep(String apiId, JsonObject json) {
    if (!json.has("contentType")) {
      json.addProperty("contentType", "application/json");
    }
    Model model = Wire.read(json, Model.class);
    checkSchema(model.schema());
    apis.store().change(apiId, api -> api.with(model));
    return Wire.json(model);
  }

  private static void checkSchema(@Nullable String schema) {
    if (schema == null || schema.isBlank()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.MODEL_SCHEMA);
    }
    try {
      if (!JsonParser.parseString(schema).isJsonObject()) {
        throw ApiGatewayErrors.badRequest(ApiGatewayErrors.MODEL_SCHEMA);
      }
    } catch (JsonSyntaxException e) {
      throw ApiGatewayErrors.badRequest(
          "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model"
              + " schema specified]");
    }
  }
}
