package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where mapped parameters come from: {@code 'text'}, {@code method.request.header.X}, {@code
 * context.X}, {@code stageVariables.X}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html">Parameter
 *     mapping source reference</a>
 */
final class Sources {
  private Sources() {}

  /** Returns the value of a source; empty if the request has none. */
  static Optional<String> value(Exchange exchange, String source) {
    if (source.length() >= 2 && source.startsWith("'") && source.endsWith("'")) {
      return Optional.of(source.substring(1, source.length() - 1));
    }
    if (source.startsWith("method.request.")) {
      return ofRequest(exchange, source);
    }
    if (source.startsWith("stageVariables.")) {
      return Optional.ofNullable(
          exchange.stageVariables().get(source.substring("stageVariables.".length())));
    }
    if (source.startsWith("context.")) {
      return at(RequestContext.of(exchange), source.substring("context.".length()));
    }
    return Optional.empty();
  }

  /** Returns a parameter of the request: {@code method.request.querystring.limit}. */
  static Optional<String> ofRequest(Exchange exchange, String name) {
    if (name.equals("method.request.body")) {
      return Optional.of(new String(exchange.body(), StandardCharsets.UTF_8));
    }
    String[] parts = name.split("\\.", 4);
    if (parts.length < 4) {
      return Optional.empty();
    }
    return switch (parts[2]) {
      case "header" -> exchange.headers().first(parts[3]);
      case "multivalueheader" ->
          exchange
              .headers()
              .first(parts[3])
              .map(v -> String.join(",", exchange.headers().all(parts[3])));
      case "querystring" -> exchange.query().first(parts[3]);
      case "multivaluequerystring" ->
          exchange
              .query()
              .first(parts[3])
              .map(v -> String.join(",", exchange.query().all(parts[3])));
      case "path" -> exchange.found().map(route -> route.pathParameters().get(parts[3]));
      default -> Optional.empty();
    };
  }

  /** Returns what stands at a dotted path of a JSON object, as text. */
  static Optional<String> at(JsonObject object, String path) {
    JsonElement at = object;
    for (String name : path.split("\\.")) {
      at = at instanceof JsonObject o ? o.get(name) : null;
      if (at == null || at.isJsonNull()) {
        return Optional.empty();
      }
    }
    return Optional.of(at.isJsonPrimitive() ? at.getAsString() : at.toString());
  }
}
