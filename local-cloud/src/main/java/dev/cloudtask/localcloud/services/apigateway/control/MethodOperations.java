package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Method.MethodResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Methods and the answers they declare. */
public final class MethodOperations {
  static final String STATUS_CODE = "[1-5]\\d\\d";

  private static final Shape INPUT =
      new Shape()
          .text("authorizationType", "authorizerId", "operationName", "requestValidatorId")
          .bool("apiKeyRequired")
          .boolMap("requestParameters")
          .textMap("requestModels")
          .texts("authorizationScopes");
  private static final Shape RESPONSE_INPUT =
      new Shape().boolMap("responseParameters").textMap("responseModels");
  private static final List<String> AUTHORIZATION_TYPES =
      List.of("NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS");

  private static final PatchRules RULES =
      new PatchRules()
          .text("authorizationType", "authorizerId", "operationName", "requestValidatorId")
          .bool("apiKeyRequired")
          .boolMap("requestParameters")
          .textMap("requestModels")
          .valueList("authorizationScopes");
  private static final PatchRules RESPONSE_RULES =
      new PatchRules()
          .boolMap("responseParameters")
          .textMap("responseModels")
          .whenMissing(
              "responseModels",
              () -> ApiGatewayErrors.notFound("Content-Type specified was not found"));

  private final Apis apis;

  MethodOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates a method. */
  public JsonObject put(String apiId, String resourceId, String httpMethod, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store()
        .write(
            () -> {
              if (apis.resource(apiId, resourceId).methods().containsKey(httpMethod)) {
                throw ApiGatewayErrors.conflict("Method already exists for this resource");
              }
              Method method = checked(apis.api(apiId), httpMethod, input);
              apis.changeResource(apiId, resourceId, resource -> resource.with(method));
              return Wire.json(method);
            });
  }

  JsonObject get(Call call) {
    return Wire.json(apis.method(call.apiId(), call.resourceId(), call.httpMethod()));
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateMethodInput");
    return Wire.json(
        apis.changeMethod(
            call.apiId(),
            call.resourceId(),
            call.httpMethod(),
            before -> {
              JsonObject json = Wire.json(before);
              RULES.apply(patches, json);
              return checked(apis.api(call.apiId()), before.httpMethod(), json);
            }));
  }

  /** Deletes a method. */
  public void delete(String apiId, String resourceId, String httpMethod) {
    apis.store()
        .write(
            () -> {
              apis.method(apiId, resourceId, httpMethod);
              apis.changeResource(apiId, resourceId, resource -> resource.without(httpMethod));
            });
  }

  /** Declares an answer. */
  public JsonObject putResponse(
      String apiId, String resourceId, String httpMethod, String statusCode, JsonBody body) {
    JsonObject input = RESPONSE_INPUT.read(body);
    checkStatusCode(statusCode);
    input.addProperty("statusCode", statusCode);
    return apis.store()
        .write(
            () -> {
              Method method = apis.method(apiId, resourceId, httpMethod);
              if (method.responses().containsKey(statusCode)) {
                throw ApiGatewayErrors.conflict("Response already exists for this resource");
              }
              MethodResponse response = checkedResponse(apis.api(apiId), input);
              apis.changeMethod(apiId, resourceId, httpMethod, m -> m.with(response));
              return Wire.json(response);
            });
  }

  JsonObject getResponse(Call call) {
    return Wire.json(response(call));
  }

