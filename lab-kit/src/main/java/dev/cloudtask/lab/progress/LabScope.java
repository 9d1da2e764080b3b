package dev.cloudtask.lab.progress;

import java.util.Optional;

/**
 * Which labs a run is about: {@code -Dlab=3} means labs 1 to 3, {@code -Dlab=all} all. Maven
 * without it goes on to the first lab that is not green. What was clicked in an IDE, or named by
 * Surefire's {@code -Dtest}, is run as it is.
 *
 * @param kind how it was said
 * @param last the last lab in it
 * @param refusal a sentence, if what was said makes no sense
 */
public record LabScope(Kind kind, int last, Optional<String> refusal) {
  /** How many labs there are. */
  public static final int LABS = 6;

  /** How the labs of a run are named. */
  public enum Kind {
    /** Labs 1 to a number. */
    UP_TO,
    /** One lab after the other, up to the first that is not green. */
    NEXT,
    /** Exactly those that somebody picked. */
    PICKED
  }

  /** Returns the scope of this JVM's run. */
  public static LabScope ofThisRun() {
    return of(
        property("lab"),
        property("cloud"),
        System.getProperty("surefire.real.class.path") != null && property("test").isEmpty());
  }

  private static String property(String name) {
    return System.getProperty(name, "").strip();
  }

  static LabScope of(String lab, String cloud, boolean everythingByMaven) {
    if (!cloud.isEmpty() && !cloud.equals("local")) {
      return refused(
          "\"-Dcloud=" + cloud + "\" is not known here: the labs run in the cloud in this JVM.");
    }
    if (lab.equals("all")) {
      return new LabScope(Kind.UP_TO, LABS, Optional.empty());
    }
    if (lab.matches("[1-" + LABS + "]")) {
      return new LabScope(Kind.UP_TO, Integer.parseInt(lab), Optional.empty());
    }
    if (!lab.isEmpty()) {
      return refused(
          "\"-Dlab="
              + lab
              + "\" is no lab: write \"-Dlab=3\" for labs 1 to 3 (there are "
              + LABS
              + "), or \"-Dlab=all\".");
    }
    return new LabScope(everythingByMaven ? Kind.NEXT : Kind.PICKED, LABS, Optional.empty());
  }

  private static LabScope refused(String sentence) {
    // One lab is left to say it.
    return new LabScope(Kind.UP_TO, 1, Optional.of(sentence));
  }

  /** Tells whether a lab may run. */
  public boolean includes(int lab) {
    return lab <= last;
  }

  /** Tells whether every lab in it must have tests. */
  public boolean isWhole() {
    return kind != Kind.PICKED && refusal.isEmpty();
  }
}
