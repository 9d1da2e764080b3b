package dev.cloudtask.localcloud.services.logs.pattern;

/** A filter pattern, read. */
@FunctionalInterface
public interface FilterPattern {
  /** A pattern that AWS would not take; the message is AWS's. */
  final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }

    /** Returns AWS's message. */
    public String message() {
      return String.valueOf(getMessage());
    }
  }

  /** Tells whether a log event's message is wanted. */
  boolean matches(String message);

  /**
   * Reads a pattern; an empty one wants every event.
   *
   * @throws InvalidException if it is malformed
   */
  static FilterPattern parse(String text) {
    String pattern = text.strip();
    if (pattern.isEmpty()) {
      return message -> true;
    }
    if (pattern.startsWith("{")) {
      if (!pattern.endsWith("}")) {
        throw new InvalidException("If a filter pattern starts with '{' it must end with '}'");
      }
      return JsonPattern.parse(pattern.substring(1, pattern.length() - 1));
    }
    if (pattern.startsWith("[")) {
      if (!pattern.endsWith("]")) {
        throw new InvalidException("If a filter pattern starts with '[' it must end with ']'");
      }
      return FieldPattern.parse(pattern.substring(1, pattern.length() - 1));
    }
    return TermPattern.parse(pattern);
  }
}
