package dev.cloudtask.localcloud.services.cloudfront;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param marker what the call asked to go on after; empty at the beginning
 * @param next the marker of the next page; empty if this is the last
 */
record Pages<T>(String marker, int maxItems, List<T> items, Optional<String> next) {
  private static final int MOST = 100;

  /**
   * Cuts a page out of a list, as {@code Marker} and {@code MaxItems} ask.
   *
   * @param id what a marker is made of
   */
  static <T> Pages<T> of(CloudFrontCall call, List<T> all, Function<T, String> id) {
    String marker = call.query("Marker").orElse("");
    int maxItems = call.query("MaxItems").map(Pages::number).orElse(MOST);
    int from = 0;
    if (!marker.isEmpty()) {
      List<String> ids = all.stream().map(id).toList();
      from = ids.indexOf(marker) + 1;
      if (from == 0) {
        throw CloudFrontErrors.invalidArgument("The parameter Marker is not valid.");
      }
    }
    int to = Math.min(all.size(), from + maxItems);
    List<T> items = List.copyOf(all.subList(from, to));
    return new Pages<>(
        marker,
        maxItems,
        items,
        to < all.size() ? Optional.of(id.apply(all.get(to - 1))) : Optional.empty());
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw CloudFrontErrors.invalidArgument("The parameter MaxItems is not valid.");
    }
    return Math.min(MOST, Integer.parseInt(text));
  }
}
