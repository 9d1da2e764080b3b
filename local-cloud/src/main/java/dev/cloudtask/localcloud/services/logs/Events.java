package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of all groups, each group's in the order of time. They are looked through page by
 * page, never all held at once.
 */
final class Events {
  /** The most events that a group keeps. */
  static final int MOST_EVENTS = 50_000;

  /** The most bytes of events, as AWS counts them, that a group keeps. */
  static final long MOST_BYTES = 32L * 1024 * 1024;

  /** What AWS counts for an event beside its message, in bytes. */
  static final int OVERHEAD = 26;

  private static final int CHUNK = 1_000;
  private static final char END = '\u0000';

  /** How much a group holds. */
  record Usage(long events, long bytes) {
    static final Usage NONE = new Usage(0, 0);

    Usage plus(long moreEvents, long moreBytes) {
      return new Usage(events + moreEvents, bytes + moreBytes);
    }
  }

  private final StateMap<String, Event> events;
  private final StateMap<String, Usage> usage;
  private final StateMap<String, Long> counter;

  Events(StateStore store) {
    events = store.map("logs.events", Codec.json(Event.class));
    usage = store.map("logs.usage", Codec.json(Usage.class));
    counter = store.map("logs.counter", Codec.json(Long.class));
  }

  private static String key(String group, String position) {
    return group + END + position;
  }

  static long size(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length + (long) OVERHEAD;
  }

  /** An event that is to be written. */
  record New(long at, String message) {}

  /** Adds events, inside a change of the store. */
  void add(String group, String stream, List<New> added, long now) {
    long sequence = counter.get("next").orElse(0L);
    long bytes = 0;
    for (New each : added) {
      Event event = new Event(stream, each.at(), now, sequence++, each.message());
      events.put(key(group, event.position()), event);
      bytes += size(each.message());
    }
    counter.put("next", sequence);
    usage.put(group, usage(group).plus(added.size(), bytes));
    Usage held = usage(group);
    if (held.events() > MOST_EVENTS || held.bytes() > MOST_BYTES) {
      removeOldest(group, held);
    }
  }

  Usage usage(String group) {
    return usage.get(group).orElse(Usage.NONE);
  }

  private void removeOldest(String group, Usage held) {
    Usage target = new Usage(MOST_EVENTS * 9L / 10, MOST_BYTES * 9 / 10);
    Usage left = held;
    for (Map.Entry<String, Event> each :
        events.ascending(key(group, ""), group + (char) (END + 1), MOST_EVENTS)) {
      if (left.events() <= target.events() && left.bytes() <= target.bytes()) {
        break;
      }
      events.remove(each.getKey());
      left = left.plus(-1, -size(each.getValue().message()));
    }
    usage.put(group, left);
  }

  /** Removes the events of a group that fit, inside a change of the store. */
  void remove(String group, long before, Predicate<Event> which) {
    String from = key(group, "");
    String to = before == Long.MAX_VALUE ? group + (char) (END + 1) : key(group, start(before));
    Usage left = usage(group);
    boolean more = true;
    while (more) {
      List<Map.Entry<String, Event>> page = events.ascending(from, to, CHUNK);
      for (Map.Entry<String, Event> each : page) {
        if (which.test(each.getValue())) {
          events.remove(each.getKey());
          left = left.plus(-1, -size(each.getValue().message()));
        }
      }
      more = page.size() == CHUNK;
      if (more) {
        from = page.get(page.size() - 1).getKey() + END;
      }
    }
    usage.put(group, left);
  }

  /** Forgets a group. */
  void drop(String group) {
    remove(group, Long.MAX_VALUE, event -> true);
    usage.remove(group);
  }

  /** Tells whether anything of a group is older than this time. */
  boolean hasBefore(String group, long before) {
    return !events.ascending(key(group, ""), key(group, start(before)), 1).isEmpty();
  }

  /** Returns the position before every event of that time. */
  static String start(long at) {
    return Event.position(Math.max(0, at), 0);
  }

  /** Takes events one by one, and says whether it wants another. */
  interface Taker {
    boolean take(Event event);
  }

  /**
   * Goes through a group's events from the oldest.
   *
   * @param from the first position, inclusive
   * @param to the end, exclusive; nothing for no end
   */
  void forward(String group, String from, Optional<String> to, Taker taker) {
    String next = key(group, from);
    String end = to.map(each -> key(group, each)).orElse(group + (char) (END + 1));
    while (true) {
      List<Map.Entry<String, Event>> page = events.ascending(next, end, CHUNK);
      for (Map.Entry<String, Event> each : page) {
        if (!taker.take(each.getValue())) {
          return;
        }
      }
      if (page.size() < CHUNK) {
        return;
      }
      next = page.get(page.size() - 1).getKey() + END;
    }
  }

  /**
   * Goes through a group's events from the newest.
   *
   * @param below the position before which to begin, exclusive; nothing for the newest
   * @param downTo the last position, inclusive
   */
  void backward(String group, Optional<String> below, String downTo, Taker taker) {
    String next = below.map(each -> key(group, each)).orElse(group + (char) (END + 1));
    while (true) {
      // The bounds of a descending look are inclusive above and exclusive below; ours are the
      // reverse.
      List<Map.Entry<String, Event>> page = events.descending(next, key(group, ""), CHUNK);
      for (Map.Entry<String, Event> each : page) {
        if (each.getKey().equals(next)) {
          continue;
        }
        if (each.getKey().compareTo(key(group, downTo)) < 0 || !taker.take(each.getValue())) {
          return;
        }
      }
      if (page.size() < CHUNK) {
        return;
      }
      next = page.get(page.size() - 1).getKey();
    }
  }
}
