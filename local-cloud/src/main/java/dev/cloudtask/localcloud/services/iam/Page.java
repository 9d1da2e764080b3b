package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One page of a list: {@code MaxItems} (100 unless told otherwise) and {@code Marker}, which holds
 * the last key of the page before.
 */
record Page<T>(List<T> items, Optional<String> marker) {
  private static final int USUAL = 100;

  /** Cuts the page that the request asks for out of a list that is sorted by this key. */
  static <T> Page<T> of(QueryInput input, List<T> all, Function<T, String> key) {
    int most = input.integer("MaxItems").isPresent() ? input.integer("MaxItems").getAsInt() : USUAL;
    new Constraints("ValidationError").range("maxItems", Optional.of(most), 1, 1000).check();
    int from = 0;
    Optional<String> marker = input.text("Marker");
    if (marker.isPresent()) {
      String last = decode(marker.get());
      while (from < all.size() && key.apply(all.get(from)).compareTo(last) <= 0) {
        from++;
      }
    }
    int to = Math.min(all.size(), from + most);
    List<T> items = all.subList(from, to);
    return new Page<>(
        items,
        to < all.size()
            ? Optional.of(encode(key.apply(items.get(items.size() - 1))))
            : Optional.empty());
  }

  /** Writes the page as a list of structures, with what follows it. */
  void write(QueryResult result, String name, BiConsumer<QueryResult, ? super T> item) {
    result.list(name, items, item);
    writeEnd(result);
  }

  /** Writes the page as a list of texts, with what follows it. */
  void writeTexts(QueryResult result, String name) {
    result.texts(name, items);
    writeEnd(result);
  }

  void writeEnd(QueryResult result) {
    result.text("IsTruncated", marker.isPresent());
    result.text("Marker", marker);
  }

  private static String encode(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String marker) {
    try {
      return new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw IamErrors.badMarker(marker);
    }
  }
}
