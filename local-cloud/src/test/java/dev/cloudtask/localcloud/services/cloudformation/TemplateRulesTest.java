package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.Fact;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class TemplateRulesTest {
  private static final String ROLE =
      """
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: 2012-10-17
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
      """;

  private static final String TABLE =
      """
      Parameters:
        Stage:
          Type: String
          Default: test
          AllowedValues: [test, prod]
        Secret:
          Type: String
          Default: hidden
          NoEcho: true
      Conditions:
        IsProd: !Equals [!Ref Stage, prod]
      Resources:
        Tasks:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
        Extra:
          Type: AWS::DynamoDB::Table
          Condition: IsProd
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
      """;

  private TestStacks stacks;
  private CloudFormationClient client;

  @BeforeEach
  void start() {
    stacks = TestStacks.start();
    client = stacks.client();
  }

  @AfterEach
  void stop() {
    stacks.close();
  }

  @Test
  @Fact("CFN-013")
  void createStack_roleWithoutCapability_isRefused() {
    assertThatThrownBy(() -> client.createStack(r -> r.stackName("s").templateBody(ROLE)))
        .isInstanceOf(InsufficientCapabilitiesException.class)
        .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
    assertThat(client.listStacks().stackSummaries()).isEmpty();
  }

  @Test
  @Fact("CFN-014")
  void createStack_namedRole_needsTheNamedCapability() {
    String named = ROLE.replace("Properties:", "Properties:\n      RoleName: mine");

    assertThatThrownBy(
            () ->
                client.createStack(
                    r ->
                        r.stackName("s")
                            .templateBody(named)
                            .capabilities(Capability.CAPABILITY_IAM)))
        .hasMessageContaining("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    assertThat(stacks.create("s", named).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  @Fact("CFN-002")
  void createStack_outputOfWhatAConditionLeavesOut_isRefused() {
    assertThatThrownBy(
            () -> stacks.create("s", TABLE + "Outputs:\n  Name:\n    Value: !Ref Extra\n"))
        .hasMessageContaining(
            "Unresolved resource dependencies [Extra] in the Outputs block of the template")
        .hasMessageNotContaining("Template format error");
  }

  @Test
  @Fact("CFN-004")
  void createStack_outputOfUnknownAttribute_isRolledBack() {
    Stack stack =
        stacks.create(
            "s", TABLE + "Outputs:\n  InvalidOutput:\n    Value: !GetAtt Tasks.Invalid\n");

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("s", "s"))
        .contains(
            "[Error] /Outputs/InvalidOutput/Value/Fn::GetAtt: Resource type AWS::DynamoDB::Table"
                + " does not support attribute {Invalid}. Rollback requested by user.");
  }

  @Test
  @Fact("CFN-036")
  void createStack_missingImport_isRolledBack() {
    Stack stack =
        stacks.create(
            "s",
            TABLE.replace("BillingMode: PAY_PER_REQUEST", "BillingMode: !ImportValue nothing"));

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("s", "s"))
        .contains("No export named nothing found. Rollback requested by user.");
  }

  @Test
  @Fact("CFN-035")
  void deleteStack_exportInUse_isRefused() {
    stacks.create(
        "base", TABLE + "Outputs:\n  Name:\n    Value: !Ref Tasks\n    Export: {Name: tasks}\n");
    stacks.create(
        "user", ROLE.replace("Properties:", "Properties:\n      Description: !ImportValue tasks"));

    assertThatThrownBy(() -> client.deleteStack(r -> r.stackName("base")))
        .hasMessageContaining("Export tasks cannot be deleted as it is in use by user");
    assertThat(client.listImports(r -> r.exportName("tasks")).imports()).containsExactly("user");
    stacks.delete("user");
    assertThat(stacks.delete("base").stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(client.listExports().exports()).isEmpty();
  }

  @Test
  @Fact("CFN-016")
  void createChangeSet_nothingChanges_fails() {
    stacks.create("s", TABLE);

    client.createChangeSet(r -> r.stackName("s").changeSetName("c").templateBody(TABLE));
    DescribeChangeSetResponse changeSet =
        client.describeChangeSet(r -> r.stackName("s").changeSetName("c"));

    assertThat(changeSet.statusAsString()).isEqualTo("FAILED");
    assertThat(changeSet.statusReason())
        .isEqualTo(
            "The submitted information didn't contain changes. Submit different information to"
                + " create a change set.");
  }

  @Test
  @Fact("CFN-025")
  void executeChangeSet_ofANewStack_makesIt() {
    client.createChangeSet(
        r ->
            r.stackName("s")
                .changeSetName("c")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(TABLE));
    assertThat(stacks.stack("s").stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");
    assertThat(client.describeChangeSet(r -> r.stackName("s").changeSetName("c")).changes())
        .extracting(
            change -> change.resourceChange().actionAsString(),
            change -> change.resourceChange().logicalResourceId())
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Add", "Tasks"));

    client.executeChangeSet(r -> r.stackName("s").changeSetName("c"));
    client.waiter().waitUntilStackCreateComplete(r -> r.stackName("s"));

    assertThat(stacks.log("s").get(0)).isEqualTo("s REVIEW_IN_PROGRESS");
  }

  @Test
  void createStack_unknownProperty_failsBeforeAnythingIsMade() {
    Stack stack = stacks.create("s", TABLE.replaceFirst("BillingMode", "BillingMood"));

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("s", "Tasks"))
        .contains(
            "Properties validation failed for resource Tasks with message:\n"
                + "[#: extraneous key [BillingMood] is not permitted]");
    assertThat(stacks.reasons("s", "s"))
        .contains(
            "Validation failed for following resources: [Tasks]. Rollback requested by user.");
    assertThat(stacks.log("s")).doesNotContain("Tasks CREATE_IN_PROGRESS");
  }

  @Test
  void createStack_wrongTypeAndMissingProperty_areBothNamed() {
    stacks.create(
        "s",
        TABLE
            .replaceFirst("KeySchema: .*", "Tags: {a: b}")
            .replaceFirst("PAY_PER_REQUEST", "[PAY_PER_REQUEST]"));

    assertThat(stacks.reasons("s", "Tasks").get(0))
        .contains("#/BillingMode: expected type: String, found: JSONArray")
        .contains("#/Tags: expected type: JSONArray, found: JSONObject")
        .contains("#: required key [KeySchema] not found");
  }

  @Test
  void createStack_unknownType_isRefused() {
    assertThatThrownBy(() -> stacks.create("s", TABLE.replace("::Table", "::Tabel")))
        .hasMessageContaining(
            "Template format error: Unrecognized resource types: [AWS::DynamoDB::Tabel]");
  }

  @Test
  void parameters_areCheckedAndSecretsAreHidden() {
    assertThatThrownBy(() -> create("Stage", "dev"))
        .hasMessageContaining("Parameter 'Stage' must be one of AllowedValues");
    assertThatThrownBy(() -> create("Stagee", "prod"))
        .hasMessageContaining("Parameters: [Stagee] do not exist in the template");
    assertThatThrownBy(() -> stacks.create("s", TABLE.replace("    Default: test\n", "")))
        .hasMessageContaining("Parameters: [Stage] must have values");

    create("Stage", "prod");

    Stack stack = stacks.settled("s");
    assertThat(stack.parameters())
        .containsExactly(
            Parameter.builder().parameterKey("Stage").parameterValue("prod").build(),
            Parameter.builder().parameterKey("Secret").parameterValue("****").build());
    assertThat(client.listStackResources(r -> r.stackName("s")).stackResourceSummaries())
        .hasSize(2);
  }

  private void create(String parameter, String value) {
    client.createStack(
        r ->
            r.stackName("s")
                .templateBody(TABLE)
                .parameters(
                    Parameter.builder().parameterKey(parameter).parameterValue(value).build()));
  }

  @Test
  @Fact("CFN-050")
  void templateUrl_notInS3_isRefused() {
    for (List<String> each :
        List.of(
            List.of(
                "s3://my-bucket/template.yaml",
                "S3 error: Domain name specified in my-bucket is not a valid S3 domain"),
            List.of("nonsense", "TemplateURL must be a supported URL."))) {
      assertThatThrownBy(() -> client.createStack(r -> r.stackName("s").templateURL(each.get(0))))
          .hasMessageContaining(each.get(1));
    }
  }

  @Test
  @Fact("CFN-050")
  void templateUrl_inS3_isRead() {
    software.amazon.awssdk.services.s3.S3Client s3 =
        stacks.cloud().client(software.amazon.awssdk.services.s3.S3Client.builder());
    s3.createBucket(r -> r.bucket("templates"));
    s3.putObject(
        r -> r.bucket("templates").key("a b.yaml"),
        software.amazon.awssdk.core.sync.RequestBody.fromString(TABLE));

    client.createStack(
        r ->
            r.stackName("s")
                .templateURL("https://templates.s3.us-east-1.amazonaws.com/a%20b.yaml"));

    assertThat(stacks.settled("s").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void templateBody_over51200Bytes_isRefused() {
    assertThatThrownBy(() -> stacks.create("s", TABLE + "#".repeat(51_200)))
        .hasMessageContaining(
            "at 'templateBody' failed to satisfy constraint: Member must have length less than or"
                + " equal to 51200");
  }
}
