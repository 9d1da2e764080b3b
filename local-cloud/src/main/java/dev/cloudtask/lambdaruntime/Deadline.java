package dev.cloudtask.lambdaruntime;

/**
 * When an invocation must be done, by the machine's clock: a function compares it with its own
 * {@link System#currentTimeMillis()}, so no other clock will do.
 */
public final class Deadline {
  private Deadline() {}

  /** Returns the moment so many milliseconds from now, in milliseconds since 1970. */
  public static long in(long millis) {
    return System.currentTimeMillis() + millis;
  }
}
