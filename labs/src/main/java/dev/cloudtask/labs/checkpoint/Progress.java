package dev.cloudtask.labs.checkpoint;

/**
 * How far a student has come: the last step that is done.
 *
 * @param lab from 0, which is before the first lab
 * @param step the step within the lab; {@link Integer#MAX_VALUE} for the whole lab
 */
public record Progress(int lab, int step) {
  /** Returns the state in which labs 1 to {@code lab} are done and nothing else is. */
  public static Progress lab(int lab) {
    return new Progress(lab, Integer.MAX_VALUE);
  }

  /** Tells whether the lines of this region are written by now. */
  boolean covers(RegionName region) {
    return region.lab() < lab || (region.lab() == lab && region.step() <= step);
  }

  /** Tells whether all that was done then is done by now. */
  boolean covers(Progress then) {
    return then.lab() < lab || (then.lab() == lab && then.step() <= step);
  }

  /** Returns the lab or the step as a mark names it. */
  String words() {
    return step == Integer.MAX_VALUE ? String.valueOf(lab) : lab + "." + step;
  }

  /** Tells whether this lab is done as a whole. */
  boolean covers(int wholeLab) {
    return wholeLab < lab || (wholeLab == lab && step == Integer.MAX_VALUE);
  }
}
