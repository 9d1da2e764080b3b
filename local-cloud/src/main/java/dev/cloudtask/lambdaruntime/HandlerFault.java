package dev.cloudtask.lambdaruntime;

import org.jspecify.annotations.Nullable;

/**
 * The function cannot be called as it was configured or written: no such class, no such method, a
 * constructor that throws. Said in the words of Amazon's runtime interface client.
 */
final class HandlerFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String type;
  private final @Nullable String trace;
  private final boolean fatal;

  private HandlerFault(
      String message, @Nullable String type, @Nullable String trace, boolean fatal) {
    super(message);
    this.type = type;
    this.trace = trace;
    this.fatal = fatal;
  }

  /** A fault that has no exception behind it. */
  static HandlerFault of(String message) {
    return new HandlerFault(message, null, null, false);
  }

  /**
   * A fault with the exception behind it.
   *
   * @param fatal whether it fails the initialisation; otherwise each invocation fails with it
   */
  static HandlerFault of(String message, Throwable cause, boolean fatal) {
    return new HandlerFault(message, cause.getClass().getName(), StackTraces.print(cause), fatal);
  }

  /** A fault that says what its exception says. */
  static HandlerFault of(Throwable cause, boolean fatal) {
    return of(StackTraces.messageOf(cause), cause, fatal);
  }

  boolean isFatal() {
    return fatal;
  }

  /** Returns the payload that the caller gets. */
  byte[] payload() {
    return FailurePayload.of(String.valueOf(getMessage()), type);
  }

  /** Returns the text for the log. */
  String report() {
    String message = String.valueOf(getMessage());
    if (type == null && trace == null) {
      return message + "\n";
    }
    return message + ": " + (type == null ? "" : type) + "\n" + (trace == null ? "" : trace) + "\n";
  }
}
