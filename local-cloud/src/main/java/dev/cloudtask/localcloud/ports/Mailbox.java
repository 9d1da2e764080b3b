package dev.cloudtask.localcloud.ports;

import java.time.Instant;

/** Takes the mail that services send; it goes to the inbox, never out. */
@FunctionalInterface
public interface Mailbox {
  /** One e-mail. */
  record Mail(
      String id, Instant at, String source, String destination, String subject, String body) {}

  /** Delivers a mail. */
  void deliver(Mail mail);
}
