package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.TestCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** A cloud with a CloudFormation client, and what tests of stacks do all the time. */
final class TestStacks implements AutoCloseable {
  private final TestCloud cloud;
  private final CloudFormationClient client;

  TestStacks(TestCloud cloud) {
    this.cloud = cloud;
    this.client = cloud.client(CloudFormationClient.builder());
  }

  static TestStacks start() {
    return new TestStacks(TestCloud.start());
  }

  TestCloud cloud() {
    return cloud;
  }

  CloudFormationClient client() {
    return client;
  }

  /** Creates a stack and waits until it rests. */
  Stack create(String name, String template) {
    client.createStack(
        request ->
            request
                .stackName(name)
                .templateBody(template)
                .capabilities(Capability.CAPABILITY_NAMED_IAM));
    return settled(name);
  }

  Stack update(String name, String template) {
    client.updateStack(
        request ->
            request
                .stackName(name)
                .templateBody(template)
                .capabilities(Capability.CAPABILITY_NAMED_IAM));
    return settled(name);
  }

  /** Deletes a stack and waits; returns it as its ARN still shows it. */
  Stack delete(String name) {
    String id = stack(name).stackId();
    client.deleteStack(request -> request.stackName(name));
    return settled(id);
  }

  Stack stack(String nameOrId) {
    return client.describeStacks(request -> request.stackName(nameOrId)).stacks().get(0);
  }

  /** Waits until nothing is in progress, ten seconds at most. */
  Stack settled(String nameOrId) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (true) {
      Stack stack = stack(nameOrId);
      if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
        return stack;
      }
      assertThat(Instant.now()).as("still " + stack.stackStatus()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  /** Returns events oldest first. */
  List<StackEvent> events(String nameOrId) {
    List<StackEvent> events =
        new java.util.ArrayList<>(
            client
                .describeStackEventsPaginator(request -> request.stackName(nameOrId))
                .stackEvents()
                .stream()
                .toList());
    Collections.reverse(events);
    return events;
  }

  /** Returns events oldest first as {@code LogicalId STATUS}. */
  List<String> log(String nameOrId) {
    return events(nameOrId).stream()
        .map(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
        .toList();
  }

  /** Returns the reasons of one resource's events. */
  List<String> reasons(String nameOrId, String logicalId) {
    return events(nameOrId).stream()
        .filter(event -> event.logicalResourceId().equals(logicalId))
        .map(StackEvent::resourceStatusReason)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
