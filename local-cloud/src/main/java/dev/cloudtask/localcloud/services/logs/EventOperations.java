package dev.cloudtask.localcloud.services.logs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.logs.pattern.FilterPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The operations on log events. */
final class EventOperations {
  private static final int MOST_EVENTS = 10_000;
  private static final long BATCH_BYTES = 1_048_576;
  private static final long PAGE_BYTES = 1_048_576;
  private static final long DAY = 86_400_000L;
  private static final long TOO_OLD = 14 * DAY;
  private static final long TOO_NEW = 2 * 3_600_000L;

  private final LogStore store;
  private final LogAccess access;

  EventOperations(LogStore store, LogAccess access) {
    this.store = store;
    this.access = access;
  }

  void register(AwsJson.Builder<ServiceCall> table) {
    table
        .operation("PutLogEvents", this::put)
        .operation("GetLogEvents", this::get)
        .operation("FilterLogEvents", this::filter);
  }

  private JsonObject put(JsonInput input, ServiceCall call) {
    String group = LogNames.group(input);
    String stream = LogNames.stream(input);
    List<Events.New> events = read(input);
    access.check(call, "PutLogEvents", group, stream);
    store.stream(group, stream);
    checkBatch(events);
    long now = store.now();
    long expired = store.oldest(store.group(group));
    List<Events.New> taken = new ArrayList<>();
    int tooOld = 0;
    int old = 0;
    int tooNew = -1;
    for (int i = 0; i < events.size(); i++) {
      long at = events.get(i).at();
      if (at < now - TOO_OLD) {
        tooOld = i + 1;
      } else if (at < expired) {
        old = i + 1;
      } else if (at > now + TOO_NEW) {
        tooNew = tooNew < 0 ? i : tooNew;
      } else {
        taken.add(events.get(i));
      }
    }
    store.write(group, stream, taken);
    JsonObject answer = new JsonObject();
    answer.addProperty("nextSequenceToken", store.newSequenceToken());
    JsonObject rejected = new JsonObject();
    if (tooNew >= 0) {
      rejected.addProperty("tooNewLogEventStartIndex", tooNew);
    }
    if (tooOld > 0) {
      rejected.addProperty("tooOldLogEventEndIndex", tooOld);
    }
    if (old > 0) {
      rejected.addProperty("expiredLogEventEndIndex", old);
    }
    if (rejected.size() > 0) {
      answer.add("rejectedLogEventsInfo", rejected);
    }
    return answer;
  }

  private static List<Events.New> read(JsonInput input) {
    Optional<List<JsonInput>> given = input.structures("logEvents");
    Constraints constraints =
        new Constraints("InvalidParameterException").required("logEvents", given);
    constraints.check();
    List<JsonInput> list = given.orElseThrow();
    if (list.isEmpty() || list.size() > MOST_EVENTS) {
      constraints.violation(
          "[" + (list.isEmpty() ? "" : list.size() + " events") + "]",
          "logEvents",
          list.isEmpty()
              ? "Member must have length greater than or equal to 1"
              : "Member must have length less than or equal to " + MOST_EVENTS);
    }
    constraints.check();
    List<Events.New> events = new ArrayList<>();
    for (JsonInput each : list) {
      String member = "logEvents." + (events.size() + 1) + ".member.";
      Optional<Long> at = each.number("timestamp");
      Optional<String> message = each.text("message");
      constraints
          .required(member + "timestamp", at)
          .range(member + "timestamp", at, 0, Long.MAX_VALUE)
          .required(member + "message", message)
          .length(member + "message", message, 1, Integer.MAX_VALUE)
          .check();
      events.add(new Events.New(at.orElseThrow(), message.orElseThrow()));
    }
    return events;
  }

  private static void checkBatch(List<Events.New> events) {
    long bytes = 0;
    long before = 0;
    for (Events.New each : events) {
      if (each.at() < before) {
        throw LogErrors.disorder();
      }
      before = each.at();
      bytes += Events.size(each.message());
    }
    if (bytes > BATCH_BYTES) {
      throw LogErrors.tooLarge(bytes, BATCH_BYTES);
    }
    if (events.get(events.size() - 1).at() - events.get(0).at() > DAY) {
      throw LogErrors.longerThanADay();
    }
  }

