package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.GatewayResponse;
import dev.cloudtask.localcloud.services.apigateway.model.GatewayResponseTypes;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the gateway itself answers. */
public final class GatewayResponseOperations {
  private static final Shape INPUT =
      new Shape().text("statusCode").textMap("responseParameters", "responseTemplates");
  private static final PatchRules RULES =
      new PatchRules().text("statusCode").textMap("responseParameters", "responseTemplates");
  private static final Pattern SOURCE =
      Pattern.compile(
          "'.*'|method\\.request\\.(header|querystring|path|multivalueheader"
              + "|multivaluequerystring)\\..+|context\\..+|stageVariables\\..+",
          Pattern.DOTALL);

  private final Apis apis;

  GatewayResponseOperations(Apis apis) {
    this.apis = apis;
  }

  /** Customises a gateway response. */
  public JsonObject put(String apiId, String type, JsonBody body) {
    checkType(type);
    JsonObject input = INPUT.read(body);
    input.addProperty("responseType", type);
    return apis.store()
        .write(
            () -> {
              apis.api(apiId);
              return keep(apiId, input);
            });
  }

  JsonObject get(Call call) {
    checkType(type(call));
    return Wire.json(GatewayResponseTypes.of(apis.api(call.apiId()), type(call)));
  }

  JsonObject list(Call call) {
    Api api = apis.api(call.apiId());
    return Wire.page(
        GatewayResponseTypes.ALL.stream()
            .map(type -> Wire.json(GatewayResponseTypes.of(api, type)))
            .toList(),
        null);
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateGatewayResponseInput");
    checkType(type(call));
    return apis.store()
        .write(
            () -> {
              JsonObject json =
                  Wire.json(GatewayResponseTypes.of(apis.api(call.apiId()), type(call)));
              for (Patch patch : patches) {
                if (patch.path().equals("/statusCode") && !patch.replaces()) {
                  throw ApiGatewayErrors.patchPath(patch.path());
                }
              }
              RULES.apply(patches, json);
              return keep(call.apiId(), json);
            });
  }

  /** Returns a gateway response to its default. */
  public void delete(String apiId, String type) {
    checkType(type);
    apis.store()
        .write(
            () -> {
              if (!apis.api(apiId).gatewayResponses().containsKey(type)) {
                throw ApiGatewayErrors.notFound("Gateway response type not defined on api");
              }
              apis.store().change(apiId, api -> api.withoutGatewayResponse(type));
            });
  }

  private JsonObject keep(String apiId, JsonObject json) {
    json.addProperty("defaultResponse", false);
    if (!json.has("responseParameters")) {
      json.add("responseParameters", new JsonObject());
    }
    if (!json.has("responseTemplates")) {
      json.add("responseTemplates", Wire.json(GatewayResponseTypes.DEFAULT_TEMPLATES));
    }
    String type = json.get("responseType").getAsString();
    if (!json.has("statusCode")) {
      GatewayResponseTypes.defaultStatus(type)
          .ifPresent(status -> json.addProperty("statusCode", String.valueOf(status)));
    }
    GatewayResponse response = Wire.read(json, GatewayResponse.class);
    new Constraints("ValidationException")
        .pattern(
            "putGatewayResponseInput.statusCode",
            Optional.ofNullable(response.statusCode()),
            "[1-5]\\d\\d")
        .check();
    for (Map.Entry<String, String> entry : response.responseParameters().entrySet()) {
      if (!entry.getKey().startsWith("gatewayresponse.header.")) {
        throw ApiGatewayErrors.badRequest(
            "Invalid mapping expression parameter specified: " + entry.getKey());
      }
      if (!SOURCE.matcher(entry.getValue()).matches()) {
        throw ApiGatewayErrors.badRequest(
            "Invalid mapping expression specified: " + entry.getValue());
      }
    }
    apis.store().change(apiId, api -> api.with(response));
    return Wire.json(response);
  }

  private static String type(Call call) {
    return call.label("response_type");
  }

  private static void checkType(String type) {
    new Constraints("ValidationException")
        .oneOf("responseType", Optional.of(type), GatewayResponseTypes.IN_MESSAGES)
        .check();
  }
}
