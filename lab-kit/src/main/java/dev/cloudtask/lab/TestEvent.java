package dev.cloudtask.lab;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An event as the Lambda console's test button sends it: an event of API Gateway's proxy
 * integration, cut down to what is said here; everything else is absent.
 *
 * @param words what it is, for people
 * @param json the event
 */
public record TestEvent(String words, String json) {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** An event of nobody: no request context at all. */
  public static TestEvent ofNobody() {
    return new TestEvent("without any claims", "{}");
  }

  /** An event of a user who is signed in. */
  public static TestEvent of(String user) {
    JsonObject claims = new JsonObject();
    claims.addProperty("sub", user);
    JsonObject authorizer = new JsonObject();
    authorizer.add("claims", claims);
    JsonObject context = new JsonObject();
    context.add("authorizer", authorizer);
    JsonObject event = new JsonObject();
    event.add("requestContext", context);
    return new TestEvent("as " + user, GSON.toJson(event));
  }

  /** Returns this event with a body. */
  public TestEvent body(String body) {
    String shown = body.length() > 60 ? body.substring(0, 59) + "…" : body;
    return with(", body " + (body.isEmpty() ? "empty" : shown), "body", body);
  }

  /** Returns this event with a body that API Gateway handed over in Base64. */
  public TestEvent base64Body(String body) {
    String encoded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    JsonObject event = event();
    event.addProperty("body", encoded);
    event.addProperty("isBase64Encoded", true);
    return new TestEvent(words + ", body " + body + " in Base64", GSON.toJson(event));
  }

  /** Returns this event with the id of a task in its path. */
  public TestEvent task(String taskId) {
    return with(", task " + taskId, "pathParameters", "taskId", taskId);
  }

  /** Returns this event with a parameter in the query string, beside those that are there. */
  public TestEvent query(String name, String value) {
    return with(", ?" + name + "=" + value, "queryStringParameters", name, value);
  }

  private TestEvent with(String what, String field, String value) {
    JsonObject event = event();
    event.addProperty(field, value);
    return new TestEvent(words + what, GSON.toJson(event));
  }

  private TestEvent with(String what, String field, String name, String value) {
    JsonObject event = event();
    JsonObject values = event.has(field) ? event.getAsJsonObject(field) : new JsonObject();
    values.addProperty(name, value);
    event.add(field, values);
    return new TestEvent(words + what, GSON.toJson(event));
  }

  private JsonObject event() {
    return JsonParser.parseString(json).getAsJsonObject();
  }
}
