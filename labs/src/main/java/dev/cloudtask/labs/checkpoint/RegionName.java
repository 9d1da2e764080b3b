package dev.cloudtask.labs.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a region: {@code 2} (all of lab 2), {@code 1.3} (a step) or {@code 1.3-outputs} (one
 * of several places of a step).
 *
 * <p>{@code 6-list after 4} is the region {@code 6-list}, and its stub is working code: it is there
 * once lab 4 is done. Until then there is nothing at all.
 *
 * @param lab 1 to 6
 * @param step from 1; {@link Integer#MAX_VALUE} in a name that gives the lab only
 * @param text the name as written, without {@code after N}
 * @param after the lab since which the stub is working code, 0 for the start; -1 if it is none
 */
record RegionName(int lab, int step, String text, int after) {
  private static final Pattern FORM =
      Pattern.compile("(([1-6])(?:\\.([1-9]))?(?:-[a-z]+)?)(?: +after +([0-5]))?");

  static Optional<RegionName> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int lab = Integer.parseInt(form.group(2));
    int step = form.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(3));
    int after = form.group(4) == null ? -1 : Integer.parseInt(form.group(4));
    return after >= lab
        ? Optional.empty()
        : Optional.of(new RegionName(lab, step, form.group(1), after));
  }

  /** Tells whether the stub is working code of an earlier stage. */
  boolean staged() {
    return after >= 0;
  }

  /** Returns the name as it stands in a mark. */
  String mark() {
    return staged() ? text + " after " + after : text;
  }
}
