package dev.cloudtask.lab.progress;

/**
 * What became of one test of a step.
 *
 * @param lab from 1
 * @param step from 1
 * @param title what is true when the step is done
 * @param test the test's name, unique within the lab
 * @param message what it says; empty if it is green
 */
record StepResult(int lab, int step, String title, String test, State state, String message) {
  /** How a test can end. */
  enum State {
    GREEN,
    RED,
    /** It stepped aside, or its lab was not reached. */
    NOT_RUN
  }

  /** Returns {@code 1.3}. */
  String name() {
    return lab + "." + step;
  }
}
