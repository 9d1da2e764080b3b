package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Comparator;
import java.util.List;

/**
 * Takes the log lines of services. Group and stream are made where the writer's policies allow it;
 * where they do not, nothing is written and nobody hears of it, as on AWS.
 */
final class LogLines implements LogSink {
  private final LogStore store;
  private final Authorizer authorizer;

  LogLines(LogStore store, Authorizer authorizer) {
    this.store = store;
    this.authorizer = authorizer;
  }

  @Override
  public boolean write(Caller writer, String logGroup, String logStream, List<LogEvent> events) {
    boolean groupIsThere = store.findGroup(logGroup).isPresent();
    if (!groupIsThere && !may(writer, "CreateLogGroup", logGroup, "")) {
      return false;
    }
    boolean streamIsThere = groupIsThere && store.findStream(logGroup, logStream).isPresent();
    if (!streamIsThere && !may(writer, "CreateLogStream", logGroup, logStream)) {
      // AWS has made the group by now, if it was not there.
      makeGroup(logGroup, groupIsThere);
      return false;
    }
    makeGroup(logGroup, groupIsThere);
    makeStream(logGroup, logStream, streamIsThere);
    if (!may(writer, "PutLogEvents", logGroup, logStream)) {
      return false;
    }
    List<Events.New> added =
        events.stream()
            .filter(event -> !event.message().isEmpty())
            .map(event -> new Events.New(event.at().toEpochMilli(), event.message()))
            .sorted(Comparator.comparingLong(Events.New::at))
            .toList();
    try {
      store.write(logGroup, logStream, added);
      return true;
    } catch (AwsException e) {
      return false; // somebody has deleted group or stream just now
    }
  }

  private void makeGroup(String group, boolean isThere) {
    if (!isThere) {
      try {
        store.createGroup(group, java.util.Map.of());
      } catch (AwsException e) {
        // another writer was faster: that is as good
      }
    }
  }

  private void makeStream(String group, String stream, boolean isThere) {
    if (!isThere) {
      try {
        store.createStream(group, stream);
      } catch (AwsException e) {
        // another writer was faster: that is as good
      }
    }
  }

  private boolean may(Caller writer, String action, String group, String stream) {
    try (Span span = Span.detached("logs", action)) {
      return authorizer
          .decide(AccessRequest.of(writer, "logs:" + action, store.accessArn(group, stream)), span)
          .allowed();
    }
  }
}
