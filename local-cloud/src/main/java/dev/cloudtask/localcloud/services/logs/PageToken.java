package dev.cloudtask.localcloud.services.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Tokens that say where the next page of a list begins. */
final class PageToken {
  private PageToken() {}

  static String of(String position) {
    return Base64.getUrlEncoder().encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the position in a token; an unreadable token is AWS's error. */
  static Optional<String> position(Optional<String> token) {
    try {
      return token.map(
          text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw LogErrors.badToken();
    }
  }
}
