package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;

/** Cuts collections into pages: 25 elements unless {@code limit} says otherwise, at most 500. */
final class Pages {
  private static final int DEFAULT_LIMIT = 25;
  private static final int MOST = 500;

  private Pages() {}

  static JsonObject cut(List<JsonObject> items, QueryString query) {
    int limit = query.first("limit").map(Pages::number).orElse(DEFAULT_LIMIT);
    int from = query.first("position").map(Pages::number).orElse(0);
    int size = Math.max(1, Math.min(limit, MOST));
    int start = Math.min(Math.max(0, from), items.size());
    int end = Math.min(start + size, items.size());
    return Wire.page(items.subList(start, end), end < items.size() ? String.valueOf(end) : null);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiGatewayErrors.badRequest("Invalid position parameter specified");
    }
  }
}