  private JsonObject get(JsonInput input, ServiceCall call) {
    String group = LogNames.groupOrArn(input);
    String stream = LogNames.stream(input);
    access.check(call, "GetLogEvents", group, stream);
    input.refuse("logs", "GetLogEvents", "Nothing here is masked.", "unmask");
    int limit = LogNames.limit(input, MOST_EVENTS, MOST_EVENTS);
    store.stream(group, stream);
    long oldest = store.oldest(store.group(group));
    String first = Events.start(Math.max(oldest, input.number("startTime").orElse(0L)));
    Optional<String> end = input.number("endTime").map(Events::start);
    ReadToken token = ReadToken.of(input);
    boolean forward =
        token.isGiven() ? token.isForward() : input.flag("startFromHead").orElse(false);
    Page page = new Page(limit);
    Events.Taker taker = event -> !event.stream().equals(stream) || page.take(event);
    if (forward) {
      store
          .events()
          .forward(group, token.isGiven() ? later(first, token.after()) : first, end, taker);
    } else {
      Optional<String> below = token.isGiven() ? Optional.of(earlier(token.position(), end)) : end;
      store.events().backward(group, below, first, taker);
      Collections.reverse(page.events);
    }
    JsonArray events = new JsonArray();
    for (Event event : page.events) {
      JsonObject json = new JsonObject();
      json.addProperty("timestamp", event.at());
      json.addProperty("message", event.message());
      json.addProperty("ingestionTime", event.ingestedAt());
      events.add(json);
    }
    JsonObject answer = new JsonObject();
    answer.add("events", events);
    answer.addProperty("nextForwardToken", token.next(page.events, true));
    answer.addProperty("nextBackwardToken", token.next(page.events, false));
    return answer;
  }

  private static String later(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static String earlier(String one, Optional<String> other) {
    return other.filter(each -> each.compareTo(one) < 0).orElse(one);
  }

  private JsonObject filter(JsonInput input, ServiceCall call) {
    String group = LogNames.groupOrArn(input);
    access.check(call, "FilterLogEvents", group, "");
    input.refuse("logs", "FilterLogEvents", "Nothing here is masked.", "unmask");
    int limit = LogNames.limit(input, MOST_EVENTS, MOST_EVENTS);
    List<String> names = input.texts("logStreamNames").orElse(List.of());
    Optional<String> prefix = input.text("logStreamNamePrefix");
    if (!names.isEmpty() && prefix.isPresent()) {
      throw LogErrors.namesAndPrefix();
    }
    FilterPattern pattern = pattern(input.text("filterPattern").orElse(""));
    Optional<String> after = position(input);
    Group stored = store.group(group);
    names.forEach(name -> store.stream(group, name));
    long start = Math.max(store.oldest(stored), input.number("startTime").orElse(0L));
    String from = after.map(each -> later(Events.start(start), each)).orElse(Events.start(start));
    Optional<String> end = input.number("endTime").map(each -> Events.start(each + 1));
    Page page = new Page(limit);
    store
        .events()
        .forward(
            group,
            from,
            end,
            event ->
                !isWanted(event, names, prefix)
                    || !pattern.matches(event.message())
                    || page.take(event));
    JsonArray events = new JsonArray();
    page.events.forEach(event -> events.add(json(event)));
    JsonObject answer = new JsonObject();
    answer.add("events", events);
    // Deprecated on AWS, where it has been empty since 2019.
    answer.add("searchedLogStreams", new JsonArray());
    page.next.ifPresent(next -> answer.addProperty("nextToken", PageToken.of(next.position())));
    return answer;
  }

  private static boolean isWanted(Event event, List<String> names, Optional<String> prefix) {
    return (names.isEmpty() || names.contains(event.stream()))
        && prefix.map(each -> event.stream().startsWith(each)).orElse(true);
  }

  private static Optional<String> position(JsonInput input) {
    Optional<String> position = PageToken.position(input.text("nextToken"));
    if (position.filter(each -> !each.matches("\\d{38}")).isPresent()) {
      throw LogErrors.badToken();
    }
    return position;
  }

  private static FilterPattern pattern(String text) {
    try {
      return FilterPattern.parse(text);
    } catch (FilterPattern.InvalidException e) {
      throw LogErrors.invalid(e.message());
    }
  }

  private static JsonObject json(Event event) {
    JsonObject json = new JsonObject();
    json.addProperty("logStreamName", event.stream());
    json.addProperty("timestamp", event.at());
    json.addProperty("message", event.message());
    json.addProperty("ingestionTime", event.ingestedAt());
    json.addProperty("eventId", event.id());
    return json;
  }

  /** Collects events until there are enough of them, or 1 MB. */
  private static final class Page {
    private final int limit;
    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private Optional<Event> next = Optional.empty();

    Page(int limit) {
      this.limit = limit;
    }

    boolean take(Event event) {
      long size = Events.size(event.message());
      if (events.size() == limit || (!events.isEmpty() && bytes + size > PAGE_BYTES)) {
        next = Optional.of(event);
        return false;
      }
      events.add(event);
      bytes += size;
      return true;
    }
  }
}
