package dev.cloudtask.localcloud.services.lambda.execution;

/**
 * How a process ended, in Lambda's words.
 *
 * @param code the exit status; above 128 a signal's number is added
 */
record Exit(int code) {
  private static final int SIGNALS = 128;

  /** Returns the reason as it stands behind "Error: ". */
  String reason() {
    if (code == 0) {
      return "Runtime exited without providing a reason";
    }
    return "Runtime exited with error: " + (code > SIGNALS ? signal() : "exit status " + code);
  }

  private String signal() {
    return switch (code - SIGNALS) {
      case 6 -> "signal: aborted";
      case 9 -> "signal: killed";
      case 11 -> "signal: segmentation fault";
      case 15 -> "signal: terminated";
      default -> "exit status " + code;
    };
  }
}
