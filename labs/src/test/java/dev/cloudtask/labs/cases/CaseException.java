package dev.cloudtask.labs.cases;

/** A case's file is not in order. The message begins with file and line. */
final class CaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseException(String file, int line, String message) {
    super(file + (line > 0 ? ":" + line : "") + ": " + message);
  }
}
