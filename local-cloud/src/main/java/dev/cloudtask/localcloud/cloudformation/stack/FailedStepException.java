package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.template.Position;
import java.util.Optional;

/** A step of a deployment that went wrong; never leaves this room. */
final class FailedStepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Position> position;
  private final String advice;
  private final boolean invalid;

  FailedStepException(String reason, Optional<Position> position, String advice, boolean invalid) {
    super(reason);
    this.position = position;
    this.advice = advice;
    this.invalid = invalid;
  }

  static FailedStepException of(String reason, Position position) {
    return new FailedStepException(reason, Optional.of(position), "", false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  Optional<Position> position() {
    return position;
  }

  String advice() {
    return advice;
  }

  /** Tells whether the properties were found wrong before the service was asked. */
  boolean invalid() {
    return invalid;
  }
}
