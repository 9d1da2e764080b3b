package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a listing. The token names the first item of the next page, so that what comes in
 * front of it in the meantime neither repeats nor hides anything.
 */
record Page<T>(List<T> items, Optional<String> nextToken) {
  static final int SIZE = 100;

  static <T> Page<T> of(List<T> all, Optional<String> token, Function<T, String> id) {
    int from = token.filter(text -> !text.isEmpty()).map(text -> find(all, text, id)).orElse(0);
    int to = Math.min(all.size(), from + SIZE);
    Optional<String> next =
        to < all.size()
            ? Optional.of(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(id.apply(all.get(to)).getBytes(StandardCharsets.UTF_8)))
            : Optional.empty();
    return new Page<>(all.subList(from, to), next);
  }

  private static <T> int find(List<T> all, String token, Function<T, String> id) {
    try {
      String wanted = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      for (int i = 0; i < all.size(); i++) {
        if (id.apply(all.get(i)).equals(wanted)) {
          return i;
        }
      }
    } catch (IllegalArgumentException e) {
      // not one of ours
    }
    throw StackErrors.validation("Invalid NextToken");
  }
}
