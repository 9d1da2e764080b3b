package dev.cloudtask.labs.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Which cases a build plays. The thorough one plays them all, the plain one all of the labs without
 * functions and every so manieth of the others: each of those starts some Java processes, and all
 * of them together would take longer than the rest of the build.
 */
final class Selection {
  /** The lab from which on functions run. */
  private static final int LAB_WITH_FUNCTIONS = 4;

  private static final int EVERY = 4;

  /**
   * Plays only the cases in whose lab and folder, such as {@code 5-wrong-pool}, this expression is
   * found: for whoever writes one.
   */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("case", ""));

  private Selection() {}

  static <C> List<C> of(List<C> cases, ToIntFunction<C> lab, Function<C, String> id) {
    List<C> chosen = new ArrayList<>();
    int withFunctions = 0;
    for (C one : cases) {
      if (!ONLY.pattern().isEmpty()) {
        if (ONLY.matcher(lab.applyAsInt(one) + "-" + id.apply(one)).find()) {
          chosen.add(one);
        }
      } else if (Player.THOROUGH
          || lab.applyAsInt(one) < LAB_WITH_FUNCTIONS
          || withFunctions++ % EVERY == 0) {
        chosen.add(one);
      }
    }
    return chosen;
  }
}
