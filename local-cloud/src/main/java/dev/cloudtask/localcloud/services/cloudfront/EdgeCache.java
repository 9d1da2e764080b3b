package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpResponse;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the edge keeps: bounded, the longest unused goes first. */
final class EdgeCache {
  /** The most bytes of bodies that are kept. */
  static final long MAX_BYTES = 64L << 20;

  private static final int MAX_ENTRY_BYTES = 16 << 20;

  /**
   * A kept answer.
   *
   * @param path the path and query it was asked by, for invalidations
   * @param response the origin's answer
   * @param storedAt when the origin gave or confirmed it
   * @param freshUntil until when it is served without asking
   */
  record Entry(
      String distributionId,
      String path,
      HttpResponse response,
      Instant storedAt,
      Instant freshUntil) {
    int size() {
      return response.bytes().length + 1024;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  synchronized Optional<Entry> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(String key, Entry entry) {
    remove(key);
    if (entry.size() > MAX_ENTRY_BYTES) {
      return;
    }
    entries.put(key, entry);
    bytes += entry.size();
    Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
    while (bytes > MAX_BYTES && oldest.hasNext()) {
      bytes -= oldest.next().getValue().size();
      oldest.remove();
    }
  }

  synchronized void remove(String key) {
    Entry old = entries.remove(key);
    if (old != null) {
      bytes -= old.size();
    }
  }

  /** Drops what an invalidation names. */
  synchronized void removeIf(Predicate<Entry> condition) {
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (condition.test(entry)) {
        bytes -= entry.size();
        all.remove();
      }
    }
  }
}
