package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.services.apigateway.model.FunctionUri;
import dev.cloudtask.localcloud.services.apigateway.model.Integration;
import dev.cloudtask.localcloud.services.apigateway.model.Integration.IntegrationResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Method.MethodResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import dev.cloudtask.localcloud.services.apigateway.template.MappingTemplate;
import dev.cloudtask.localcloud.services.apigateway.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an integration must be like. */
final class IntegrationRules {
  private static final List<String> TYPES =
      List.of("HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS");
  private static final int LEAST_TIMEOUT = 50;
  private static final int MOST_TIMEOUT = 29_000;
  private static final Pattern CONTENT_TYPE = Pattern.compile("[^/\\s]+/[^/\\s]+");
  private static final Pattern RESPONSE_SOURCE =
      Pattern.compile(
          "'.*'|integration\\.response\\.(header|multivalueheader)\\..+"
              + "|integration\\.response\\.body(\\..+)?|context\\..+|stageVariables\\..+",
          Pattern.DOTALL);
  private static final Pattern REQUEST_SOURCE =
      Pattern.compile(
          "'.*'|method\\.request\\.(header|multivalueheader|querystring|multivaluequerystring"
              + "|path|body)(\\..+)?|context\\..+|stageVariables\\..+",
          Pattern.DOTALL);

  private IntegrationRules() {}

  static Integration checked(JsonObject json) {
    Integration integration = Wire.read(json, Integration.class);
    new Constraints("ValidationException")
        .required("putIntegrationInput.type", Optional.ofNullable(integration.type()))
        .oneOf("putIntegrationInput.type", Optional.ofNullable(integration.type()), TYPES)
        .oneOf(
            "putIntegrationInput.contentHandling",
            Optional.ofNullable(integration.contentHandling()),
            List.of("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"))
        .check();
    if (!List.of("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER")
        .contains(integration.passthroughBehavior())) {
      throw ApiGatewayErrors.badRequest(
          "Invalid PassthroughBehavior specified. Valid options are"
              + " WHEN_NO_MATCH,WHEN_NO_TEMPLATES,NEVER");
    }
    if (integration.timeoutInMillis() < LEAST_TIMEOUT
        || integration.timeoutInMillis() > MOST_TIMEOUT) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.TIMEOUT);
    }
    checkTarget(integration);
    checkSources(integration.requestParameters(), "integration.request.", REQUEST_SOURCE);
    checkTemplates(integration.requestTemplates());
    return integration;
  }

  static IntegrationResponse checkedResponse(Method method, JsonObject json) {
    IntegrationResponse response = Wire.read(json, IntegrationResponse.class);
    Map<String, String> parameters = response.responseParameters();
    if (parameters != null && !parameters.isEmpty()) {
      MethodResponse declared = method.responses().get(response.statusCode());
      if (declared == null) {
        throw ApiGatewayErrors.mapping("No method response exists for method.");
      }
      for (String name : parameters.keySet()) {
        if (declared.responseParameters() == null
            || !declared.responseParameters().containsKey(name)) {
          throw ApiGatewayErrors.mapping("Invalid mapping expression parameter specified: " + name);
        }
      }
    }
    checkSources(parameters, "method.response.header.", RESPONSE_SOURCE);
    checkTemplates(response.responseTemplates());
    return response;
  }

  private static void checkTarget(Integration integration) {
    switch (integration.type()) {
      case "MOCK" -> {}
      case "AWS_PROXY" -> checkProxy(integration);
      default -> {
        if (integration.httpMethod() == null) {
          throw ApiGatewayErrors.badRequest(ApiGatewayErrors.EMPTY_HTTP_METHOD);
        }
        if (integration.type().equals("AWS")) {
          checkArn(integration.uri());
        } else if (integration.uri() == null || !integration.uri().matches("https?://.+")) {
          throw ApiGatewayErrors.badRequest("Invalid HTTP endpoint specified for URI");
        }
        throw NotEmulated.parameter(
            "apigateway",
            "PutIntegration",
            "type " + integration.type(),
            "Emulated are AWS_PROXY (Lambda) and MOCK.");
      }
    }
  }

  private static void checkProxy(Integration integration) {
    String httpMethod = integration.httpMethod();
    if (httpMethod == null || httpMethod.isEmpty()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.EMPTY_HTTP_METHOD);
    }
    if (!Apis.HTTP_METHODS.contains(httpMethod)) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.HTTP_METHOD);
    }
    checkFunctionUri(integration.uri());
  }

  /** Checks the URI of a function, of an integration or an authorizer. */
  static void checkFunctionUri(@Nullable String uri) {
    String service = checkArn(uri);
    if (service.equals("firehose")) {
      throw ApiGatewayErrors.notEmulated("A Firehose integration", "Emulated is Lambda.");
    }
    if (!service.equals("lambda")) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.PROXY_TARGET);
    }
    if (FunctionUri.parse(String.valueOf(uri)).isEmpty()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.INVALID_FUNCTION);
    }
  }

  /** Returns the service an integration's ARN names. */
  private static String checkArn(@Nullable String uri) {
    String[] parts = uri == null ? new String[0] : uri.split(":", 6);
    if (parts.length < 4 || !parts[0].equals("arn") || !parts[2].equals("apigateway")) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.INVALID_ARN);
    }
    if (parts.length < 6 || !parts[5].matches("(?s)(path|action)/.*")) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.ARN_WITHOUT_PATH);
    }
    return parts[4];
  }

  private static void checkSources(
      @Nullable Map<String, String> parameters, String prefix, Pattern sources) {
    if (parameters == null) {
      return;
    }
    parameters.forEach(
        (name, source) -> {
          if (!name.startsWith(prefix)) {
            throw ApiGatewayErrors.mapping(
                "Invalid mapping expression parameter specified: " + name);
          }
          if (!sources.matcher(source).matches()) {
            throw ApiGatewayErrors.mapping("Invalid mapping expression specified: " + source);
          }
        });
  }

  private static void checkTemplates(@Nullable Map<String, String> templates) {
    if (templates == null) {
      return;
    }
    templates.forEach(
        (contentType, template) -> {
          if (!CONTENT_TYPE.matcher(contentType).matches()) {
            throw ApiGatewayErrors.validation("Invalid content type specified: " + contentType);
          }
          try {
            MappingTemplate.parse(template);
          } catch (TemplateException e) {
            throw ApiGatewayErrors.notEmulated(
                "The mapping template for " + contentType, String.valueOf(e.getMessage()));
          }
        });
  }
}
