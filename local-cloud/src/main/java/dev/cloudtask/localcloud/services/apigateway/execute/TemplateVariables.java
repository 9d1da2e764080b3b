package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.services.apigateway.template.TemplateObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mapping template can see: $input, $context, $stageVariables, $util. */
final class TemplateVariables {
  private TemplateVariables() {}

  static Map<String, Object> of(Exchange exchange, String body) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("input", new Input(exchange, body));
    variables.put("context", new Tree(RequestContext.of(exchange)));
    variables.put("stageVariables", exchange.stageVariables());
    variables.put("util", new Tools());
    return variables;
  }

  /** What is not there shows as nothing. */
  private record Tree(JsonObject json) implements TemplateObject {
    @Override
    public Object property(String name) {
      JsonElement element = json.get(name);
      if (element == null || element.isJsonNull()) {
        return "";
      }
      return element instanceof JsonObject object ? new Tree(object) : element;
    }

    @Override
    public @Nullable Object call(String name, List<@Nullable Object> arguments) {
      return name.equals("get") && !arguments.isEmpty()
          ? property(String.valueOf(arguments.get(0)))
          : null;
    }
  }

  private record Input(Exchange exchange, String body) implements TemplateObject {
    @Override
    public @Nullable Object property(String name) {
      return name.equals("body") ? body : null;
    }

    @Override
    public @Nullable Object call(String name, List<@Nullable Object> arguments) {
      String argument = arguments.isEmpty() ? "" : text(arguments.get(0));
      return switch (name) {
        case "params" -> arguments.isEmpty() ? allParameters() : parameter(argument);
        case "path" -> JsonPaths.find(json(), argument).orElse(null);
        case "json" -> JsonPaths.find(json(), argument).map(JsonElement::toString).orElse("\"\"");
        default -> null;
      };
    }

    private JsonElement json() {
      try {
        return JsonParser.parseString(body.isBlank() ? "{}" : body);
      } catch (JsonSyntaxException e) {
        return new JsonPrimitive(body);
      }
    }

    /** Path first, then query, then headers. */
    private String parameter(String name) {
      String ofPath = exchange.route().pathParameters().get(name);
      if (ofPath != null) {
        return PercentEncoding.decode(ofPath);
      }
      return exchange.query().first(name).or(() -> exchange.headers().first(name)).orElse("");
    }

    private Object allParameters() {
      JsonObject all = new JsonObject();
      JsonObject path = new JsonObject();
      exchange.route().pathParameters().forEach(path::addProperty);
      JsonObject query = new JsonObject();
      for (QueryString.Parameter parameter : exchange.query().parameters()) {
        query.addProperty(parameter.name(), parameter.value());
      }
      JsonObject header = new JsonObject();
      for (HttpHeaders.Field field : exchange.headers()) {
        header.addProperty(field.name(), field.value());
      }
      all.add("path", path);
      all.add("querystring", query);
      all.add("header", header);
      return all;
    }
  }

  private static final class Tools implements TemplateObject {
    @Override
    public @Nullable Object property(String name) {
      return null;
    }

    @Override
    public @Nullable Object call(String name, List<@Nullable Object> arguments) {
      String text = arguments.isEmpty() ? "" : text(arguments.get(0));
      return switch (name) {
        case "escapeJavaScript" -> escapeJavaScript(text);
        case "parseJson" -> JsonParser.parseString(text);
        case "urlEncode" -> PercentEncoding.encode(text);
        case "urlDecode" -> PercentEncoding.decodeForm(text);
        case "base64Encode" ->
            Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        case "base64Decode" -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        default -> null;
      };
    }

    private static String escapeJavaScript(String text) {
      String quoted = new JsonPrimitive(text).toString();
      return quoted.substring(1, quoted.length() - 1).replace("'", "\\'").replace("/", "\\/");
    }
  }

  private static String text(@Nullable Object value) {
    if (value instanceof JsonElement json && json.isJsonPrimitive()) {
      return json.getAsString();
    }
    return value == null ? "" : String.valueOf(value);
  }
}
