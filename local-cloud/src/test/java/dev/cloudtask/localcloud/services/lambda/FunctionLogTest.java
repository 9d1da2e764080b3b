package dev.cloudtask.localcloud.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** What functions leave in CloudWatch Logs. */
class FunctionLogTest {
  private final FunctionBench bench = new FunctionBench();
  private final CloudWatchLogsClient logs = bench.cloud().client(CloudWatchLogsClient.builder());

  @AfterEach
  void close() {
    bench.close();
  }

  private void allowLogging() {
    bench
        .cloud()
        .client(IamClient.builder())
        .attachRolePolicy(
            r ->
                r.roleName("function-role")
                    .policyArn("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
  }

  private List<FilteredLogEvent> awaitLog(String group, Predicate<List<FilteredLogEvent>> wanted) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (true) {
      try {
        List<FilteredLogEvent> events = logs.filterLogEvents(r -> r.logGroupName(group)).events();
        if (wanted.test(events) || Instant.now().isAfter(deadline)) {
          return events;
        }
      } catch (ResourceNotFoundException e) {
        assertThat(Instant.now()).isBefore(deadline);
      }
    }
  }

  private static long count(List<FilteredLogEvent> events, String start) {
    return events.stream().filter(event -> event.message().startsWith(start)).count();
  }

  @Test
  @Fact({"LAM-016", "LAM-022"})
  void invoke_roleMayLog_writesOneEventForEachLineOrMessage() {
    allowLogging();
    bench.create("scenes", Scenes.class);
    bench.play("scenes", "print");
    List<FilteredLogEvent> events =
        awaitLog("/aws/lambda/scenes", found -> count(found, "REPORT ") == 1);
    assertThat(events)
        .extracting(FilteredLogEvent::message)
        .anyMatch(message -> message.matches("START RequestId: \\S+ Version: \\$LATEST\n"))
        .anyMatch(message -> message.strip().equals("out ä"))
        .anyMatch(message -> message.strip().equals("one\ntwo"));
    assertThat(events)
        .allMatch(
            event ->
                event.logStreamName().matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}"));
  }

  @Test
  @Fact("LAM-023")
  void invoke_roleMayNotLog_runsAllTheSame() {
    bench.create("scenes", Scenes.class);
    assertThat(bench.play("scenes", "count").payload().asUtf8String()).isEqualTo("1");
    allowLogging();
    bench.create("other", Scenes.class);
    bench.play("other", "count");
    awaitLog("/aws/lambda/other", found -> count(found, "REPORT ") == 1);
    assertThat(logs.describeLogGroups().logGroups())
        .noneMatch(group -> group.logGroupName().equals("/aws/lambda/scenes"));
  }

  @Test
  @Fact("LAM-020")
  void event_functionFails_isTriedAgainUnderTheSameRequestId() {
    allowLogging();
    bench.create("scenes", Scenes.class);
    String id =
        bench
            .lambda()
            .invoke(
                r ->
                    r.functionName("scenes")
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String("{\"scene\":\"message\"}")))
            .responseMetadata()
            .requestId();
    awaitLog("/aws/lambda/scenes", found -> count(found, "REPORT RequestId: " + id) == 1);
    bench.cloud().advance(Duration.ofSeconds(61));
    awaitLog("/aws/lambda/scenes", found -> count(found, "REPORT RequestId: " + id) == 2);
    bench.cloud().advance(Duration.ofSeconds(121));
    List<FilteredLogEvent> events =
        awaitLog("/aws/lambda/scenes", found -> count(found, "REPORT RequestId: " + id) == 3);
    assertThat(count(events, "START RequestId: " + id)).isEqualTo(3);
    assertThat(count(events, "END RequestId: " + id)).isEqualTo(3);
  }
}
