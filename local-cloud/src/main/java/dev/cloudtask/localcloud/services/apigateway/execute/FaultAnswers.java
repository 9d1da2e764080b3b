package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.GatewayResponse;
import dev.cloudtask.localcloud.services.apigateway.model.GatewayResponseTypes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of faults, as the API's gateway responses say.
 *
 * <p>Templates of gateway responses know variables and nothing else: no logic.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
 *     responses</a>
 */
final class FaultAnswers {
  private static final String JSON = "application/json";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(context|stageVariables)\\.([A-Za-z0-9_.-]*[A-Za-z0-9_])");

  private FaultAnswers() {}

  static Answer of(Exchange exchange, GatewayFault fault) {
    noteError(exchange, fault);
    String type = fault.responseType();
    GatewayResponse response = GatewayResponseTypes.of(exchange.api(), type);
    boolean customised = isCustomised(exchange.api(), type);
    Map.Entry<String, String> body = body(exchange, fault, response, customised);
    String status = customised ? customStatus(exchange.api(), type) : null;
    Answer answer =
        new Answer(
            status == null ? fault.status() : Integer.parseInt(status),
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
            body.getValue().getBytes(StandardCharsets.UTF_8));
    answer.set("Content-Type", body.getKey());
    answer.set("x-amzn-ErrorType", fault.errorType());
    response
        .responseParameters()
        .forEach(
            (name, source) ->
                Sources.value(exchange, source)
                    .ifPresent(
                        value ->
                            answer.set(name.substring("gatewayresponse.header.".length()), value)));
    return answer;
  }

  private static void noteError(Exchange exchange, GatewayFault fault) {
    JsonObject error = exchange.error();
    String text = fault.text();
    error.add("message", text == null ? JsonNull.INSTANCE : new JsonPrimitive(text));
    error.addProperty("messageString", quoted(text));
    error.addProperty("responseType", fault.responseType());
  }

  private static boolean isCustomised(Api api, String type) {
    return api.gatewayResponses().containsKey(type)
        || api.gatewayResponses().containsKey(GatewayResponseTypes.parent(type));
  }

  /** Only a status that somebody set counts: the fault knows its own better than the type. */
  private static @Nullable String customStatus(Api api, String type) {
    GatewayResponse own = api.gatewayResponses().get(type);
    GatewayResponse inherited = api.gatewayResponses().get(GatewayResponseTypes.parent(type));
    String ownDefault = GatewayResponseTypes.defaultStatus(type).map(String::valueOf).orElse(null);
    if (own != null && own.statusCode() != null && !own.statusCode().equals(ownDefault)) {
      return own.statusCode();
    }
    return own == null && inherited != null ? inherited.statusCode() : null;
  }

  private static Map.Entry<String, String> body(
      Exchange exchange, GatewayFault fault, GatewayResponse response, boolean customised) {
    Map<String, String> templates = response.responseTemplates();
    if (!customised || templates.equals(GatewayResponseTypes.DEFAULT_TEMPLATES)) {
      return Map.entry(JSON, plain(fault));
    }
    String wanted = exchange.headers().first("Accept").map(MediaTypes::first).orElse(JSON);
    String type =
        templates.containsKey(wanted)
            ? wanted
            : templates.containsKey(JSON) ? JSON : new TreeMap<>(templates).firstKey();
    return Map.entry(type, substitute(exchange, String.valueOf(templates.get(type))));
  }

  /** AWS's own bodies: 5xx have a space after the colon, refusals a capital letter. */
  private static String plain(GatewayFault fault) {
    String message = quoted(fault.text());
    if (fault.responseType().equals("ACCESS_DENIED")) {
      return "{\"Message\":" + message + "}";
    }
    boolean spaced = fault.status() >= 500 && fault.text() != null;
    return "{\"message\":" + (spaced ? " " : "") + message + "}";
  }

  private static String substitute(Exchange exchange, String template) {
    JsonObject context = RequestContext.of(exchange);
    context.add("error", exchange.error());
    return VARIABLE
        .matcher(template)
        .replaceAll(
            match -> {
              String value =
                  match.group(1).equals("context")
                      ? Sources.at(context, match.group(2)).orElse("")
                      : exchange.stageVariables().getOrDefault(match.group(2), "");
              return Matcher.quoteReplacement(value);
            });
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : new JsonPrimitive(text).toString();
  }
}
