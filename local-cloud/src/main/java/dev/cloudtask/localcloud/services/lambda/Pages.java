package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers listings page by page; the marker is the index of the next item, not to be relied on. */
final class Pages {
  private static final int DEFAULT = 50;
  private static final int MOST = 10_000;

  private Pages() {}

  static <T> JsonObject page(
      LambdaRequest request,
      String member,
      List<T> items,
      Function<T, ? extends JsonElement> json) {
    Optional<Integer> wanted = request.query("MaxItems").map(Pages::number);
    new Constraints("ValidationException").range("maxItems", wanted, 1, MOST).check();
    int from = request.query("Marker").map(Pages::index).orElse(0);
    int to = Math.min(items.size(), from + Math.min(DEFAULT, wanted.orElse(DEFAULT)));
    JsonArray array = new JsonArray();
    for (T item : items.subList(Math.min(from, to), to)) {
      array.add(json.apply(item));
    }
    JsonObject page = new JsonObject();
    if (to < items.size()) {
      page.addProperty(
          "NextMarker",
          Base64.getUrlEncoder()
              .encodeToString(String.valueOf(to).getBytes(StandardCharsets.UTF_8)));
    }
    page.add(member, array);
    return page;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw LambdaErrors.invalid("'" + text + "' can not be converted to an Integer");
    }
  }

  private static int index(String marker) {
    try {
      return Math.max(
          0,
          Integer.parseInt(
              new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw LambdaErrors.invalid("Invalid Marker");
    }
  }
}
