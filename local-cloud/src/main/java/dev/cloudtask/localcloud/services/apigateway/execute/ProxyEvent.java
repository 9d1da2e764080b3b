package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The event that a function behind a proxy integration gets. What is absent is null, never an empty
 * object.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">Input
 *     format of a Lambda function for proxy integration</a>
 */
final class ProxyEvent {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private ProxyEvent() {}

  static byte[] bytes(Exchange exchange) {
    JsonObject event = request(exchange);
    event.add("requestContext", RequestContext.of(exchange));
    boolean binary =
        exchange.body().length > 0
            && MediaTypes.isBinary(exchange.api(), exchange.headers().first("Content-Type"));
    event.add("body", body(exchange.body(), binary));
    event.addProperty("isBase64Encoded", binary);
    return GSON.toJson(event).getBytes(StandardCharsets.UTF_8);
  }

  /** The part that events of functions and of REQUEST authorizers share. */
  static JsonObject request(Exchange exchange) {
    JsonObject event = new JsonObject();
    event.addProperty("resource", exchange.route().resource().path());
    event.addProperty("path", path(exchange.rawPath()));
    event.addProperty("httpMethod", exchange.httpMethod());
    Map<String, List<String>> headers = SentHeaders.of(exchange);
    event.add("headers", last(headers));
    event.add("multiValueHeaders", all(headers));
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (QueryString.Parameter parameter : exchange.query().parameters()) {
      query.computeIfAbsent(parameter.name(), n -> new ArrayList<>()).add(parameter.value());
    }
    event.add("queryStringParameters", last(query));
    event.add("multiValueQueryStringParameters", all(query));
    event.add("pathParameters", texts(exchange.route().pathParameters()));
    event.add("stageVariables", texts(exchange.stageVariables()));
    return event;
  }

  static byte[] json(JsonObject event) {
    return GSON.toJson(event).getBytes(StandardCharsets.UTF_8);
  }

  /** Several slashes at the beginning are one to the function. */
  private static String path(String rawPath) {
    return "/" + rawPath.replaceFirst("^/+", "");
  }

  private static JsonElement body(byte[] body, boolean binary) {
    if (body.length == 0) {
      return JsonNull.INSTANCE;
    }
    return new JsonPrimitive(
        binary
            ? Base64.getEncoder().encodeToString(body)
            : new String(body, StandardCharsets.UTF_8));
  }

  private static JsonElement last(Map<String, List<String>> values) {
    Map<String, String> last = new LinkedHashMap<>();
    values.forEach((name, list) -> last.put(name, list.get(list.size() - 1)));
    return texts(last);
  }

  private static JsonElement all(Map<String, List<String>> values) {
    if (values.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject object = new JsonObject();
    values.forEach(
        (name, list) -> {
          JsonArray array = new JsonArray();
          list.forEach(array::add);
          object.add(name, array);
        });
    return object;
  }

  private static JsonElement texts(Map<String, String> values) {
    if (values.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject object = new JsonObject();
    values.forEach(object::addProperty);
    return object;
  }
}
