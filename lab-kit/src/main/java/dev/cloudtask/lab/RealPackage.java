package dev.cloudtask.lab;

/**
 * The package that the build has made, the file that the template's {@code Code:} names, instead of
 * the classes compiled a moment ago: what will be uploaded to AWS, with what it lacks.
 */
public final class RealPackage {
  private final LabSession session;

  RealPackage(LabSession session) {
    this.session = session;
  }

  /**
   * Returns a second stack of the same template, deployed from the real package.
   *
   * @throws Finding if the package is missing or older than the code; it says which command makes
   *     it
   */
  public Stack stack() {
    return session.packagedStack();
  }
}