  JsonObject updateResponse(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateMethodResponseInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(response(call));
              RESPONSE_RULES.apply(patches, json);
              MethodResponse changed = checkedResponse(apis.api(call.apiId()), json);
              apis.changeMethod(
                  call.apiId(), call.resourceId(), call.httpMethod(), m -> m.with(changed));
              return Wire.json(changed);
            });
  }

  void deleteResponse(Call call) {
    apis.store()
        .write(
            () -> {
              response(call);
              apis.changeMethod(
                  call.apiId(),
                  call.resourceId(),
                  call.httpMethod(),
                  m -> m.withoutResponse(call.statusCode()));
            });
  }

  static void checkStatusCode(String statusCode) {
    new Constraints("ValidationException")
        .pattern("statusCode", Optional.of(statusCode), STATUS_CODE)
        .check();
  }

  private MethodResponse response(Call call) {
    checkStatusCode(call.statusCode());
    Method method = apis.method(call.apiId(), call.resourceId(), call.httpMethod());
    MethodResponse response = method.responses().get(call.statusCode());
    if (response == null) {
      throw ApiGatewayErrors.noStatusCode();
    }
    return response;
  }

  private static Method checked(Api api, String httpMethod, JsonObject json) {
    if (!Apis.HTTP_METHODS.contains(httpMethod)) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.HTTP_METHOD);
    }
    json.addProperty("httpMethod", httpMethod);
    if (!json.has("authorizationType")) {
      throw ApiGatewayErrors.badRequest(
          "Invalid Authorization Type. Valid options are " + String.join(",", AUTHORIZATION_TYPES));
    }
    String type = json.get("authorizationType").getAsString();
    if (!AUTHORIZATION_TYPES.contains(type)) {
      throw ApiGatewayErrors.badRequest(
          "Invalid Authorization Type. Valid options are " + String.join(",", AUTHORIZATION_TYPES));
    }
    boolean wantsAuthorizer = type.equals("CUSTOM") || type.equals("COGNITO_USER_POOLS");
    if (!wantsAuthorizer) {
      json.remove("authorizerId");
    }
    Method method = Wire.read(json, Method.class);
    if (wantsAuthorizer && !fits(api, type, method.authorizerId())) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.AUTHORIZER_NEEDED);
    }
    if (method.apiKeyRequired()) {
      throw ApiGatewayErrors.notEmulated(
          "apiKeyRequired", "There are no API keys here: use an authorizer.");
    }
    String validator = method.requestValidatorId();
    if (validator != null && !api.validators().containsKey(validator)) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.VALIDATOR_UNKNOWN);
    }
    checkModels(api, method.requestModels());
    checkParameters(method.requestParameters());
    return method;
  }

  private static boolean fits(Api api, String type, @Nullable String id) {
    var authorizer = id == null ? null : api.authorizers().get(id);
    return authorizer != null
        && authorizer.type().equals("COGNITO_USER_POOLS") == type.equals("COGNITO_USER_POOLS");
  }

  private static MethodResponse checkedResponse(Api api, JsonObject json) {
    MethodResponse response = Wire.read(json, MethodResponse.class);
    checkModels(api, response.responseModels());
    Map<String, Boolean> parameters = response.responseParameters();
    if (parameters != null) {
      for (String name : parameters.keySet()) {
        if (!name.startsWith("method.response.header.")) {
          throw ApiGatewayErrors.mapping("Invalid mapping expression specified: " + name);
        }
      }
    }
    return response;
  }

  private static void checkModels(Api api, @Nullable Map<String, String> models) {
    Collection<String> names = models == null ? List.of() : models.values();
    for (String name : names) {
      if (!api.models().containsKey(name)) {
        throw ApiGatewayErrors.badRequest("Invalid model identifier specified: " + name);
      }
    }
  }

  private static void checkParameters(@Nullable Map<String, Boolean> parameters) {
    if (parameters == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (String parameter : parameters.keySet()) {
      String[] parts = parameter.split("\\.", 4);
      boolean known =
          parts.length == 4
              && parameter.startsWith("method.request.")
              && Set.of(
                      "path", "querystring", "multivaluequerystring", "header", "multivalueheader")
                  .contains(parts[2]);
      if (!known) {
        throw ApiGatewayErrors.mapping("Invalid mapping expression specified: " + parameter);
      }
      if (!seen.add(parts[3])) {
        throw ApiGatewayErrors.badRequest(ApiGatewayErrors.PARAMETER_NAMES);
      }
    }
  }
}
