package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.control.Trial;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The console's "Test" buttons: one request to one method or authorizer, with its log. */
public final class TrialRun implements Trial {
  private static final String STAGE = "test-invoke-stage";

  private final CloudEnvironment environment;
  private final ExecuteApi executeApi;

  /** Builds it on the data plane. */
  public TrialRun(CloudEnvironment environment, ExecuteApi executeApi) {
    this.environment = environment;
    this.executeApi = executeApi;
  }

  @Override
  public JsonObject method(Api api, Resource resource, Method method, JsonObject input, Span span) {
    Exchange exchange = exchange(api, resource.path(), method.httpMethod(), input, span);
    Map<String, String> parameters =
        ExecuteApi.pathParameters(api, exchange.rawPath(), resource.id());
    ExecutionLog log = exchange.log();
    log.info("Starting execution for request: " + exchange.call().requestId());
    log.info(
        "HTTP Method: %s, Resource Path: %s".formatted(method.httpMethod(), exchange.rawPath()));
    log.info("Method request path: " + parameters);
    log.info("Method request query string: " + query(exchange));
    log.info("Method request headers: " + headers(exchange));
    log.info(
        "Method request body before transformations: "
            + new String(exchange.body(), StandardCharsets.UTF_8));
    long start = System.nanoTime();
    Answer answer = executeApi.tryMethod(exchange, new Routes.Route(resource, method, parameters));
    long millis = (System.nanoTime() - start) / 1_000_000;
    log.info("Method completed with status: " + answer.status());
    JsonObject output = new JsonObject();
    output.addProperty("status", answer.status());
    output.addProperty("body", new String(answer.body(), StandardCharsets.UTF_8));
    JsonObject headers = new JsonObject();
    JsonObject multiValueHeaders = new JsonObject();
    answer
        .headers()
        .forEach(
            (name, values) -> {
              headers.addProperty(name, values.get(values.size() - 1));
              JsonArray array = new JsonArray();
              values.forEach(array::add);
              multiValueHeaders.add(name, array);
            });
    output.add("headers", headers);
    output.add("multiValueHeaders", multiValueHeaders);
    output.addProperty("log", log.text());
    output.addProperty("latency", millis);
    return output;
  }

  @Override
  public JsonObject authorizer(Api api, Authorizer authorizer, JsonObject input, Span span) {
    Exchange exchange = exchange(api, "/", "GET", input, span);
    Resource root = api.resource(api.restApi().rootResourceId()).orElseThrow();
    Method method =
        new Method(
            "GET", "CUSTOM", authorizer.id(), false, null, null, null, null, null, null, null);
    exchange.route(new Routes.Route(root, method, Map.of()));
    JsonObject output = new JsonObject();
    long start = System.nanoTime();
    try (Span child = span.child("apigateway", "Authorize")) {
      executeApi.gate().ask(exchange, authorizer, child);
      output.addProperty("clientStatus", 0);
      JsonObject context = exchange.authorizer().orElseThrow();
      if (context.get("claims") instanceof JsonObject claims) {
        output.add("claims", claims);
      } else {
        output.add("principalId", context.get("principalId"));
      }
    } catch (GatewayFault fault) {
      output.addProperty("clientStatus", fault.status());
      exchange.log().error(fault.reason());
    }
    output.addProperty("log", exchange.log().text());
    output.addProperty("latency", (System.nanoTime() - start) / 1_000_000);
    return output;
  }

  @Override
  public void flushAuthorizers(String apiId, String stageName) {
    executeApi.forgetDecisions(apiId, stageName);
  }

  private Exchange exchange(
      Api api, String resourcePath, String httpMethod, JsonObject members, Span span) {
    JsonBody input = JsonBody.of(members);
    List<HttpHeaders.Field> headers = new ArrayList<>();
    input
        .textMap("headers")
        .orElse(Map.of())
        .forEach((name, value) -> headers.add(new HttpHeaders.Field(name, value)));
    String target =
        input.text("pathWithQueryString").filter(p -> !p.isEmpty()).orElse(resourcePath);
    byte[] body = input.text("body").orElse("").getBytes(StandardCharsets.UTF_8);
    Instant now = environment.clock().instant();
    HttpRequest request =
        new HttpRequest(
            httpMethod,
            target.startsWith("/") ? target : "/" + target,
            HttpHeaders.of(headers),
            RequestBody.of(body),
            HttpRequest.Connection.INTERNAL);
    String host = "testPrefix.testDomainName";
    Stage stage =
        new Stage(
            "",
            STAGE,
            null,
            false,
            "NOT_AVAILABLE",
            Map.of(),
            input.textMap("stageVariables").orElse(null),
            null,
            null,
            false,
            null,
            now,
            now);
    return new Exchange(
        new ServiceCall(request, host, new Caller.Anonymous(), environment.ids().uuid(), now, span),
        environment,
        api.restApi(),
        api,
        "",
        stage,
        request.rawPath(),
        body);
  }

  private static String query(Exchange exchange) {
    return exchange.query().parameters().stream()
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String headers(Exchange exchange) {
    return exchange.headers().fields().stream()
        .map(field -> field.name() + "=" + field.value())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
