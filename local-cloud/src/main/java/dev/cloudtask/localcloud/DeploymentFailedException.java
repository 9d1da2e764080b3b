package dev.cloudtask.localcloud;

/** A deployment failed; the message is for the person who started it: what, where, what next. */
public final class DeploymentFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates a failure. */
  public DeploymentFailedException(String message) {
    super(message);
  }
}
