package dev.cloudtask.localcloud.crowd;

import dev.cloudtask.localcloud.death.ChildCloud;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** Lines that all write into one stream, and stacks that are made and deleted side by side. */
final class Records implements Activity {
  private static final String TEMPLATE =
      """
      Resources:
        Group: { Type: AWS::Logs::LogGroup }
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [ { AttributeName: id, AttributeType: S } ]
            KeySchema: [ { AttributeName: id, KeyType: HASH } ]
      """;

  private final CloudWatchLogsClient logs;
  private final CloudFormationClient stacks;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Semaphore deployers = new Semaphore(8);

  Records(ChildCloud cloud) {
    logs = cloud.client(CloudWatchLogsClient.builder());
    stacks = cloud.client(CloudFormationClient.builder());
    logs.createLogGroup(g -> g.logGroupName("crowd"));
    logs.createLogStream(s -> s.logGroupName("crowd").logStreamName("all"));
  }

  @Override
  public int share() {
    return 8;
  }

  @Override
  public void turn(int who, Random random) {
    int number = numbers.getAndIncrement();
    if (random.nextInt(4) == 0 && deployers.tryAcquire()) {
      try {
        deploy("crowd-" + number);
      } finally {
        deployers.release();
      }
      return;
    }
    String line = "line " + number;
    logs.putLogEvents(
        p ->
            p.logGroupName("crowd")
                .logStreamName("all")
                .logEvents(
                    InputLogEvent.builder()
                        .timestamp(System.currentTimeMillis())
                        .message(line)
                        .build()));
    lines.add(line);
  }

  private void deploy(String name) {
    stacks.createStack(s -> s.stackName(name).templateBody(TEMPLATE));
    settle(name, StackStatus.CREATE_COMPLETE);
    String id = stacks.describeStacks(d -> d.stackName(name)).stacks().get(0).stackId();
    stacks.deleteStack(d -> d.stackName(name));
    settle(id, StackStatus.DELETE_COMPLETE);
  }

  private void settle(String name, StackStatus expected) {
    while (true) {
      StackStatus status =
          stacks.describeStacks(d -> d.stackName(name)).stacks().get(0).stackStatus();
      if (status == expected) {
        return;
      }
      if (!status.toString().endsWith("_IN_PROGRESS")) {
        throw new IllegalStateException(name + " is " + status);
      }
    }
  }

  @Override
  public List<String> verify() {
    List<String> wrong = new ArrayList<>();
    List<String> there =
        logs.filterLogEventsPaginator(f -> f.logGroupName("crowd")).events().stream()
            .map(FilteredLogEvent::message)
            .sorted()
            .toList();
    List<String> due = new ArrayList<>(lines);
    Collections.sort(due);
    if (!there.equals(due)) {
      wrong.add(due.size() + " lines were written, " + there.size() + " are there");
    }
    List<String> left =
        logs.describeLogGroupsPaginator(d -> d.logGroupNamePrefix("crowd-")).logGroups().stream()
            .map(LogGroup::logGroupName)
            .toList();
    if (!left.isEmpty()) {
      wrong.add("stacks have left " + left);
    }
    return wrong;
  }
}
