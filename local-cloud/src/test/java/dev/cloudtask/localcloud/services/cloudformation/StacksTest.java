package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.Fact;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class StacksTest {
  private static final String TABLE =
      """
      Resources:
        Tasks:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions:
              - AttributeName: userId
                AttributeType: S
            KeySchema:
              - AttributeName: userId
                KeyType: HASH
      Outputs:
        TableName:
          Value: !Ref Tasks
        TableArn:
          Value: !GetAtt Tasks.Arn
      """;

  private TestStacks stacks;

  @BeforeEach
  void start() {
    stacks = TestStacks.start();
  }

  @AfterEach
  void stop() {
    stacks.close();
  }

  @Test
  @Fact({"CFN-025", "CFN-049"})
  void createStack_succeeds_eventsComeInAwsOrder() {
    Stack stack = stacks.create("tasks", TABLE);

    assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(stack.stackId())
        .matches(
            "arn:aws:cloudformation:us-east-1:000000000000:stack/tasks/[0-9a-f]{8}-[0-9a-f-]{27}");
    assertThat(stack.disableRollback()).isFalse();
    assertThat(stack.enableTerminationProtection()).isFalse();
    assertThat(stack.driftInformation().stackDriftStatusAsString()).isEqualTo("NOT_CHECKED");
    assertThat(stack.notificationARNs()).isEmpty();
    assertThat(stack.hasNotificationARNs()).isTrue();
    assertThat(stack.rollbackConfiguration()).isNotNull();
    assertThat(stack.tags()).isEmpty();
    assertThat(stack.hasTags()).isTrue();
    assertThat(stacks.log("tasks"))
        .containsExactly(
            "tasks CREATE_IN_PROGRESS",
            "Tasks CREATE_IN_PROGRESS",
            "Tasks CREATE_IN_PROGRESS",
            "Tasks CREATE_COMPLETE",
            "tasks CREATE_COMPLETE");
    List<StackEvent> events = stacks.events("tasks");
    assertThat(events.get(0).resourceStatusReason()).isEqualTo("User Initiated");
    assertThat(events.get(1).physicalResourceId()).isEmpty();
    assertThat(events.get(1).resourceStatusReason()).isNull();
    assertThat(events.get(2).resourceStatusReason()).isEqualTo("Resource creation Initiated");
    assertThat(events.get(2).physicalResourceId()).startsWith("tasks-Tasks-");
    assertThat(events).extracting(StackEvent::eventId).doesNotHaveDuplicates();
  }

  @Test
  @Fact("CFN-043")
  void createStack_table_refIsTheNameAndGetAttTheArn() {
    Stack stack = stacks.create("tasks", TABLE);

    String name = stack.outputs().get(0).outputValue();
    assertThat(stack.outputs().get(1).outputValue())
        .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/" + name);
    DynamoDbClient dynamo = stacks.cloud().client(DynamoDbClient.builder());
    assertThat(dynamo.describeTable(request -> request.tableName(name)).table().tableName())
        .isEqualTo(name);
  }

  @Test
  @Fact("CFN-045")
  void createStack_unnamedRole_isNamedInMixedCase() {
    stacks.create(
        "MyStack",
        """
        Resources:
          CreateTaskRole:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
        """);

    assertThat(detail("MyStack", "CreateTaskRole").physicalResourceId())
        .matches("MyStack-CreateTaskRole-[A-Za-z0-9]{12}");
  }

  private StackResourceDetail detail(String stack, String logicalId) {
    return stacks
        .client()
        .describeStackResource(request -> request.stackName(stack).logicalResourceId(logicalId))
        .stackResourceDetail();
  }

  @Test
  @Fact("CFN-017")
  void createStack_existingName_isRefused() {
    stacks.create("tasks", TABLE);

    assertThatThrownBy(() -> stacks.create("tasks", TABLE))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Stack [tasks] already exists");
  }

  @Test
  @Fact("CFN-024")
  void createStack_badName_isRefused() {
    assertThatThrownBy(() -> stacks.create("*@da591fa3_$", TABLE))
        .hasMessageContaining(
            "1 validation error detected: Value '*@da591fa3_$' at 'stackName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern:"
                + " [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*");
  }

  @Test
  @Fact({"CFN-020", "CFN-022"})
  void deleteStack_gone_isFoundByItsArnOnly() {
    stacks.create("tasks", TABLE);

    Stack gone = stacks.delete("tasks");

    assertThat(gone.stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(gone.deletionTime()).isNotNull();
    assertThatThrownBy(() -> stacks.stack("tasks"))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining("Stack with id tasks does not exist");
    stacks.client().deleteStack(request -> request.stackName("tasks"));
    DynamoDbClient dynamo = stacks.cloud().client(DynamoDbClient.builder());
    assertThat(dynamo.listTables().tableNames()).isEmpty();
  }

  @Test
  @Fact("CFN-023")
  void describeStackResource_unknown_isRefused() {
    stacks.create("tasks", TABLE);

    assertThatThrownBy(() -> detail("tasks", "Nothing"))
        .hasMessageContaining("Resource Nothing does not exist for stack tasks");
  }

  private static final String THREE_TABLES =
      """
      Resources:
        First:
          Type: AWS::DynamoDB::Table
          Properties: &P
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
        Second:
          Type: AWS::DynamoDB::Table
          DependsOn: First
          Properties:
            TableName: second
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
        Third:
          Type: AWS::DynamoDB::Table
          DependsOn: First
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
      """
          .replace(" &P", "");

  private void takeTheName() {
    stacks.create("other", TABLE.replace("Properties:", "Properties:\n      TableName: second"));
  }

  @Test
  @Fact("CFN-029")
  void createStack_resourceFails_isRolledBack() {
    takeTheName();

    Stack stack = stacks.create("three", THREE_TABLES);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.log("three"))
        .containsExactly(
            "three CREATE_IN_PROGRESS",
            "First CREATE_IN_PROGRESS",
            "First CREATE_IN_PROGRESS",
            "First CREATE_COMPLETE",
            "Third CREATE_IN_PROGRESS",
            "Second CREATE_IN_PROGRESS",
            "Third CREATE_IN_PROGRESS",
            "Third CREATE_COMPLETE",
            "Second CREATE_FAILED",
            "three ROLLBACK_IN_PROGRESS",
            "Third DELETE_IN_PROGRESS",
            "Third DELETE_COMPLETE",
            "Second DELETE_COMPLETE",
            "First DELETE_IN_PROGRESS",
            "First DELETE_COMPLETE",
            "three ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("three", "three"))
        .contains(
            "The following resource(s) failed to create: [Second]. Rollback requested by user.");
    assertThat(stacks.reasons("three", "Second").get(0))
        .matches(
            "(?s)Resource handler returned message: \".+ \\(Service: DynamoDb, Status Code: 400,"
                + " Request ID: [^)]+\\)\" \\(RequestToken: [0-9a-f-]{36}, HandlerErrorCode:"
                + " .+\\)");
    DynamoDbClient dynamo = stacks.cloud().client(DynamoDbClient.builder());
    assertThat(dynamo.listTables().tableNames()).containsExactly("second");
  }

  @Test
  @Fact("CFN-029")
  void createStack_resourceFails_thoseInFlightAreCancelled() {
    takeTheName();

    stacks.create(
        "three",
        THREE_TABLES
            .replace("      TableName: second\n", "")
            .replace(
                "  Third:\n    Type: AWS::DynamoDB::Table\n    DependsOn: First\n    Properties:\n",
                "  Third:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: second\n"));

    assertThat(stacks.reasons("three", "First")).contains("Resource creation cancelled");
    assertThat(stacks.reasons("three", "three"))
        .contains(
            "The following resource(s) failed to create: [Third, First]. Rollback requested by"
                + " user.");
  }

  @Test
  void createStack_failsWithOnFailureDoNothing_staysAsItIs() {
    takeTheName();

    stacks
        .client()
        .createStack(
            request ->
                request
                    .stackName("three")
                    .onFailure(OnFailure.DO_NOTHING)
                    .templateBody(THREE_TABLES));

    assertThat(stacks.settled("three").stackStatusAsString()).isEqualTo("CREATE_FAILED");
    assertThat(detail("three", "First").resourceStatus()).isEqualTo(ResourceStatus.CREATE_COMPLETE);
  }

  @Test
  @Fact("CFN-033")
  void deleteStack_retained_isSkipped() {
    stacks.create("tasks", TABLE.replace("::Table\n", "::Table\n    DeletionPolicy: Retain\n"));
    String id = stacks.stack("tasks").stackId();

    assertThat(stacks.delete("tasks").stackStatusAsString()).isEqualTo("DELETE_COMPLETE");

    assertThat(stacks.log(id)).contains("Tasks DELETE_SKIPPED");
    assertThat(stacks.cloud().client(DynamoDbClient.builder()).listTables().tableNames())
        .hasSize(1);
  }

  @Test
  @Fact("CFN-034")
  void deleteStack_chain_goesInReverseOrder() {
    stacks.create(
        "chain",
        THREE_TABLES.replace(
            "  Third:\n    Type: AWS::DynamoDB::Table\n    DependsOn: First",
            "  Third:\n    Type: AWS::DynamoDB::Table\n    DependsOn: Second"));
    String id = stacks.stack("chain").stackId();

    stacks.delete("chain");

    assertThat(stacks.log(id).stream().filter(line -> line.endsWith("_COMPLETE")))
        .containsExactly(
            "First CREATE_COMPLETE",
            "Second CREATE_COMPLETE",
            "Third CREATE_COMPLETE",
            "chain CREATE_COMPLETE",
            "Third DELETE_COMPLETE",
            "Second DELETE_COMPLETE",
            "First DELETE_COMPLETE",
            "chain DELETE_COMPLETE");
  }

  @Test
  @Fact("CFN-027")
  void updateStack_replacesAndRemoves_cleansUpAfterwards() {
    stacks.create("three", THREE_TABLES);
    String old = detail("three", "First").physicalResourceId();

    Stack stack =
        stacks.update(
            "three",
            THREE_TABLES
                .substring(0, THREE_TABLES.indexOf("  Third:"))
                .replaceFirst("AttributeName: id", "AttributeName: key")
                .replaceFirst("AttributeName: id", "AttributeName: key"));

    assertThat(stack.stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(detail("three", "First").physicalResourceId()).isNotEqualTo(old);
    List<String> log = stacks.log("three");
    assertThat(log.subList(log.indexOf("three UPDATE_IN_PROGRESS"), log.size()))
        .containsExactly(
            "three UPDATE_IN_PROGRESS",
            "First UPDATE_IN_PROGRESS",
            "First UPDATE_IN_PROGRESS",
            "First UPDATE_COMPLETE",
            "three UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "Third DELETE_IN_PROGRESS",
            "Third DELETE_COMPLETE",
            "First DELETE_IN_PROGRESS",
            "First DELETE_COMPLETE",
            "three UPDATE_COMPLETE");
    assertThat(stacks.cloud().client(DynamoDbClient.builder()).listTables().tableNames())
        .hasSize(2)
        .doesNotContain(old);
  }

  @Test
  void updateStack_customNamedNeedsReplacement_isRolledBack() {
    stacks.create("tasks", TABLE.replace("Properties:", "Properties:\n      TableName: mine"));

    Stack stack =
        stacks.update(
            "tasks",
            TABLE
                .replace("Properties:", "Properties:\n      TableName: mine")
                .replace("userId", "owner"));

    assertThat(stack.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("tasks", "Tasks"))
        .contains(
            "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                + " Rename mine and update the stack again.");
    assertThat(
            stacks
                .cloud()
                .client(DynamoDbClient.builder())
                .describeTable(request -> request.tableName("mine"))
                .table()
                .keySchema()
                .get(0)
                .attributeName())
        .isEqualTo("userId");
  }

  @Test
  void updateStack_nothingChanges_isRefused() {
    stacks.create("tasks", TABLE);

    assertThatThrownBy(() -> stacks.update("tasks", TABLE + "# a comment\n"))
        .hasMessageContaining("No updates are to be performed.");
  }
}
