package dev.cloudtask.labs.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a region: {@code 2} (all of lab 2), {@code 1.3} (a step) or {@code 1.3-outputs} (one
 * of several places of a step).
 *
 * <p>{@code 6-list after 4} is the region {@code 6-list}, and its stub is working code: it is there
 * once lab 4 is done. Until then there is nothing at all. {@code 2.3 after 2.1} is the same within
 * a lab.
 *
 * @param lab 1 to 6
 * @param step from 1; {@link Integer#MAX_VALUE} in a name that gives the lab only
 * @param text the name as written, without {@code after N}
 * @param after the lab or step since which the stub is working code, lab 0 for the start; nothing
 *     if it is none
 */
record RegionName(int lab, int step, String text, Optional<Progress> after) {
  private static final Pattern FORM =
      Pattern.compile("(([1-6])(?:\\.([1-9]))?(?:-[a-z]+)?)(?: +after +([0-6])(?:\\.([1-9]))?)?");

  static Optional<RegionName> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int lab = Integer.parseInt(form.group(2));
    int step = form.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(3));
    Optional<Progress> after =
        Optional.ofNullable(form.group(4)).map(number -> since(number, form.group(5)));
    RegionName name = new RegionName(lab, step, form.group(1), after);
    // What is there since a step that comes no earlier is never there.
    return after.filter(since -> since.covers(name)).isPresent()
        ? Optional.empty()
        : Optional.of(name);
  }

  private static Progress since(String lab, @Nullable String step) {
    return new Progress(
        Integer.parseInt(lab), step == null ? Integer.MAX_VALUE : Integer.parseInt(step));
  }

  /** Tells whether the stub is working code of an earlier stage. */
  boolean staged() {
    return after.isPresent();
  }

  /** Returns the name as it stands in a mark. */
  String mark() {
    return after.map(since -> text + " after " + since.words()).orElse(text);
  }
}
