package dev.cloudtask.localcloud.services.cognito;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list, and the token of the one that follows.
 *
 * @param next names the last item of this page, so that what is deleted meanwhile shifts nothing
 */
record Page<T>(List<T> items, Optional<String> next) {

  static <T> Page<T> of(List<T> all, Function<T, String> id, Optional<String> token, int size) {
    int start = 0;
    if (token.isPresent()) {
      String last = decoded(token.get());
      for (int i = 0; i < all.size(); i++) {
        if (id.apply(all.get(i)).equals(last)) {
          start = i + 1;
        }
      }
      if (start == 0) {
        throw CognitoErrors.invalid("Invalid pagination token");
      }
    }
    int end = (int) Math.min(all.size(), (long) start + size);
    return new Page<>(
        all.subList(start, end),
        end < all.size() ? Optional.of(encoded(id.apply(all.get(end - 1)))) : Optional.empty());
  }

  private static String encoded(String id) {
    return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CognitoErrors.invalid("Invalid pagination token");
    }
  }
}
