package dev.cloudtask.labs.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Which cases a build plays. The thorough one plays them all. All of them together take longer than
 * the rest of a plain build, which therefore plays every so manieth of the labs that start a
 * browser or function processes for each case.
 */
final class Selection {
  /** The lab from which on a case starts processes. */
  private static final int LAB_WITH_PROCESSES = 3;

  private static final int EVERY = 8;

  /**
   * Plays only the cases in whose lab and folder, such as {@code 5-wrong-pool}, this expression is
   * found: for whoever writes one.
   */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("case", ""));

  private Selection() {}

  static <C> List<C> of(List<C> cases, ToIntFunction<C> lab, Function<C, String> id) {
    List<C> chosen = new ArrayList<>();
    int slow = 0;
    for (C one : cases) {
      if (!ONLY.pattern().isEmpty()) {
        if (ONLY.matcher(lab.applyAsInt(one) + "-" + id.apply(one)).find()) {
          chosen.add(one);
        }
      } else if (Player.THOROUGH
          || lab.applyAsInt(one) < LAB_WITH_PROCESSES
          || slow++ % EVERY == 0) {
        chosen.add(one);
      }
    }
    return chosen;
  }
}
