package dev.cloudtask.localcloud.inbox;

import dev.cloudtask.localcloud.ports.Mailbox;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.List;
import java.util.Map;

/** Keeps the newest mails, at most {@link #CAPACITY}, in the order they came. */
public final class Inbox implements Mailbox {
  /** How many mails are kept. */
  public static final int CAPACITY = 1_000;

  private final StateStore store;
  private final StateMap<String, Mail> mails;

  /** Opens the inbox of a cloud's state. */
  public Inbox(StateStore store) {
    this.store = store;
    this.mails = store.map("inbox.mails", Codec.json(Mail.class));
  }

  @Override
  public void deliver(Mail mail) {
    store.write(
        () -> {
          long last =
              mails.descending(null, null, 1).stream()
                  .map(Map.Entry::getKey)
                  .mapToLong(Long::parseLong)
                  .findFirst()
                  .orElse(0);
          mails.put(String.format("%012d", last + 1), mail);
          if (mails.size() > CAPACITY) {
            mails.remove(mails.ascending(null, null, 1).get(0).getKey());
          }
        });
  }

  /** Returns all mails, oldest first. */
  public List<Mail> all() {
    return mails.values();
  }

  /** Returns the mails to an address (in any letter case), oldest first. */
  public List<Mail> to(String address) {
    return all().stream().filter(mail -> mail.destination().equalsIgnoreCase(address)).toList();
  }

  /** Forgets all mails. */
  public void empty() {
    store.write(mails::clear);
  }
}
