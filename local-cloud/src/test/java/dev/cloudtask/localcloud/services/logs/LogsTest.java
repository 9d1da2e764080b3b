package dev.cloudtask.localcloud.services.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

class LogsTest {
  private static final String GROUP = "/aws/lambda/CreateTask";
  private static final String STREAM = "2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef";

  private final TestCloud cloud = TestCloud.start();
  private final CloudWatchLogsClient logs = cloud.client(CloudWatchLogsClient.builder());
  private final long now = Instant.now().toEpochMilli();

  @AfterEach
  void close() {
    cloud.close();
  }

  private static void fails(ThrowingCallable call, String code, String message) {
    CloudWatchLogsException failure = catchThrowableOfType(CloudWatchLogsException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    assertThat(failure.statusCode()).isEqualTo(400);
  }

  private void make(String group, String... streams) {
    logs.createLogGroup(r -> r.logGroupName(group));
    for (String stream : streams) {
      logs.createLogStream(r -> r.logGroupName(group).logStreamName(stream));
    }
  }

  private static InputLogEvent event(long at, String message) {
    return InputLogEvent.builder().timestamp(at).message(message).build();
  }

  private PutLogEventsResponse put(String stream, InputLogEvent... events) {
    return logs.putLogEvents(r -> r.logGroupName(GROUP).logStreamName(stream).logEvents(events));
  }

  private List<String> filter(String pattern) {
    return logs.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern(pattern)).events().stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  @Test
  @Fact({"LOG-001", "LOG-002"})
  void logGroup_isDescribedAsAwsDoes_andCannotBeMadeTwice() {
    make(GROUP);

    LogGroup group = logs.describeLogGroups(r -> r.logGroupNamePrefix(GROUP)).logGroups().get(0);
    String arn = "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP;
    assertThat(group.arn()).isEqualTo(arn + ":*");
    assertThat(group.logGroupArn()).isEqualTo(arn);
    assertThat(group.logGroupClass()).isEqualTo(LogGroupClass.STANDARD);
    assertThat(group.metricFilterCount()).isZero();
    assertThat(group.storedBytes()).isZero();
    assertThat(group.retentionInDays()).isNull();
    assertThat(group.creationTime()).isBetween(now - 60_000, now + 60_000);
    fails(
        () -> make(GROUP),
        "ResourceAlreadyExistsException",
        "The specified log group already exists");
    logs.deleteLogGroup(r -> r.logGroupName(GROUP));
    fails(
        () -> logs.deleteLogGroup(r -> r.logGroupName(GROUP)),
        "ResourceNotFoundException",
        "The specified log group does not exist.");
  }

  @Test
  @Fact("LOG-003")
  void logStream_hasItsArn_andCannotBeMadeTwice() {
    make(GROUP, STREAM);

    LogStream stream = logs.describeLogStreams(r -> r.logGroupName(GROUP)).logStreams().get(0);
    assertThat(stream.arn())
        .isEqualTo(
            "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP + ":log-stream:" + STREAM);
    assertThat(stream.lastEventTimestamp()).isNull();
    fails(
        () -> logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName(STREAM)),
        "ResourceAlreadyExistsException",
        "The specified log stream already exists");
  }

  @Test
  @Fact("LOG-005")
  void putLogEvents_outOfOrder_isRefused() {
    make(GROUP, STREAM);

    fails(
        () -> put(STREAM, event(now, "b"), event(now - 1, "a")),
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.");
  }

  @Test
  void putLogEvents_tellsWhatItWouldNotTake() {
    make(GROUP, STREAM);
    fails(
        () -> put("none", event(now, "a")),
        "ResourceNotFoundException",
        "The specified log stream does not exist.");
    fails(
        () -> put(STREAM, event(now - Duration.ofHours(25).toMillis(), "a"), event(now, "b")),
        "InvalidParameterException",
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    fails(
        () -> put(STREAM, event(now, "x".repeat(1_048_576))),
        "InvalidParameterException",
        "Upload too large: 1048602 bytes exceeds limit of 1048576");

    long old = now - Duration.ofDays(15).toMillis();
    assertThat(put(STREAM, event(old, "a")).rejectedLogEventsInfo().tooOldLogEventEndIndex())
        .isEqualTo(1);
    PutLogEventsResponse early =
        put(STREAM, event(now, "kept"), event(now + Duration.ofHours(3).toMillis(), "early"));
    assertThat(early.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(1);
    assertThat(filter("")).containsExactly("kept");
  }

  @Test
  void getLogEvents_pagesInBothDirections() {
    make(GROUP, STREAM, "other");
    List<InputLogEvent> events = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      events.add(event(now - 100 + i / 2, "line " + i));
    }
    put(STREAM, events.toArray(InputLogEvent[]::new));
    put("other", event(now - 95, "elsewhere"));

    GetLogEventsResponse newest =
        logs.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM).limit(10));
    assertThat(newest.events()).hasSize(10);
    assertThat(newest.events().get(9).message()).isEqualTo("line 24");
    GetLogEventsResponse older =
        logs.getLogEvents(
            r ->
                r.logGroupName(GROUP)
                    .logStreamName(STREAM)
                    .limit(10)
                    .nextToken(newest.nextBackwardToken()));
    assertThat(older.events().get(0).message()).isEqualTo("line 5");

    List<String> all = new ArrayList<>();
    String token = null;
    while (true) {
      String asked = token;
      GetLogEventsResponse page =
          logs.getLogEvents(
              r ->
                  r.logGroupName(GROUP)
                      .logStreamName(STREAM)
                      .limit(7)
                      .startFromHead(true)
                      .nextToken(asked));
      page.events().stream().map(OutputLogEvent::message).forEach(all::add);
      if (page.nextForwardToken().equals(asked)) {
        break;
      }
      token = page.nextForwardToken();
    }
    assertThat(all).hasSize(25).startsWith("line 0", "line 1").endsWith("line 24");
    String end = token;
    put(STREAM, event(now, "later"));
    assertThat(
            logs.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM).nextToken(end))
                .events())
        .extracting(OutputLogEvent::message)
        .containsExactly("later");
    fails(
        () ->
            logs.getLogEvents(
                r -> r.logGroupName(GROUP).logStreamName(STREAM).nextToken("garbage")),
        "InvalidParameterException",
        "The specified nextToken is invalid.");
    fails(
        () -> logs.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM).limit(10_001)),
        "InvalidParameterException",
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 10000");
  }

  @Test
  void getLogEvents_keepsToTheTimesAskedFor() {
    make(GROUP, STREAM);
    put(STREAM, event(now - 30, "a"), event(now - 20, "b"), event(now - 10, "c"));

    assertThat(
            logs.getLogEvents(
                    r ->
                        r.logGroupName(GROUP)
                            .logStreamName(STREAM)
                            .startTime(now - 20)
                            .endTime(now - 10))
                .events())
        .extracting(OutputLogEvent::message)
        .containsExactly("b");
  }

  @Test
  void filterLogEvents_searchesAllStreams_inTheOrderOfTime() {
    make(GROUP, "one", "two");
    put("one", event(now - 40, "ERROR a"), event(now - 20, "ok c"));
    put("two", event(now - 30, "ok b"), event(now - 10, "ERROR d {x}"));

    assertThat(filter("")).containsExactly("ERROR a", "ok b", "ok c", "ERROR d {x}");
    assertThat(filter("ERROR")).containsExactly("ERROR a", "ERROR d {x}");
    assertThat(filter("ERROR -\"{x}\"")).containsExactly("ERROR a");
    assertThat(
            logs.filterLogEvents(
                    r ->
                        r.logGroupName(GROUP)
                            .logStreamNames("two")
                            .startTime(now - 30)
                            .endTime(now - 20))
                .events())
        .extracting(FilteredLogEvent::message)
        .containsExactly("ok b");
    assertThat(logs.filterLogEventsPaginator(r -> r.logGroupName(GROUP).limit(1)).events())
        .extracting(FilteredLogEvent::logStreamName)
        .containsExactly("one", "two", "one", "two");
    assertThat(logs.filterLogEvents(r -> r.logGroupName(GROUP)).events())
        .extracting(FilteredLogEvent::eventId)
        .allSatisfy(id -> assertThat(id).matches("\\d{56}"))
        .isSorted();
    fails(() -> filter("a:b"), "InvalidParameterException", "Invalid character(s) in term ':'");
  }

  @Test
  void describeLogStreams_ordersByNameOrTime() {
    make(GROUP, "a", "b", "c");
    put("b", event(now - 10, "x"));
    put("a", event(now, "y"));

    assertThat(
            logs.describeLogStreams(
                    r -> r.logGroupName(GROUP).orderBy(OrderBy.LAST_EVENT_TIME).descending(true))
                .logStreams())
        .extracting(LogStream::logStreamName)
        .containsExactly("a", "b", "c");
    assertThat(logs.describeLogStreamsPaginator(r -> r.logGroupName(GROUP).limit(1)).logStreams())
        .extracting(LogStream::logStreamName)
        .containsExactly("a", "b", "c");
    assertThat(
            logs.describeLogStreams(
                    r ->
                        r.logGroupIdentifier(
                                "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP)
                            .logStreamNamePrefix("c"))
                .logStreams())
        .hasSize(1);
    fails(
        () ->
            logs.describeLogStreams(
                r ->
                    r.logGroupName(GROUP)
                        .logStreamNamePrefix("a")
                        .orderBy(OrderBy.LAST_EVENT_TIME)),
        "InvalidParameterException",
        "Cannot order by LastEventTime with a logStreamNamePrefix.");
  }

  @Test
  void retention_isSetAndLifted() {
    make(GROUP, STREAM);
    put(STREAM, event(now, "old"));
    logs.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(1));
    assertThat(filter("")).containsExactly("old");
    assertThat(logs.describeLogGroups().logGroups().get(0).retentionInDays()).isEqualTo(1);

    logs.deleteRetentionPolicy(r -> r.logGroupName(GROUP));
    assertThat(logs.describeLogGroups().logGroups().get(0).retentionInDays()).isNull();
  }

  @Test
  void putRetentionPolicy_takesOnlyCertainDays() {
    make(GROUP);

    CloudWatchLogsException failure =
        catchThrowableOfType(
            CloudWatchLogsException.class,
            () -> logs.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(2)));
    assertThat(failure.awsErrorDetails().errorMessage())
        .startsWith(
            "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [1, 3, 5, 7, 14,");
  }

  @Test
  void tags_areKept() {
    logs.createLogGroup(r -> r.logGroupName(GROUP).tags(Map.of("env", "test")));
    String arn = "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP;
    logs.tagResource(r -> r.resourceArn(arn).tags(Map.of("team", "a")));
    logs.untagResource(r -> r.resourceArn(arn).tagKeys("env"));

    assertThat(logs.listTagsForResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(Map.entry("team", "a"));
  }

  @Test
  void rightsAreChecked_andTheRefusalSaysAll() {
    make(GROUP, STREAM);
    IamClient iam = cloud.client(IamClient.builder());
    iam.createUser(r -> r.userName("ann"));
    AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
    CloudWatchLogsClient asAnn =
        cloud.client(
            CloudWatchLogsClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));

    fails(
        asAnn::describeLogGroups,
        "AccessDeniedException",
        "User: arn:aws:iam::000000000000:user/ann is not authorized to perform:"
            + " logs:DescribeLogGroups on resource:"
            + " arn:aws:logs:us-east-1:000000000000:log-group::log-stream: because no"
            + " identity-based policy allows the logs:DescribeLogGroups action");
    iam.putUserPolicy(
        r ->
            r.userName("ann")
                .policyName("read")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                      "Action":"logs:GetLogEvents",
                      "Resource":"arn:aws:logs:*:*:log-group:/aws/lambda/CreateTask:*"}]}"""));
    assertThat(asAnn.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM)).events())
        .isEmpty();
  }

  @Test
  void eventsOutliveARestart(@TempDir Path folder) {
    try (TestCloud first = TestCloud.startIn(folder)) {
      CloudWatchLogsClient client = first.client(CloudWatchLogsClient.builder());
      client.createLogGroup(r -> r.logGroupName(GROUP));
      client.createLogStream(r -> r.logGroupName(GROUP).logStreamName(STREAM));
      client.putLogEvents(
          r -> r.logGroupName(GROUP).logStreamName(STREAM).logEvents(event(now, "kept")));
    }
    try (TestCloud second = TestCloud.startIn(folder)) {
      assertThat(
              second
                  .client(CloudWatchLogsClient.builder())
                  .filterLogEvents(r -> r.logGroupName(GROUP))
                  .events())
          .extracting(FilteredLogEvent::message)
          .containsExactly("kept");
    }
  }

  @Test
  void whatIsNotThere_isRefusedByName() {
    CloudWatchLogsException failure =
        catchThrowableOfType(
            CloudWatchLogsException.class,
            () ->
                logs.startQuery(
                    r -> r.logGroupName(GROUP).startTime(0L).endTime(1L).queryString("fields @m")));
    assertThat(failure.getMessage()).contains("StartQuery of logs is not emulated");
    fails(
        () -> logs.createLogGroup(r -> r.logGroupName("a b")),
        "InvalidParameterException",
        "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
  }
}
