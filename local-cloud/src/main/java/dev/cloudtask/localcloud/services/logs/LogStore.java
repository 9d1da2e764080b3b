package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups and streams, and what becomes of their events. */
final class LogStore {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final char END = '\u0000';

  private final CloudEnvironment environment;
  private final StateMap<String, Group> groups;
  private final StateMap<String, Stream> streams;
  private final Events events;

  LogStore(CloudEnvironment environment) {
    this.environment = environment;
    groups = environment.store().map("logs.groups", Codec.json(Group.class));
    streams = environment.store().map("logs.streams", Codec.json(Stream.class));
    events = new Events(environment.store());
  }

  Events events() {
    return events;
  }

  long now() {
    return environment.clock().millis();
  }

  String groupArn(String group) {
    return environment.arn("logs", "log-group:" + group);
  }

  /**
   * Returns the ARN that IAM judges by: log streams are part of it, of which some actions name
   * none.
   */
  String accessArn(String group, String stream) {
    return groupArn(group) + ":log-stream:" + stream;
  }

  String newSequenceToken() {
    return environment.ids().digits(56);
  }

  Optional<Group> findGroup(String name) {
    return groups.get(name);
  }

  Group group(String name) {
    return findGroup(name).orElseThrow(LogErrors::noGroup);
  }

  Optional<Stream> findStream(String group, String name) {
    return streams.get(group + END + name);
  }

  Stream stream(String group, String name) {
    group(group);
    return findStream(group, name).orElseThrow(LogErrors::noStream);
  }

  List<Group> groupsFrom(String prefix) {
    return groups.ascending(prefix, prefix + Character.MAX_VALUE, Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  List<Stream> streamsOf(String group, String prefix) {
    String from = group + END + prefix;
    return streams.ascending(from, from + Character.MAX_VALUE, Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  void createGroup(String name, Map<String, String> tags) {
    environment
        .store()
        .write(
            () -> {
              if (findGroup(name).isPresent()) {
                throw LogErrors.groupExists();
              }
              groups.put(name, new Group(name, now(), null, tags));
            });
  }

  void change(Group changed) {
    environment.store().write(() -> groups.put(changed.name(), changed));
  }

  void deleteGroup(String name) {
    environment
        .store()
        .write(
            () -> {
              group(name);
              for (Stream stream : streamsOf(name, "")) {
                streams.remove(name + END + stream.name());
              }
              events.drop(name);
              groups.remove(name);
            });
  }

  void createStream(String group, String name) {
    environment
        .store()
        .write(
            () -> {
              group(group);
              if (findStream(group, name).isPresent()) {
                throw LogErrors.streamExists();
              }
              streams.put(group + END + name, new Stream(group, name, now(), null, null, null));
            });
  }

  void deleteStream(String group, String name) {
    environment
        .store()
        .write(
            () -> {
              stream(group, name);
              events.remove(group, Long.MAX_VALUE, event -> event.stream().equals(name));
              streams.remove(group + END + name);
            });
  }

  /** Adds events, which are in the order of time, to a stream that exists. */
  void write(String group, String name, List<Events.New> added) {
    if (added.isEmpty()) {
      return;
    }
    environment
        .store()
        .write(
            () -> {
              Stream stream = stream(group, name);
              long oldest = oldest(group(group));
              if (events.hasBefore(group, oldest)) {
                events.remove(group, oldest, event -> true);
              }
              events.add(group, name, added, now());
              streams.put(
                  group + END + name,
                  stream.written(added.get(0).at(), added.get(added.size() - 1).at(), now()));
            });
  }

  /** Returns the time before which a group's events have expired, in milliseconds since 1970. */
  long oldest(Group group) {
    Integer days = group.retentionDays();
    return days == null ? 0 : now() - days * DAY_MILLIS;
  }
}
