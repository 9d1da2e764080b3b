package dev.cloudtask.localcloud.services.logs.pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Conditions on the members of events that are JSON objects; others never match. */
record JsonPattern(Predicate<JsonElement> condition) implements FilterPattern {
  static JsonPattern parse(String text) {
    PatternScanner scanner = new PatternScanner(text);
    Predicate<JsonElement> condition = BooleanGrammar.take(scanner, JsonPattern::condition);
    if (!scanner.atEnd()) {
      throw scanner.bad();
    }
    return new JsonPattern(condition);
  }

  private static Predicate<JsonElement> condition(PatternScanner scanner) {
    List<String> path = selector(scanner);
    if (scanner.takeWord("IS")) {
      if (scanner.takeWord("TRUE")) {
        return json -> found(json, path).stream().anyMatch(each -> isBoolean(each, true));
      }
      if (scanner.takeWord("FALSE")) {
        return json -> found(json, path).stream().anyMatch(each -> isBoolean(each, false));
      }
      if (scanner.takeWord("NULL")) {
        return json -> found(json, path).stream().anyMatch(JsonElement::isJsonNull);
      }
      throw scanner.bad();
    }
    if (scanner.takeWord("NOT")) {
      if (scanner.takeWord("EXISTS")) {
        return json -> found(json, path).isEmpty();
      }
      throw scanner.bad();
    }
    if (scanner.takeWord("EXISTS")) {
      return json -> !found(json, path).isEmpty();
    }
    Predicate<String> test = ValueTest.take(scanner).test();
    return json ->
        found(json, path).stream()
            .filter(JsonElement::isJsonPrimitive)
            .map(JsonElement::getAsString)
            .anyMatch(test);
  }

  /** Takes {@code $.a.b[0].c}; {@code *} is any member or item. */
  private static List<String> selector(PatternScanner scanner) {
    scanner.demand("$");
    List<String> path = new ArrayList<>();
    while (scanner.peek() == '.' || scanner.peek() == '[') {
      if (scanner.peek() == '[') {
        scanner.demand("[");
        path.add(name(scanner, c -> c == '*' || Character.isDigit(c)));
        scanner.demand("]");
      } else {
        scanner.demand(".");
        if (scanner.peek() != '[') {
          path.add(
              name(scanner, c -> c == '*' || c == '_' || c == '-' || Character.isLetterOrDigit(c)));
        }
      }
    }
    return path;
  }

  private static String name(PatternScanner scanner, java.util.function.IntPredicate fits) {
    String name = scanner.takeWhile(fits);
    if (name.isEmpty()) {
      throw scanner.bad();
    }
    return name;
  }

  private static List<JsonElement> found(JsonElement json, List<String> path) {
    List<JsonElement> here = List.of(json);
    for (String step : path) {
      List<JsonElement> next = new ArrayList<>();
      for (JsonElement each : here) {
        step(each, step, next);
      }
      here = next;
    }
    return here;
  }

  private static void step(JsonElement from, String step, List<JsonElement> to) {
    if (from.isJsonObject()) {
      if (step.equals("*")) {
        from.getAsJsonObject().asMap().values().forEach(to::add);
      } else if (from.getAsJsonObject().has(step)) {
        to.add(from.getAsJsonObject().get(step));
      }
    } else if (from.isJsonArray()) {
      if (step.equals("*")) {
        from.getAsJsonArray().forEach(to::add);
      } else if (step.matches("\\d{1,9}")
          && Integer.parseInt(step) < from.getAsJsonArray().size()) {
        to.add(from.getAsJsonArray().get(Integer.parseInt(step)));
      }
    }
  }

  private static boolean isBoolean(JsonElement element, boolean wanted) {
    return element.isJsonPrimitive()
        && element.getAsJsonPrimitive().isBoolean()
        && element.getAsBoolean() == wanted;
  }

  @Override
  public boolean matches(String message) {
    if (!message.stripLeading().startsWith("{")) {
      return false;
    }
    try {
      JsonElement json = JsonParser.parseString(message);
      return json.isJsonObject() && condition.test(json);
    } catch (JsonParseException | StackOverflowError e) {
      return false;
    }
  }
}
