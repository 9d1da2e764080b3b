package dev.cloudtask.localcloud.iam;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A policy, read and found well-formed.
 *
 * @param version {@code 2012-10-17}, or {@code 2008-10-17} which is the default and knows no
 *     variables
 * @param statements in their order
 */
public record PolicyDocument(String version, List<Statement> statements) {
  /** The elements that a policy may have. */
  static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");

  /** The elements that a statement may have. */
  static final Set<String> STATEMENT_ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Principal",
          "NotPrincipal",
          "Condition");

  private static final String CURRENT = "2012-10-17";
  private static final String FIRST = "2008-10-17";

  /** Copies the statements. */
  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException in AWS's words, if AWS would not take it
   */
  public static PolicyDocument parse(String text, PolicyKind kind) {
    JsonObject document = json(text, kind);
    if (kind.isIdentity()) {
      IdentityPolicyGrammar.check(document, kind);
    } else {
      ResourcePolicyGrammar.check(document, kind);
    }
    return read(document);
  }

  boolean hasVariables() {
    return version.equals(CURRENT);
  }

  private static JsonObject json(String text, PolicyKind kind) {
    String problem =
        switch (kind) {
          case MANAGED, INLINE -> "Syntax errors in policy.";
          case TRUST, RESOURCE -> "This policy contains invalid Json";
        };
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT && element.isJsonObject()) {
        return element.getAsJsonObject();
      }
      throw MalformedPolicyException.notJson(problem);
    } catch (IOException | com.google.gson.JsonParseException e) {
      throw MalformedPolicyException.notJson(problem);
    }
  }

  private static PolicyDocument read(JsonObject document) {
    List<Statement> statements = new ArrayList<>();
    for (JsonObject each : statements(document)) {
      statements.add(statement(each, statements.size() + 1));
    }
    String version = document.has("Version") ? document.get("Version").getAsString() : FIRST;
    return new PolicyDocument(version, statements);
  }

  /** Returns the statements of a document whose grammar is right so far: one, or a list. */
  static List<JsonObject> statements(JsonObject document) {
    JsonElement element = document.get("Statement");
    if (element.isJsonObject()) {
      return List.of(element.getAsJsonObject());
    }
    List<JsonObject> list = new ArrayList<>();
    element.getAsJsonArray().forEach(each -> list.add(each.getAsJsonObject()));
    return list;
  }

  private static Statement statement(JsonObject json, int position) {
    List<Condition> conditions = new ArrayList<>();
    if (json.has("Condition")) {
      for (Map.Entry<String, JsonElement> block : json.getAsJsonObject("Condition").entrySet()) {
        block
            .getValue()
            .getAsJsonObject()
            .entrySet()
            .forEach(
                line ->
                    conditions.add(
                        new Condition(block.getKey(), line.getKey(), texts(line.getValue()))));
      }
    }
    return new Statement(
        Optional.ofNullable(json.get("Sid")).map(JsonElement::getAsString),
        position,
        json.get("Effect").getAsString().equals("Allow"),
        patterns(json, "Action").orElseThrow(),
        patterns(json, "Resource"),
        principals(json),
        conditions);
  }

  private static Optional<Statement.Patterns> patterns(JsonObject json, String name) {
    if (json.has(name)) {
      return Optional.of(new Statement.Patterns(false, texts(json.get(name))));
    }
    String inverted = "Not" + name;
    return json.has(inverted)
        ? Optional.of(new Statement.Patterns(true, texts(json.get(inverted))))
        : Optional.empty();
  }

  private static Optional<Principals> principals(JsonObject json) {
    boolean inverted = json.has("NotPrincipal");
    JsonElement element = json.get(inverted ? "NotPrincipal" : "Principal");
    if (element == null) {
      return Optional.empty();
    }
    if (!element.isJsonObject()) {
      return Optional.of(new Principals(inverted, Map.of("AWS", texts(element))));
    }
    Map<String, List<String>> byKind = new LinkedHashMap<>();
    element
        .getAsJsonObject()
        .entrySet()
        .forEach(each -> byKind.put(each.getKey(), texts(each.getValue())));
    return Optional.of(new Principals(inverted, byKind));
  }

  /** Returns a text, or the texts of a list. */
  static List<String> texts(JsonElement element) {
    List<String> texts = new ArrayList<>();
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> texts.add(each.getAsString()));
    } else {
      texts.add(element.getAsString());
    }
    return texts;
  }
}
