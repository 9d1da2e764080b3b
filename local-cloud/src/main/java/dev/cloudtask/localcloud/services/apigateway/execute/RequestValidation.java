package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Model;
import dev.cloudtask.localcloud.services.apigateway.model.RequestValidator;
import dev.cloudtask.localcloud.trace.Span;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a request before it goes on, if its method has a validator.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request
 *     validation</a>
 */
final class RequestValidation {
  private RequestValidation() {}

  static void check(Exchange exchange) {
    Method method = exchange.route().method();
    String validatorId = method.requestValidatorId();
    RequestValidator validator =
        validatorId == null ? null : exchange.api().validators().get(validatorId);
    if (validator == null) {
      return;
    }
    try (Span span = exchange.span().child("apigateway", "ValidateRequest")) {
      span.note("validator", validator.name());
      try {
        if (validator.validateRequestParameters()) {
          checkParameters(exchange, method);
        }
        if (validator.validateRequestBody()) {
          checkBody(exchange, method);
        }
        span.decide(true, "the request has what the method demands");
      } catch (GatewayFault fault) {
        span.decide(false, fault.reason());
        throw fault;
      }
    }
  }

  private static void checkParameters(Exchange exchange, Method method) {
    Map<String, Boolean> parameters = method.requestParameters();
    List<String> missing = new ArrayList<>();
    if (parameters != null) {
      parameters.forEach(
          (name, required) -> {
            if (required && Sources.ofRequest(exchange, name).filter(v -> !v.isEmpty()).isEmpty()) {
              missing.add(name.split("\\.", 4)[3]);
            }
          });
    }
    if (!missing.isEmpty()) {
      throw GatewayFault.badParameters(
          "Missing required request parameters: [" + String.join(", ", missing) + "]");
    }
  }

  private static void checkBody(Exchange exchange, Method method) {
    Map<String, String> models = method.requestModels();
    if (models == null || models.isEmpty()) {
      return;
    }
    String type =
        exchange.headers().first("Content-Type").map(MediaTypes::first).orElse("application/json");
    String name = models.get(type);
    if (name == null) {
      name = models.get("$default");
    }
    Model model = name == null ? null : exchange.api().models().get(name);
    if (model == null) {
      return; // a body of a type that no model was set for is not checked
    }
    JsonElement body;
    try {
      JsonReader reader =
          new JsonReader(new StringReader(new String(exchange.body(), StandardCharsets.UTF_8)));
      reader.setStrictness(Strictness.STRICT);
      body = JsonParser.parseReader(reader);
    } catch (JsonSyntaxException | JsonIOException e) {
      throw GatewayFault.badBody("the body is not JSON");
    }
    new JsonSchema(exchange.api(), model)
        .check(body)
        .ifPresent(
            wrong -> {
              exchange.error().addProperty("validationErrorString", "[" + wrong + "]");
              throw GatewayFault.badBody("model " + model.name() + ": " + wrong);
            });
  }
}
