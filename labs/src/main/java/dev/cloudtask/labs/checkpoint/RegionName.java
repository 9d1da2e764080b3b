package dev.cloudtask.labs.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a region: {@code 2} (all of lab 2), {@code 1.3} (a step) or {@code 1.3-outputs} (one
 * of several places of a step).
 *
 * @param lab 1 to 6
 * @param step from 1; {@link Integer#MAX_VALUE} in a name that gives the lab only
 * @param text the name as written
 */
record RegionName(int lab, int step, String text) {
  private static final Pattern FORM = Pattern.compile("([1-6])(?:\\.([1-9]))?(?:-[a-z]+)?");

  static Optional<RegionName> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int step = form.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(2));
    return Optional.of(new RegionName(Integer.parseInt(form.group(1)), step, text));
  }
}
