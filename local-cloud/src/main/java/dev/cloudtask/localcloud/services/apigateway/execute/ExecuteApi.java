package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.ApiStore;
import dev.cloudtask.localcloud.services.apigateway.model.Deployment;
import dev.cloudtask.localcloud.services.apigateway.model.Integration;
import dev.cloudtask.localcloud.services.apigateway.model.RestApi;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.MethodSetting;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's journey through a stage:
 *
 * <ol>
 *   <li>the host names the API, the first part of the path the stage, the stage a deployment;
 *   <li>{@link Routes} finds the method in the deployment;
 *   <li>{@link Gate} lets it pass or not;
 *   <li>{@link RequestValidation} checks what the method demands;
 *   <li>the integration answers ({@link LambdaIntegration}, {@link MockIntegration});
 *   <li>what went wrong on the way becomes an answer in {@link FaultAnswers};
 *   <li>{@link ResponseHeaders} adds the gateway's own headers, {@link StageLogs} writes it down.
 * </ol>
 */
public final class ExecuteApi implements Site, AutoCloseable {
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9]+)\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com");
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private final CloudEnvironment environment;
  private final ApiStore store;
  private final Functions functions;
  private final Gate gate;
  private final LambdaIntegration lambda;
  private final StageLogs logs;
  private final Throttle throttle = new Throttle();
  private final ConcurrentMap<String, Routes> routes = new ConcurrentHashMap<>();

  /** Builds the data plane. */
  public ExecuteApi(
      CloudEnvironment environment,
      ApiStore store,
      FunctionInvoker invoker,
      TokenVerifier tokens,
      RoleSessions roles,
      dev.cloudtask.localcloud.ports.Authorizer authorizer,
      LogSink sink) {
    this.environment = environment;
    this.store = store;
    this.functions = new Functions(environment, invoker, roles);
    this.gate = new Gate(environment, tokens, functions, authorizer);
    this.lambda = new LambdaIntegration(functions);
    this.logs = new StageLogs(environment, store, sink, roles);
  }

  @Override
  public boolean answersFor(String awsHost) {
    return HOST.matcher(awsHost).matches();
  }

  @Override
  public boolean speaksHttps(String awsHost) {
    return true;
  }

  @Override
  public HttpResponse serve(ServiceCall call) {
    String path = call.http().rawPath();
    int slash = path.indexOf('/', 1);
    String stageName =
        path.substring(Math.min(1, path.length()), slash < 0 ? path.length() : slash);
    Matcher host = HOST.matcher(call.awsHost());
    Optional<RestApi> live =
        host.matches() ? store.api(host.group(1)).map(Api::restApi) : Optional.empty();
    Optional<Stage> stage = live.flatMap(api -> store.stage(api.id(), stageName));
    Optional<Deployment> deployment =
        stage.flatMap(s -> store.deployment(live.orElseThrow().id(), s.deploymentId()));
    if (deployment.isEmpty() || live.orElseThrow().disableExecuteApiEndpoint()) {
      return forbidden(call, live, stageName);
    }
    byte[] body;
    try {
      body = call.http().body().bytes(MAX_BODY);
    } catch (RequestBody.TooLargeException e) {
      return tooLarge(call);
    }
    Exchange exchange =
        new Exchange(
            call,
            environment,
            live.get(),
            deployment.get().snapshot(),
            deployment.get().id(),
            stage.orElseThrow(),
            slash < 0 ? "/" : path.substring(slash),
            body);
    return serve(exchange);
  }

  private HttpResponse serve(Exchange exchange) {
    exchange.log().info("Starting execution for request: " + exchange.call().requestId());
    Answer answer;
    try {
      route(exchange);
      admit(exchange);
      gate.check(exchange);
      RequestValidation.check(exchange);
      answer = integrate(exchange);
      exchange.log().info("Successfully completed execution");
    } catch (GatewayFault fault) {
      exchange.log().error(fault.reason());
      exchange.span().fail(fault.responseType() + ": " + fault.reason());
      answer = FaultAnswers.of(exchange, fault);
    }
    exchange.log().info("Method completed with status: " + answer.status());
    logs.write(exchange, answer);
    return Compression.apply(exchange, ResponseHeaders.finish(exchange, answer));
  }

  private void route(Exchange exchange) {
    try (Span span = exchange.span().child("apigateway", "Route")) {
      span.note("api", exchange.live().id())
          .note("stage", exchange.stage().stageName())
          .note("deployment", exchange.deploymentId());
      try {
        exchange.route(routesOf(exchange).route(exchange.httpMethod(), exchange.rawPath()));
        span.note("resource", exchange.route().resource().path());
        span.decide(true, "the deployment has this method");
      } catch (GatewayFault fault) {
        span.decide(false, fault.reason());
        throw Gate.unsigned(exchange, fault.reason());
      }
    }
    exchange
        .log()
        .info(
            "HTTP Method: %s, Resource Path: %s"
                .formatted(exchange.httpMethod(), exchange.rawPath()));
  }

  private Routes routesOf(Exchange exchange) {
    if (routes.size() > 1_000) {
      routes.clear();
    }
    return routes.computeIfAbsent(
        exchange.live().id() + "/" + exchange.deploymentId(), key -> Routes.of(exchange.api()));
  }

  private void admit(Exchange exchange) {
    Optional<MethodSetting> setting = StageLogs.setting(exchange);
    if (setting.isPresent()) {
      MethodSetting limits = setting.get();
      String key =
          String.join(
              "/",
              exchange.live().id(),
              exchange.stage().stageName(),
              exchange.route().resource().id(),
              exchange.httpMethod());
      if (!throttle.admits(
          key, limits.throttlingBurstLimit(), limits.throttlingRateLimit(), exchange.call().at())) {
        throw GatewayFault.throttled(
            "more than %d requests at once or %.1f a second"
                .formatted(limits.throttlingBurstLimit(), limits.throttlingRateLimit()));
      }
    }
  }

  private Answer integrate(Exchange exchange) {
    Integration integration = exchange.route().method().methodIntegration();
    if (integration == null) {
      throw GatewayFault.configuration("No integration defined for method");
    }
    try (Span span = exchange.span().child("apigateway", "Integrate")) {
      span.note("type", integration.type());
      try {
        return integration.type().equals("MOCK")
            ? MockIntegration.run(exchange, integration, span)
            : lambda.run(exchange, integration, span);
      } catch (GatewayFault fault) {
        span.fail(fault.reason());
        throw fault;
      }
    }
  }

  /** AWS does not say whether API or stage is missing. */
  private HttpResponse forbidden(ServiceCall call, Optional<RestApi> live, String stageName) {
    try (Span span = call.span().child("apigateway", "Route")) {
      span.decide(
          false,
          live.isEmpty()
              ? "there is no API at " + call.awsHost()
              : "the API has no stage \"%s\"; it has %s"
                  .formatted(
                      stageName,
                      store.stages(live.get().id()).stream().map(Stage::stageName).toList()));
    }
    return new HttpResponse(
        403,
        HttpHeaders.of(
            "Content-Type",
            "application/json",
            "x-amzn-ErrorType",
            "ForbiddenException",
            "x-amzn-RequestId",
            call.requestId(),
            "x-amz-apigw-id",
            environment.ids().mixed(15) + "="),
        new HttpResponse.Bytes("{\"message\":\"Forbidden\"}".getBytes(StandardCharsets.UTF_8)));
  }

  /** No gateway response applies to this one. */
  private static HttpResponse tooLarge(ServiceCall call) {
    call.span().fail("the body is larger than 10 MB");
    return HttpResponse.of(
        413, "text/plain", "HTTP content length exceeded " + MAX_BODY + " bytes.");
  }

  /** Forgets the decisions that a stage's authorizers have made. */
  void forgetDecisions(String apiId, String stageName) {
    gate.forget(apiId, stageName);
  }

  /** Sends a request to one method of an API as it stands, past its authorizer. */
  Answer tryMethod(Exchange exchange, Routes.Route route) {
    exchange.route(route);
    try {
      RequestValidation.check(exchange);
      Answer answer = integrate(exchange);
      exchange.log().info("Successfully completed execution");
      return answer;
    } catch (GatewayFault fault) {
      exchange.log().error(fault.reason());
      return FaultAnswers.of(exchange, fault);
    }
  }

  Gate gate() {
    return gate;
  }

  /** Returns where a request to an API as it stands would go. */
  static Map<String, String> pathParameters(Api api, String rawPath, String resourceId) {
    return Routes.of(api).parameters(rawPath, resourceId);
  }

  @Override
  public void close() {
    functions.close();
  }
}
