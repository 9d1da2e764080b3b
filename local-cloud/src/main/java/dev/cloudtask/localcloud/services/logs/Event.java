package dev.cloudtask.localcloud.services.logs;

/**
 * A log event as stored; times are milliseconds since 1970.
 *
 * @param sequence its place among all events ever written here
 */
record Event(String stream, long at, long ingestedAt, long sequence, String message) {
  /** Returns the event's id: 56 digits that grow with its time. */
  String id() {
    return "3%019d%036d".formatted(at, sequence);
  }

  /** Returns its place in the order of a group's events. */
  String position() {
    return position(at, sequence);
  }

  static String position(long at, long sequence) {
    return "%019d%019d".formatted(at, sequence);
  }
}
