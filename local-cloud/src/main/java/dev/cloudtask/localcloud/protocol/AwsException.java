package dev.cloudtask.localcloud.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A failure as AWS words it: the only exception that goes to the wire.
 *
 * <p>Thrown by services with texts from their one file of errors; put on the wire by the protocol
 * that the request came by. Never wraps a defect of ours: those become {@code InternalFailure} with
 * the cause logged.
 */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final transient Map<String, String> details;

  /**
   * Creates a failure.
   *
   * @param code AWS's error code, for instance {@code NoSuchKey}
   * @param status the HTTP status
   * @param message AWS's message, to the letter
   */
  public AwsException(String code, int status, String message) {
    this(code, status, message, Map.of());
  }

  private AwsException(String code, int status, String message, Map<String, String> details) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /**
   * Returns this failure with one more detail: an element beside Code and Message in S3's XML, a
   * member beside the message in JSON.
   */
  public AwsException with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(name, value);
    AwsException copy = new AwsException(code, status, message(), more);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** Returns AWS's error code. */
  public String code() {
    return code;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns AWS's message. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Returns further details in the order they were added. */
  public Map<String, String> details() {
    return details;
  }
}
