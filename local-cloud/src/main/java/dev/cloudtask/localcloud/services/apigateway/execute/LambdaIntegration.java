package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.apigateway.model.Integration;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * Lambda proxy integration: the whole request goes to the function, and what it returns is the
 * whole answer.
 */
final class LambdaIntegration {
  private final Functions functions;

  LambdaIntegration(Functions functions) {
    this.functions = functions;
  }

  Answer run(Exchange exchange, Integration integration, Span span) {
    if (!"POST".equals(integration.httpMethod())) {
      // Lambda's own API takes no other method: AWS sends what was set and is refused.
      throw GatewayFault.configuration(
          "Lambda is invoked with POST only; the integration's HTTP method is "
              + integration.httpMethod()
              + ". Lambda answered 403: <AccessDeniedException><Message>Unable to determine"
              + " service/operation name to be authorized</Message></AccessDeniedException>");
    }
    byte[] event = ProxyEvent.bytes(exchange);
    exchange.log().data("Endpoint request body after transformations: " + text(event));
    FunctionInvoker.Result result = invoke(exchange, integration, event, span);
    exchange.log().data("Endpoint response body before transformations: " + text(result.payload()));
    if (result.functionError().isPresent()) {
      throw GatewayFault.badGateway(
          "Lambda execution failed with status 200 due to customer function error: "
              + errorMessage(result.payload()));
    }
    return answer(exchange, result.payload());
  }

  private FunctionInvoker.Result invoke(
      Exchange exchange, Integration integration, byte[] event, Span span) {
    String sourceArn = exchange.methodArn(exchange.route().resource().path());
    exchange.log().info("Sending request to " + integration.uri());
    try {
      return functions.invoke(
          exchange,
          String.valueOf(integration.uri()),
          integration.credentials(),
          sourceArn,
          event,
          integration.timeoutInMillis(),
          span);
    } catch (TimeoutException e) {
      throw GatewayFault.timeout();
    } catch (AwsException e) {
      span.fail(e.code() + ": " + e.message());
      throw switch (e.code()) {
        case "AccessDeniedException", "ResourceNotFoundException" ->
            GatewayFault.configuration(
                "Invalid permissions on Lambda function (%s; needed: a Lambda permission for %s with SourceArn %s)"
                    .formatted(e.message(), Functions.SERVICE, sourceArn));
        case "TooManyRequestsException" ->
            GatewayFault.configuration("Lambda invocation failed with status: 429. Rate exceeded");
        default -> GatewayFault.badGateway("Lambda answered " + e.code() + ": " + e.message());
      };
    }
  }

  private static Answer answer(Exchange exchange, byte[] payload) {
    ProxyResult result;
    try (Span span = exchange.span().child("apigateway", "ValidateResponse")) {
      try {
        result = ProxyResult.parse(payload);
        span.decide(true, "the function's answer is well-formed").note("status", result.status());
      } catch (ProxyResult.MalformedException e) {
        span.decide(false, String.valueOf(e.getMessage()));
        throw GatewayFault.badGateway(
            "Execution failed due to configuration error: Malformed Lambda proxy response ("
                + e.getMessage()
                + ")");
      }
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    result.headers().forEach((name, values) -> headers.put(ResponseHeaders.remapped(name), values));
    headers.putIfAbsent("Content-Type", List.of("application/json"));
    headers.remove("X-Amzn-Trace-Id");
    headers.put("X-Amzn-Trace-Id", List.of(exchange.traceId()));
    return new Answer(result.status(), headers, body(exchange, result));
  }

  /** Base64 becomes bytes only where API and client take such content for bytes. */
  private static byte[] body(Exchange exchange, ProxyResult result) {
    byte[] text = result.body().getBytes(StandardCharsets.UTF_8);
    boolean decode =
        result.base64() && MediaTypes.isBinary(exchange.api(), exchange.headers().first("Accept"));
    if (!decode) {
      return text;
    }
    try {
      return Base64.getDecoder().decode(result.body());
    } catch (IllegalArgumentException e) {
      throw GatewayFault.badGateway(
          "Execution failed due to configuration error: Unable to base64 decode the body.");
    }
  }

  private static String errorMessage(byte[] payload) {
    try {
      return JsonParser.parseString(text(payload)) instanceof JsonObject error
              && error.has("errorMessage")
              && error.get("errorMessage").isJsonPrimitive()
          ? error.get("errorMessage").getAsString()
          : text(payload);
    } catch (JsonSyntaxException e) {
      return text(payload);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
