package dev.cloudtask.lab;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one of the four functions answered, in the form that API Gateway takes.
 *
 * @param did what was asked, for people
 * @param status the HTTP status
 * @param headers as the function wrote them
 * @param body the text of the body
 * @param coldStart whether an execution environment was made for this call
 * @param where the source of the function, or the place of its resource
 */
public record FunctionAnswer(
    String did,
    int status,
    Map<String, String> headers,
    String body,
    boolean coldStart,
    String where) {
  private static final int SHOWN = 150;

  /** Copies the headers. */
  public FunctionAnswer {
    headers = Map.copyOf(headers);
  }

  /** Returns a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns status and body in a line. */
  public String words() {
    return status + " " + (body.length() > SHOWN ? body.substring(0, SHOWN - 1) + "…" : body);
  }

  /**
   * Returns this answer if it has the status.
   *
   * @param why the reason for expecting it
   * @throws Finding if it has another one
   */
  public FunctionAnswer with(int expected, String why) {
    if (status != expected) {
      throw wrong(String.valueOf(expected), why).found();
    }
    return this;
  }

  /**
   * Returns this answer if it is a refusal that says why: the status, and a JSON object with a
   * message.
   *
   * @throws Finding if it is not
   */
  public FunctionAnswer refused(int expected, String why) {
    if (status != expected || !says(object("message"), "message")) {
      throw wrong(expected + " and {\"message\": \"what is wrong\"}", why).found();
    }
    return this;
  }

  /** Begins a finding about this answer. */
  public Finding.Builder wrong(String expected, String why) {
    return Finding.did(did).expected(expected).got(words()).where(where).why(why);
  }

  /**
   * Returns the body as a JSON object.
   *
   * @param meaning what it should be
   * @throws Finding if it is none
   */
  public JsonObject object(String meaning) {
    if (parsed(meaning, "object") instanceof JsonObject object) {
      return object;
    }
    throw noJson("a JSON object: " + meaning);
  }

  /**
   * Returns the body as a JSON array.
   *
   * @throws Finding if it is none
   */
  public JsonArray array(String meaning) {
    if (parsed(meaning, "array") instanceof JsonArray array) {
      return array;
    }
    throw noJson("a JSON array: " + meaning);
  }

  private JsonElement parsed(String meaning, String kind) {
    Supplier<Finding> failure =
        () ->
            wrong("a JSON " + kind + ": " + meaning, "All answers of the API are JSON, errors too.")
                .found();
    try {
      JsonElement parsed = JsonParser.parseString(body);
      if (parsed.isJsonNull()) {
        throw failure.get();
      }
      return parsed;
    } catch (JsonParseException e) {
      throw failure.get();
    }
  }

  private Finding noJson(String expected) {
    return wrong(expected, "All answers of the API are JSON, errors too.").found();
  }

  private static boolean says(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() && !value.getAsString().isBlank();
  }
}
