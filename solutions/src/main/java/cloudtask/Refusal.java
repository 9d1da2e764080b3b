package cloudtask;

/**
 * A call that cannot be answered as it stands, through no fault of ours. {@link ApiAnswer} turns it
 * into its status with the message for the caller. Any other exception is a fault: it leaves the
 * function, Lambda logs it, and API Gateway answers 502 without a word of it.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    // No stack trace: it would say where we noticed, and nobody reads it.
    super(message, null, false, false);
    this.status = status;
  }

  /** 400: what the caller sent is wrong; the message says what. */
  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  /** 401: nobody is signed in. */
  static Refusal unauthorized() {
    return new Refusal(401, "nobody is signed in: the request carries no user's claims");
  }

  /** 404: this user has no such task. Whether somebody else has is none of their business. */
  static Refusal taskNotFound() {
    return new Refusal(404, "task not found");
  }

  /** The HTTP status to answer with. */
  int status() {
    return status;
  }

  /** What the caller is told. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
