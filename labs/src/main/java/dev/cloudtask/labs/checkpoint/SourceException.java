package dev.cloudtask.labs.checkpoint;

/** The sources of the skeleton are not in order. The message begins with file and line. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a complaint.
   *
   * @param file the file, as shown to people
   * @param line from 1; 0 for the file as a whole
   */
  SourceException(String file, int line, String message) {
    super(file + (line > 0 ? ":" + line : "") + ": " + message);
  }
}
