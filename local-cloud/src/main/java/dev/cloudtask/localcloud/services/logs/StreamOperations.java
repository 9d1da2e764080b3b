package dev.cloudtask.localcloud.services.logs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The operations on log streams. */
final class StreamOperations {
  private final LogStore store;
  private final LogAccess access;

  StreamOperations(LogStore store, LogAccess access) {
    this.store = store;
    this.access = access;
  }

  void register(AwsJson.Builder<ServiceCall> table) {
    table
        .operation("CreateLogStream", this::create)
        .operation("DeleteLogStream", this::delete)
        .operation("DescribeLogStreams", this::describe);
  }

  private JsonObject create(JsonInput input, ServiceCall call) {
    String group = LogNames.group(input);
    String stream = LogNames.stream(input);
    access.check(call, "CreateLogStream", group, stream);
    store.createStream(group, stream);
    return new JsonObject();
  }

  private JsonObject delete(JsonInput input, ServiceCall call) {
    String group = LogNames.group(input);
    String stream = LogNames.stream(input);
    access.check(call, "DeleteLogStream", group, stream);
    store.deleteStream(group, stream);
    return new JsonObject();
  }

  private JsonObject describe(JsonInput input, ServiceCall call) {
    String group = LogNames.groupOrArn(input);
    access.check(call, "DescribeLogStreams", group, "");
    Optional<String> prefix = input.text("logStreamNamePrefix");
    String order = input.text("orderBy").orElse("LogStreamName");
    new Constraints("InvalidParameterException")
        .oneOf("orderBy", Optional.of(order), List.of("LogStreamName", "LastEventTime"))
        .check();
    boolean byTime = order.equals("LastEventTime");
    if (byTime && prefix.isPresent()) {
      throw LogErrors.orderWithPrefix();
    }
    int limit = LogNames.limit(input, 50, 50);
    store.group(group);
    List<Stream> all = new ArrayList<>(store.streamsOf(group, prefix.orElse("")));
    if (byTime) {
      all.sort(Comparator.comparing(StreamOperations::timeKey));
    }
    if (input.flag("descending").orElse(false)) {
      Collections.reverse(all);
    }
    int from = from(all, input, byTime);
    int to = Math.min(all.size(), from + limit);
    JsonArray streams = new JsonArray();
    all.subList(from, to).forEach(stream -> streams.add(json(stream)));
    JsonObject answer = new JsonObject();
    answer.add("logStreams", streams);
    if (to < all.size()) {
      answer.addProperty("nextToken", PageToken.of(key(all.get(to), byTime)));
    }
    return answer;
  }

  /** Finds where the page begins; the token names its first stream. */
  private static int from(List<Stream> all, JsonInput input, boolean byTime) {
    Optional<String> first = PageToken.position(input.text("nextToken"));
    if (first.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < all.size(); i++) {
      if (key(all.get(i), byTime).equals(first.get())) {
        return i;
      }
    }
    throw LogErrors.badToken();
  }

  private static String key(Stream stream, boolean byTime) {
    return byTime ? timeKey(stream) : stream.name();
  }

  private static String timeKey(Stream stream) {
    return "%019d%s".formatted(stream.orderTime(), stream.name());
  }

  private JsonObject json(Stream stream) {
    JsonObject json = new JsonObject();
    json.addProperty("logStreamName", stream.name());
    json.addProperty("creationTime", stream.createdAt());
    if (stream.lastEventAt() != null) {
      json.addProperty("firstEventTimestamp", stream.firstEventAt());
      json.addProperty("lastEventTimestamp", stream.lastEventAt());
      json.addProperty("lastIngestionTime", stream.lastIngestedAt());
      json.addProperty("uploadSequenceToken", store.newSequenceToken());
    }
    json.addProperty("arn", store.accessArn(stream.group(), stream.name()));
    // Always 0 on AWS since 2019: only groups have a size.
    json.addProperty("storedBytes", 0);
    return json;
  }
}
