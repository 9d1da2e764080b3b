package dev.cloudtask.localcloud;

/** A deployment failed; the message is for the person who started it: what, where, what next. */
public final class DeploymentFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String where;
  private final String advice;

  /** Creates a failure of which no more than its message is known. */
  public DeploymentFailedException(String message) {
    this(message, message, "", "");
  }

  /**
   * Creates a failure whose parts are known.
   *
   * @param message all of it, for people
   * @param reason AWS's words
   * @param where file, line and resource; may be empty
   * @param advice what AWS leaves unsaid; may be empty
   */
  public DeploymentFailedException(String message, String reason, String where, String advice) {
    super(message);
    this.reason = reason;
    this.where = where;
    this.advice = advice;
  }

  /** Returns AWS's words. */
  public String reason() {
    return reason;
  }

  /** Returns file, line and resource; may be empty. */
  public String where() {
    return where;
  }

  /** Returns what AWS leaves unsaid and helps; may be empty. */
  public String advice() {
    return advice;
  }
}
