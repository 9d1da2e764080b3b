package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Optional;

/**
 * The token of GetLogEvents, {@code f/…/s} or {@code b/…/s}: where a page ended, and in which
 * direction to go on. Both are in every answer, for ever: a page without events gives back the
 * token it was asked with.
 */
record ReadToken(Optional<String> text) {
  private static final String DIGITS = "\\d{38}";

  /** Reads the request's token, if it has one. */
  static ReadToken of(JsonInput input) {
    Optional<String> text = input.text("nextToken");
    if (text.filter(each -> !each.matches("[fb]/" + DIGITS + "/s")).isPresent()) {
      throw LogErrors.badToken();
    }
    return new ReadToken(text);
  }

  boolean isGiven() {
    return text.isPresent();
  }

  boolean isForward() {
    return text.filter(each -> each.startsWith("f")).isPresent();
  }

  /** Returns the position that the token names. */
  String position() {
    return text.map(each -> each.substring(2, each.length() - 2)).orElse(Events.start(0));
  }

  /** Returns the first position after the one that the token names. */
  String after() {
    return position() + "0";
  }

  /** Returns the token that goes on from a page, in one of the directions. */
  String next(List<Event> page, boolean forward) {
    String position;
    if (page.isEmpty()) {
      position = position();
    } else {
      position = page.get(forward ? page.size() - 1 : 0).position();
    }
    return (forward ? "f/" : "b/") + position + "/s";
  }
}
