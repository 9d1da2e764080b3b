package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sends codes and checks them: six digits, the newest counts, once.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html">Quotas in
 *     Amazon Cognito</a>, code security
 */
final class Codes {
  private final CognitoStore store;
  private final Mailer mailer;
  private final Ids ids;

  Codes(CognitoStore store, Mailer mailer, Ids ids) {
    this.store = store;
    this.mailer = mailer;
    this.ids = ids;
  }

  /**
   * Makes a code and mails it, inside a write.
   *
   * @param pending the address it goes to, if it is not the user's e-mail attribute yet
   * @return CodeDeliveryDetails
   */
  JsonObject send(
      UserPool pool, User user, Code.Purpose purpose, @Nullable String pending, Instant now) {
    String address = pending == null ? String.valueOf(user.attributes().get("email")) : pending;
    Code code = new Code(ids.digits(6), "email", pending, now.plus(purpose.life()));
    store.putCode(user, purpose, code);
    mailer.sendCode(
        pool, address, user.username(), code.code(), purpose == Code.Purpose.PASSWORD, now);
    return delivery(address);
  }

  /**
   * Counts an attempt against the hourly limit.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException LimitExceededException
   */
  void count(User user, String operation, int perHour, Instant now) {
    if (!store.countAttempt(user, operation, perHour, now)) {
      throw CognitoErrors.attemptsExceeded();
    }
  }

  /** Returns the code that a user has for this purpose if the given one is it. */
  Code check(User user, Code.Purpose purpose, String given, Instant now) {
    Code code = store.code(user, purpose).orElseThrow(CognitoErrors::codeExpired);
    if (!now.isBefore(code.expiresAt())) {
      throw CognitoErrors.codeExpired();
    }
    if (!MessageDigest.isEqual(
        code.code().getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw CognitoErrors.codeMismatch();
    }
    return code;
  }

  /** Returns where a code was sent, with all but the first letters hidden. */
  static JsonObject delivery(String address) {
    int at = address.indexOf('@');
    String masked =
        at < 1
            ? address.substring(0, Math.min(1, address.length())) + "***@a***"
            : address.charAt(0)
                + "***@"
                + address.substring(at + 1, Math.min(address.length(), at + 2))
                + "***";
    JsonObject details = new JsonObject();
    details.addProperty("Destination", masked);
    details.addProperty("DeliveryMedium", "EMAIL");
    details.addProperty("AttributeName", "email");
    return details;
  }
}
