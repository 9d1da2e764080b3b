package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.ports.Mailbox;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the mail that pools send, in AWS's words or the pool's own templates.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html">
 *     Configuring verification and invitation messages</a>
 */
final class Mailer {
  private static final String DEFAULT_SENDER = "no-reply@verificationemail.com";

  private final Mailbox mailbox;
  private final Ids ids;

  Mailer(Mailbox mailbox, Ids ids) {
    this.mailbox = mailbox;
    this.ids = ids;
  }

  /** Sends a code that proves an address or lets a password be set. */
  void sendCode(
      UserPool pool,
      String address,
      String username,
      String code,
      boolean forPassword,
      Instant now) {
    Optional<JsonObject> template = pool.structure("VerificationMessageTemplate");
    String subject =
        text(template, "EmailSubject")
            .or(() -> pool.text("EmailVerificationSubject"))
            .orElse("Your verification code");
    String body =
        text(template, "EmailMessage")
            .or(() -> pool.text("EmailVerificationMessage"))
            .orElse(
                forPassword
                    ? "Your password reset code is {####}"
                    : "Your confirmation code is {####}");
    send(pool, address, subject, filled(body, username, code), now);
  }

  /** Sends a new user the temporary password. */
  void sendInvitation(
      UserPool pool, String address, String username, String password, Instant now) {
    Optional<JsonObject> template =
        pool.structure("AdminCreateUserConfig")
            .map(configuration -> configuration.getAsJsonObject("InviteMessageTemplate"));
    send(
        pool,
        address,
        text(template, "EmailSubject").orElse("Your temporary password"),
        filled(
            text(template, "EmailMessage")
                .orElse("Your username is {username} and temporary password is {####}."),
            username,
            password),
        now);
  }

  private void send(UserPool pool, String address, String subject, String body, Instant now) {
    mailbox.deliver(
        new Mailbox.Mail(
            ids.uuid(),
            now,
            text(pool.structure("EmailConfiguration"), "From").orElse(DEFAULT_SENDER),
            address,
            subject,
            body));
  }

  private static String filled(String template, String username, String secret) {
    return template.replace("{username}", username).replace("{####}", secret);
  }

  private static Optional<String> text(Optional<JsonObject> structure, String name) {
    return structure.map(json -> json.get(name)).map(value -> value.getAsString());
  }
}
