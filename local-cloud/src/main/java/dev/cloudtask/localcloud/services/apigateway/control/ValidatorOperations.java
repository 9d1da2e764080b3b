package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.RequestValidator;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Request validators. */
public final class ValidatorOperations {
  private static final Shape INPUT =
      new Shape().text("name").bool("validateRequestBody", "validateRequestParameters");
  private static final PatchRules RULES =
      new PatchRules()
          .text("name")
          .bool("validateRequestParameters", "validateRequestBody")
          .namingThePaths();

  private final Apis apis;

  ValidatorOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates a validator. */
  public JsonObject create(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    if (apis.store().api(apiId).isEmpty()) {
      throw ApiGatewayErrors.badRequest("Invalid REST API identifier specified");
    }
    input.addProperty("id", apis.environment().ids().lower(6));
    if (!input.has("name")) {
      input.addProperty("name", "unnamed");
    }
    return keep(apiId, input);
  }

  /** Gives a validator other settings. */
  public JsonObject replace(String apiId, String validatorId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    RequestValidator before = find(apiId, validatorId);
    input.addProperty("id", validatorId);
    if (!input.has("name")) {
      input.addProperty("name", before.name());
    }
    return keep(apiId, input);
  }

  JsonObject get(Call call) {
    return Wire.json(find(call.apiId(), call.label("requestvalidator_id")));
  }

  JsonObject list(Call call) {
    return Pages.cut(
        apis.api(call.apiId()).validators().values().stream()
            .sorted(Comparator.comparing(RequestValidator::name))
            .map(Wire::json)
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateRequestValidatorInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(find(call.apiId(), call.label("requestvalidator_id")));
              RULES.apply(patches, json);
              return keep(call.apiId(), json);
            });
  }

  /** Deletes a validator. */
  public void delete(String apiId, String validatorId) {
    apis.store()
        .write(
            () -> {
              find(apiId, validatorId);
              apis.store().change(apiId, api -> api.withoutValidator(validatorId));
            });
  }

  private RequestValidator find(String apiId, String validatorId) {
    return apis.store()
        .api(apiId)
        .flatMap(api -> Optional.ofNullable(api.validators().get(validatorId)))
        .orElseThrow(() -> ApiGatewayErrors.notFound(ApiGatewayErrors.VALIDATOR_UNKNOWN));
  }

  private JsonObject keep(String apiId, JsonObject json) {
    if (!json.has("name") || json.get("name").getAsString().isBlank()) {
      throw ApiGatewayErrors.badRequest("Request Validator name cannot be blank");
    }
    RequestValidator validator = Wire.read(json, RequestValidator.class);
    apis.store().change(apiId, api -> api.with(validator));
    return Wire.json(validator);
  }
}
