package dev.cloudtask.localcloud.services.logs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log group as stored.
 *
 * @param createdAt milliseconds since 1970
 * @param retentionDays after how many days events expire; null for never
 */
record Group(
    String name, long createdAt, @Nullable Integer retentionDays, Map<String, String> tags) {
  Group {
    tags = Map.copyOf(tags);
  }

  Group withRetention(@Nullable Integer days) {
    return new Group(name, createdAt, days, tags);
  }

  Group withTags(Map<String, String> changed) {
    return new Group(name, createdAt, retentionDays, changed);
  }
}
