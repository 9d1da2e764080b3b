package dev.cloudtask.localcloud.cloudformation.template;

import java.util.Optional;

/**
 * A template that CloudFormation would refuse.
 *
 * <p>The message is CloudFormation's, to the letter: it goes to the wire as a {@code
 * ValidationError}. Position and advice are ours, for people who have the file before them.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Position> position;
  private final String advice;

  /** Creates a refusal at a known place. */
  public TemplateException(String message, Position position) {
    this(message, Optional.of(position), "");
  }

  /** Creates a refusal of the template as a whole. */
  public TemplateException(String message) {
    this(message, Optional.empty(), "");
  }

  /**
   * Creates a refusal.
   *
   * @param advice what CloudFormation leaves unsaid and helps: what to change; may be empty
   */
  public TemplateException(String message, Optional<Position> position, String advice) {
    super(message);
    this.position = position;
    this.advice = advice;
  }

  /** Returns CloudFormation's message. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Returns where in the template the reason lies, if it lies anywhere. */
  public Optional<Position> position() {
    return position;
  }

  /** Returns what to do, in our own words; may be empty. */
  public String advice() {
    return advice;
  }
}
