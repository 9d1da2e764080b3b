package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The plain part of JSONPath: $, members by dot or bracket, elements by number. */
final class JsonPaths {
  private static final Pattern STEP =
      Pattern.compile("\\G(?:\\.([^.\\[]+)|\\[(\\d{1,9})]|\\['([^']*)']|\\[\"([^\"]*)\"])");

  private JsonPaths() {}

  static Optional<JsonElement> find(JsonElement root, String path) {
    String steps = path.startsWith("$") ? path.substring(1) : "." + path;
    Matcher step = STEP.matcher(steps);
    JsonElement at = root;
    int end = 0;
    while (step.find()) {
      end = step.end();
      at = next(at, step);
      if (at == null) {
        return Optional.empty();
      }
    }
    return end == steps.length() ? Optional.of(at) : Optional.empty();
  }

  private static @Nullable JsonElement next(JsonElement at, Matcher step) {
    if (step.group(2) != null) {
      int index = Integer.parseInt(step.group(2));
      return at instanceof JsonArray array && index < array.size() ? array.get(index) : null;
    }
    String name =
        step.group(1) != null
            ? step.group(1)
            : step.group(3) != null ? step.group(3) : step.group(4);
    return at instanceof JsonObject object ? object.get(name) : null;
  }
}
