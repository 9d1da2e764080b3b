package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.RestApi;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a stage: what was sent, and what has been found out so far. */
final class Exchange {
  private final ServiceCall call;
  private final CloudEnvironment environment;
  private final RestApi live;
  private final Api api;
  private final String deploymentId;
  private final Stage stage;
  private final String rawPath;
  private final byte[] body;
  private final String extendedRequestId;
  private final String traceId;
  private final ExecutionLog log;
  private Routes.@Nullable Route route;
  private @Nullable JsonObject authorizer;
  private JsonObject error = new JsonObject();

  /**
   * Begins an exchange.
   *
   * @param live the API's settings now; everything else comes from the deployment
   * @param rawPath the path after the stage, as sent; at least a slash
   */
  Exchange(
      ServiceCall call,
      CloudEnvironment environment,
      RestApi live,
      Api api,
      String deploymentId,
      Stage stage,
      String rawPath,
      byte[] body) {
    this.call = call;
    this.environment = environment;
    this.live = live;
    this.api = api;
    this.deploymentId = deploymentId;
    this.stage = stage;
    this.rawPath = rawPath;
    this.body = body;
    this.extendedRequestId = environment.ids().mixed(15) + "=";
    this.traceId =
        call.http()
            .header("X-Amzn-Trace-Id")
            .filter(sent -> sent.contains("Root="))
            .orElseGet(
                () ->
                    "Root=1-%08x-%s"
                        .formatted(call.at().getEpochSecond(), environment.ids().hex(24)));
    this.log = new ExecutionLog(call.requestId(), environment.clock());
  }

  ServiceCall call() {
    return call;
  }

  CloudEnvironment environment() {
    return environment;
  }

  Api api() {
    return api;
  }

  /** The API's settings that take effect without a deployment. */
  RestApi live() {
    return live;
  }

  String deploymentId() {
    return deploymentId;
  }

  Stage stage() {
    return stage;
  }

  String rawPath() {
    return rawPath;
  }

  byte[] body() {
    return body;
  }

  String extendedRequestId() {
    return extendedRequestId;
  }

  String traceId() {
    return traceId;
  }

  ExecutionLog log() {
    return log;
  }

  Span span() {
    return call.span();
  }

  String httpMethod() {
    return call.http().method();
  }

  HttpHeaders headers() {
    return call.http().headers();
  }

  QueryString query() {
    return call.http().query();
  }

  Map<String, String> stageVariables() {
    Map<String, String> variables = stage.variables();
    return variables == null ? Map.of() : variables;
  }

  /** Whom the request is for, once that is known. */
  Optional<Routes.Route> found() {
    return Optional.ofNullable(route);
  }

  Routes.Route route() {
    return found().orElseThrow();
  }

  void route(Routes.Route found) {
    route = found;
  }

  /** What the authorizer said of the caller, once it was asked. */
  Optional<JsonObject> authorizer() {
    return Optional.ofNullable(authorizer);
  }

  void authorizer(JsonObject context) {
    authorizer = context;
  }

  /** What {@code $context.error} holds. */
  JsonObject error() {
    return error;
  }

  void error(JsonObject known) {
    error = known;
  }

  /** Returns the ARN that policies and permissions name the method by. */
  String methodArn(String path) {
    return environment.arn(
        "execute-api",
        "%s/%s/%s/%s"
            .formatted(
                live.id(),
                stage.stageName(),
                httpMethod(),
                path.startsWith("/") ? path.substring(1) : path));
  }
}
