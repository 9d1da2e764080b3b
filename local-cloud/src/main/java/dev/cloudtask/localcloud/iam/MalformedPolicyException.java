package dev.cloudtask.localcloud.iam;

/**
 * A policy document that AWS would not take; the message is AWS's. IAM answers it as {@code
 * MalformedPolicyDocument}, S3 as {@code MalformedPolicy}.
 */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean json;

  private MalformedPolicyException(String message, boolean json) {
    super(message);
    this.json = json;
  }

  static MalformedPolicyException notJson(String message) {
    return new MalformedPolicyException(message, false);
  }

  static MalformedPolicyException of(String message) {
    return new MalformedPolicyException(message, true);
  }

  /**
   * Tells whether the document is at least a JSON object: services word the other case themselves.
   */
  public boolean isJson() {
    return json;
  }

  /** Returns AWS's message. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
