package dev.cloudtask.lab.devtools;

/** The browser refused a call, or is gone. */
public final class DevToolsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates a refusal. */
  public DevToolsException(String message) {
    super(message);
  }
}
