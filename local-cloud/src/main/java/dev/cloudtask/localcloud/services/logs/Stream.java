package dev.cloudtask.localcloud.services.logs;

import org.jspecify.annotations.Nullable;

/**
 * A log stream as stored; times are milliseconds since 1970.
 *
 * @param firstEventAt the time of its oldest event, if it had any
 * @param lastEventAt the time of its newest event
 * @param lastIngestedAt when something was last written
 */
record Stream(
    String group,
    String name,
    long createdAt,
    @Nullable Long firstEventAt,
    @Nullable Long lastEventAt,
    @Nullable Long lastIngestedAt) {

  Stream written(long first, long last, long now) {
    Long oldest = firstEventAt;
    Long newest = lastEventAt;
    return new Stream(
        group,
        name,
        createdAt,
        oldest == null ? first : Math.min(oldest, first),
        newest == null ? last : Math.max(newest, last),
        now);
  }

  /** Returns the time that streams are ordered by: of the newest event, else of creation. */
  long orderTime() {
    Long newest = lastEventAt;
    return newest == null ? 0 : newest;
  }
}
