package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Integration;
import dev.cloudtask.localcloud.services.apigateway.model.Integration.IntegrationResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;

/** Integrations and how their answers are mapped. */
public final class IntegrationOperations {
  private static final Shape INPUT =
      new Shape()
          .text("type", "httpMethod", "uri", "credentials", "passthroughBehavior")
          .text("cacheNamespace", "contentHandling", "connectionType")
          .textMap("requestParameters", "requestTemplates")
          .texts("cacheKeyParameters")
          .integer("timeoutInMillis")
          .refuse("connectionId", "There are no VPC links here.")
          .refuse("integrationTarget", "There are no VPC links here.")
          .refuse("tlsConfig", "HTTP integrations are not emulated.")
          .refuse("responseTransferMode", "Answers are sent when they are complete.");
  private static final Shape RESPONSE_INPUT =
      new Shape()
          .text("selectionPattern", "contentHandling")
          .textMap("responseParameters", "responseTemplates");

  private static final PatchRules RULES =
      new PatchRules()
          .text("httpMethod", "uri", "credentials", "passthroughBehavior", "cacheNamespace")
          .text("contentHandling")
          .integer("timeoutInMillis")
          .textMap("requestParameters", "requestTemplates")
          .pathList("cacheKeyParameters");
  private static final PatchRules RESPONSE_RULES =
      new PatchRules()
          .text("selectionPattern", "contentHandling")
          .textMap("responseParameters", "responseTemplates");

  private final Apis apis;

  IntegrationOperations(Apis apis) {
    this.apis = apis;
  }

  /** Sets a method's integration; one that was there goes with its answers. */
  public JsonObject put(String apiId, String resourceId, String httpMethod, JsonBody body) {
    JsonObject input = INPUT.read(body);
    if (!input.has("passthroughBehavior")) {
      input.addProperty("passthroughBehavior", "WHEN_NO_MATCH");
    }
    if (!input.has("timeoutInMillis")) {
      input.addProperty("timeoutInMillis", 29_000);
    }
    if (!input.has("cacheNamespace")) {
      input.addProperty("cacheNamespace", resourceId);
    }
    if (!input.has("cacheKeyParameters")) {
      input.add("cacheKeyParameters", new JsonArray());
    }
    Integration integration = IntegrationRules.checked(input);
    apis.changeMethod(apiId, resourceId, httpMethod, method -> method.withIntegration(integration));
    return Wire.json(integration);
  }

  JsonObject get(Call call) {
    return Wire.json(integration(call));
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateIntegrationInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(integration(call));
              RULES.apply(patches, json);
              Integration changed = IntegrationRules.checked(json);
              change(call, changed);
              return Wire.json(changed);
            });
  }

  void delete(Call call) {
    apis.store()
        .write(
            () -> {
              integration(call);
              apis.changeMethod(
                  call.apiId(), call.resourceId(), call.httpMethod(), m -> m.withIntegration(null));
            });
  }

  /** Maps an answer of the integration. */
  public JsonObject putResponse(
      String apiId, String resourceId, String httpMethod, String statusCode, JsonBody body) {
    JsonObject input = RESPONSE_INPUT.read(body);
    MethodOperations.checkStatusCode(statusCode);
    input.addProperty("statusCode", statusCode);
    return apis.store()
        .write(
            () -> {
              Method method = apis.method(apiId, resourceId, httpMethod);
              Integration integration = integrationOf(method);
              IntegrationResponse response = IntegrationRules.checkedResponse(method, input);
              apis.changeMethod(
                  apiId,
                  resourceId,
                  httpMethod,
                  m -> m.withIntegration(integration.with(response)));
              return Wire.json(response);
            });
  }

  JsonObject getResponse(Call call) {
    MethodOperations.checkStatusCode(call.statusCode());
    apis.method(call.apiId(), call.resourceId(), call.httpMethod());
    return Wire.json(response(call));
  }

  JsonObject updateResponse(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateIntegrationResponseInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(response(call));
              RESPONSE_RULES.apply(patches, json);
              Method method = apis.method(call.apiId(), call.resourceId(), call.httpMethod());
              IntegrationResponse changed = IntegrationRules.checkedResponse(method, json);
              change(call, integrationOf(method).with(changed));
              return Wire.json(changed);
            });
  }

  void deleteResponse(Call call) {
    apis.store()
        .write(
            () -> {
              Method method =
                  apis.resource(call.apiId(), call.resourceId()).methods().get(call.httpMethod());
              if (method == null) {
                throw ApiGatewayErrors.noIntegration();
              }
              response(call);
              change(call, integrationOf(method).withoutResponse(call.statusCode()));
            });
  }

  private void change(Call call, Integration changed) {
    apis.changeMethod(
        call.apiId(), call.resourceId(), call.httpMethod(), m -> m.withIntegration(changed));
  }

  private Integration integration(Call call) {
    return integrationOf(apis.method(call.apiId(), call.resourceId(), call.httpMethod()));
  }

  private IntegrationResponse response(Call call) {
    IntegrationResponse response = integration(call).responses().get(call.statusCode());
    if (response == null) {
      throw ApiGatewayErrors.noStatusCode();
    }
    return response;
  }

  private static Integration integrationOf(Method method) {
    Integration integration = method.methodIntegration();
    if (integration == null) {
      throw ApiGatewayErrors.noIntegration();
    }
    return integration;
  }
}
