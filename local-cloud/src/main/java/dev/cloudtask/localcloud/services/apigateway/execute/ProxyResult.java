package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a function behind a proxy integration answered, found to be well-formed.
 *
 * @param headers all values by name
 * @param base64 whether the body says of itself that it is Base64
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format">Output
 *     format of a Lambda function for proxy integration</a>
 */
record ProxyResult(int status, Map<String, List<String>> headers, String body, boolean base64) {
  private static final Set<String> MEMBERS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
  private static final int DEFAULT_STATUS = 200;

  /** The answer is not one: says what is wrong, for the trace and the student. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  static ProxyResult parse(byte[] payload) throws MalformedException {
    JsonElement element = json(new String(payload, StandardCharsets.UTF_8));
    if (element.isJsonNull()) {
      return new ProxyResult(DEFAULT_STATUS, Map.of(), "", false);
    }
    if (!(element instanceof JsonObject object)) {
      throw new MalformedException(
          "the function must return a JSON object with statusCode, headers and body; it returned "
              + (element.isJsonArray() ? "a list" : "a plain value"));
    }
    if (object.isEmpty()) {
      throw new MalformedException("the function returned an empty object");
    }
    for (String name : object.keySet()) {
      if (!MEMBERS.contains(name)) {
        throw new MalformedException(
            "the function's answer has the key \"%s\"; allowed are %s: did it return its result bare?"
                .formatted(name, MEMBERS.stream().sorted().toList()));
      }
    }
    return new ProxyResult(status(object), headers(object), body(object), base64(object));
  }

  private static JsonElement json(String text) throws MalformedException {
    if (text.isBlank()) {
      return JsonNull.INSTANCE;
    }
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      return JsonParser.parseReader(reader);
    } catch (JsonSyntaxException | JsonIOException e) {
      throw new MalformedException("the function returned something that is not JSON");
    }
  }

  private static int status(JsonObject object) throws MalformedException {
    JsonElement status = object.get("statusCode");
    if (status == null || status.isJsonNull()) {
      return DEFAULT_STATUS;
    }
    String text = status.isJsonPrimitive() ? status.getAsString() : status.toString();
    if (!text.matches("[1-5]\\d\\d")) {
      throw new MalformedException("statusCode is no HTTP status: " + text);
    }
    return Integer.parseInt(text);
  }

  private static Map<String, List<String>> headers(JsonObject object) throws MalformedException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonElement> header : structure(object, "headers").entrySet()) {
      if (!header.getValue().isJsonNull()) {
        headers.put(header.getKey(), List.of(text(header.getKey(), header.getValue())));
      }
    }
    for (Map.Entry<String, JsonElement> header :
        structure(object, "multiValueHeaders").entrySet()) {
      if (!(header.getValue() instanceof JsonArray array)) {
        throw new MalformedException(
            "multiValueHeaders must have lists: " + header.getKey() + " has none");
      }
      List<String> values = new ArrayList<>();
      for (JsonElement value : array) {
        values.add(text(header.getKey(), value));
      }
      headers.remove(header.getKey());
      headers.put(header.getKey(), values);
    }
    return headers;
  }

  private static JsonObject structure(JsonObject object, String name) throws MalformedException {
    JsonElement element = object.get(name);
    if (element == null || element.isJsonNull()) {
      return new JsonObject();
    }
    if (!(element instanceof JsonObject structure)) {
      throw new MalformedException(name + " must be an object");
    }
    return structure;
  }

  private static String text(String name, JsonElement value) throws MalformedException {
    if (!value.isJsonPrimitive()) {
      throw new MalformedException("the header " + name + " must be text");
    }
    return value.getAsString();
  }

  private static String body(JsonObject object) throws MalformedException {
    JsonElement body = object.get("body");
    if (body == null || body.isJsonNull()) {
      return "";
    }
    if (!body.isJsonPrimitive() || !body.getAsJsonPrimitive().isString()) {
      throw new MalformedException(
          "body must be text: the function has to turn its JSON into a string itself");
    }
    return body.getAsString();
  }

  private static boolean base64(JsonObject object) throws MalformedException {
    JsonElement flag = object.get("isBase64Encoded");
    if (flag == null || flag.isJsonNull()) {
      return false;
    }
    if (!flag.isJsonPrimitive() || !flag.getAsString().matches("true|false")) {
      throw new MalformedException("isBase64Encoded must be true or false");
    }
    return flag.getAsBoolean();
  }
}
