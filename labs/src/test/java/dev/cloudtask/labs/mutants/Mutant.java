package dev.cloudtask.labs.mutants;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a template.
 *
 * @param path names of members from the template's root; of an item of a list its number
 * @param value what stands there instead; null where nothing does
 * @param lab whose tests are asked first
 * @param name what people call it: the place as in the labs' messages, and what happens there
 */
record Mutant(List<String> path, @Nullable JsonElement value, int lab, String name) {

  /** Returns the template with this change. */
  JsonObject of(JsonObject template) {
    JsonObject copy = template.deepCopy();
    changeIn(copy);
    return copy;
  }

  private void changeIn(JsonObject template) {
    JsonElement parent = template;
    for (String step : path.subList(0, path.size() - 1)) {
      parent =
          parent instanceof JsonArray list
              ? list.get(Integer.parseInt(step))
              : parent.getAsJsonObject().get(step);
    }
    String last = path.get(path.size() - 1);
    if (parent instanceof JsonArray list) {
      if (value == null) {
        list.remove(Integer.parseInt(last));
      } else {
        list.set(Integer.parseInt(last), value);
      }
    } else if (value == null) {
      parent.getAsJsonObject().remove(last);
    } else {
      parent.getAsJsonObject().add(last, value);
    }
  }

  /** Tells whether the two changes meet, so that both cannot be made in one template. */
  boolean meets(Mutant other) {
    int common = Math.min(path.size(), other.path.size());
    boolean sameList =
        path.size() == other.path.size()
            && path.get(common - 1).matches("\\d+")
            && path.subList(0, common - 1).equals(other.path.subList(0, common - 1));
    return sameList || path.subList(0, common).equals(other.path.subList(0, common));
  }

  /** Returns the template with changes that do not meet. */
  static JsonObject allOf(List<Mutant> mutants, JsonObject template) {
    JsonObject copy = template.deepCopy();
    // Deeper ones first: an item that goes away moves those behind it, and all that is in them.
    mutants.stream()
        .sorted((one, other) -> Integer.compare(other.path.size(), one.path.size()))
        .forEach(mutant -> mutant.changeIn(copy));
    return copy;
  }
}
