package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.cloudtask.localcloud.services.apigateway.model.Integration;
import dev.cloudtask.localcloud.services.apigateway.model.Integration.IntegrationResponse;
import dev.cloudtask.localcloud.services.apigateway.model.Method.MethodResponse;
import dev.cloudtask.localcloud.services.apigateway.template.MappingTemplate;
import dev.cloudtask.localcloud.services.apigateway.template.TemplateException;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An integration without a backend: the request's template says which status the backend would have
 * given, and the mapped answer of that status is given.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html">Mock
 *     integrations</a>
 */
final class MockIntegration {
  private static final String JSON = "application/json";

  private MockIntegration() {}

  static Answer run(Exchange exchange, Integration integration, Span span) {
    String body = new String(exchange.body(), StandardCharsets.UTF_8);
    String type = exchange.headers().first("Content-Type").map(MediaTypes::first).orElse(JSON);
    String request = requestBody(exchange, integration, type, body);
    int backendStatus = status(request);
    IntegrationResponse chosen = choose(integration, String.valueOf(backendStatus));
    MethodResponse declared = exchange.route().method().responses().get(chosen.statusCode());
    if (declared == null) {
      throw GatewayFault.configuration(
          "Output mapping refers to an invalid method response: " + chosen.statusCode());
    }
    span.note("backendStatus", backendStatus).note("status", chosen.statusCode());
    // A mock has no answer of its own: templates see an empty one.
    Map.Entry<String, String> template = template(exchange, chosen);
    Answer answer =
        new Answer(
            Integer.parseInt(chosen.statusCode()),
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
            render(template.getValue(), exchange, "").getBytes(StandardCharsets.UTF_8));
    answer.set("Content-Type", template.getKey());
    Map<String, String> parameters = chosen.responseParameters();
    if (parameters != null) {
      parameters.forEach(
          (name, source) ->
              Sources.value(exchange, source)
                  .ifPresent(
                      value ->
                          answer.set(
                              ResponseHeaders.remapped(
                                  name.substring("method.response.header.".length())),
                              value)));
    }
    return answer;
  }

  private static String requestBody(
      Exchange exchange, Integration integration, String type, String body) {
    Map<String, String> set = integration.requestTemplates();
    Map<String, String> templates = set == null ? Map.of() : set;
    boolean none = templates.isEmpty();
    String template = templates.get(type);
    if (template != null) {
      return render(template, exchange, body);
    }
    boolean passes =
        integration.passthroughBehavior().equals("WHEN_NO_MATCH")
            || (none && integration.passthroughBehavior().equals("WHEN_NO_TEMPLATES"));
    if (!passes) {
      throw GatewayFault.unsupportedMediaType(
          "no request template for " + type + ", and nothing passes without one");
    }
    return body;
  }

  private static int status(String request) {
    try {
      JsonElement element = JsonParser.parseString(request);
      if (element instanceof JsonObject object
          && object.get("statusCode") != null
          && object.get("statusCode").isJsonPrimitive()
          && object.get("statusCode").getAsString().matches("\\d{3}")) {
        return object.get("statusCode").getAsInt();
      }
    } catch (JsonSyntaxException e) {
      throw GatewayFault.configuration(
          "Unable to parse statusCode. It should be an integer ("
              + "the MOCK's request template did not give JSON)");
    }
    throw GatewayFault.configuration(
        "Unable to parse statusCode. It should be an integer (the MOCK's request template must"
            + " give {\"statusCode\": 200})");
  }

  private static IntegrationResponse choose(Integration integration, String status) {
    Optional<IntegrationResponse> fitting =
        integration.responses().values().stream()
            .filter(r -> !isDefault(r) && status.matches(String.valueOf(r.selectionPattern())))
            .findFirst();
    return fitting
        .or(
            () ->
                integration.responses().values().stream()
                    .filter(MockIntegration::isDefault)
                    .findFirst())
        .orElseThrow(
            () ->
                GatewayFault.configuration(
                    "No match for output mapping and no default output mapping configured."
                        + " Endpoint Response Status Code: "
                        + status));
  }

  private static boolean isDefault(IntegrationResponse response) {
    return response.selectionPattern() == null || response.selectionPattern().isEmpty();
  }

  private static Map.Entry<String, String> template(
      Exchange exchange, IntegrationResponse response) {
    Map<String, String> templates = response.responseTemplates();
    if (templates == null || templates.isEmpty()) {
      return Map.entry(JSON, "");
    }
    String wanted = exchange.headers().first("Accept").map(MediaTypes::first).orElse(JSON);
    for (String type : new String[] {wanted, JSON}) {
      if (templates.containsKey(type)) {
        return Map.entry(type, String.valueOf(templates.get(type)));
      }
    }
    return Map.copyOf(templates).entrySet().iterator().next();
  }

  private static String render(String template, Exchange exchange, String body) {
    try {
      return MappingTemplate.parse(template).render(TemplateVariables.of(exchange, body));
    } catch (TemplateException e) {
      throw GatewayFault.configuration("Unable to transform request: " + e.getMessage());
    }
  }
}
