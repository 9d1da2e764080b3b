package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.cloudformation.stack.DeploymentFailure;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.trace.Tracer;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deploying from code in this process, with log groups of the test's own as the only type. */
class DeployTest {
  private static final String TEMPLATE =
      """
      Resources:
        Logs:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: mine
            RetentionInDays: 14
      Outputs:
        Name:
          Value: !Ref Logs
      """;

  private final MvStateStore store = MvStateStore.inMemory();
  private final CloudFormation cloudFormation =
      new CloudFormation(
              new CloudEnvironment(
                  "000000000000",
                  "us-east-1",
                  Clock.systemUTC(),
                  new Ids(new Random(1)),
                  store,
                  new Tracer()),
              (request, span) -> new Verdict(true, "", "", ""),
              (caller, bucket, key, version) -> new byte[0])
          .register(List.of(new LogGroups()));

  private static final class LogGroups implements ResourceProvider {
    @Override
    public String type() {
      return "AWS::Logs::LogGroup";
    }

    @Override
    public ResourceState create(ResourceRequest request) {
      String name =
          request.properties().has("LogGroupName")
              ? request.properties().get("LogGroupName").getAsString()
              : request.generatedName();
      if (name.equals("taken")) {
        throw new AwsException(
            "ResourceAlreadyExistsException", 400, "The specified log group already exists");
      }
      return ResourceState.of(name, new JsonObject());
    }

    @Override
    public ResourceState update(
        ResourceRequest request, ResourceState current, JsonObject previous) {
      return current;
    }

    @Override
    public void delete(ResourceRequest request, ResourceState current) {}

    @Override
    public Set<String> acceptedWithoutEffect() {
      return Set.of("RetentionInDays");
    }

    @Override
    public Set<String> refused() {
      return Set.of("KmsKeyId");
    }
  }

  @AfterEach
  void close() {
    cloudFormation.close();
    store.close();
  }

  private DeployResult deploy(String template) {
    return cloudFormation.deploy(DeployRequest.of("s", template, "template.yaml"));
  }

  @Test
  void deploy_newThenSameThenChanged_makesKeepsAndUpdates() {
    DeployResult made = deploy(TEMPLATE);
    DeployResult kept = deploy(TEMPLATE);
    DeployResult changed = deploy(TEMPLATE.replace("14", "7"));

    assertThat(made.status()).isEqualTo("CREATE_COMPLETE");
    assertThat(made.outputs()).containsExactly(java.util.Map.entry("Name", "mine"));
    assertThat(made.withoutEffect())
        .containsExactly(java.util.Map.entry("Logs", List.of("RetentionInDays")));
    assertThat(kept.changed()).isFalse();
    assertThat(kept.outputs()).isEqualTo(made.outputs());
    assertThat(changed.status()).isEqualTo("UPDATE_COMPLETE");
    assertThat(changed.events().get(0).status()).isEqualTo("UPDATE_IN_PROGRESS");
  }

  @Test
  void deploy_afterAFailedCreation_startsAnew() {
    assertThat(deploy(TEMPLATE.replace("mine", "taken")).status()).isEqualTo("ROLLBACK_COMPLETE");

    assertThat(deploy(TEMPLATE).status()).isEqualTo("CREATE_COMPLETE");
  }

  private void assertFails(
      String template, String position, String logicalId, String reason, String advice) {
    DeployResult result = deploy(template);
    DeploymentFailure failure = result.failure().orElseThrow();
    assertThat(failure.position().orElseThrow()).hasToString(position);
    assertThat(failure.logicalId()).isEqualTo(logicalId);
    assertThat(failure.reason()).contains(reason);
    assertThat(failure.advice()).contains(advice);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void deploy_unknownProperty_pointsToItsLine() {
    assertFails(
        TEMPLATE.replace("RetentionInDays", "RetentionInDay"),
        "template.yaml:6",
        "Logs",
        "extraneous key [RetentionInDay] is not permitted",
        "Did you mean RetentionInDays?");
  }

  @Test
  void deploy_valueOutsideTheEnumeration_pointsToItsLine() {
    assertFails(
        TEMPLATE.replace("14", "15"),
        "template.yaml:6",
        "Logs",
        "#/RetentionInDays: failed validation constraint for keyword [enum]",
        "Allowed are: 1, 3, 5,");
  }

  @Test
  void deploy_refusedProperty_isNamed() {
    assertFails(
        TEMPLATE.replace(
            "RetentionInDays: 14", "KmsKeyId: arn:aws:kms:us-east-1:000000000000:key/2"),
        "template.yaml:6",
        "Logs",
        "local-cloud does not emulate the property KmsKeyId of AWS::Logs::LogGroup",
        "take it out");
  }

  @Test
  void deploy_serviceRefuses_pointsToTheResource() {
    assertFails(
        TEMPLATE.replace("mine", "taken"),
        "template.yaml:2",
        "Logs",
        "Resource handler returned message: \"The specified log group already exists (Service:"
            + " CloudWatchLogs, Status Code: 400,",
        "");
  }

  @Test
  void deploy_misspeltType_isRefusedWithAdvice() {
    assertFails(
        TEMPLATE.replace("LogGroup\n", "LogGruop\n"),
        "template.yaml:3",
        "",
        "Template format error: Unrecognized resource types: [AWS::Logs::LogGruop]",
        "Did you mean AWS::Logs::LogGroup?");
  }

  @Test
  void deploy_independentResourceMissing_advisesDependsOn() {
    assertFails(
        """
        Resources:
          First: {Type: "AWS::Logs::LogGroup"}
          Last:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: taken}
        """,
        "template.yaml:3",
        "Last",
        "already exists",
        "Not made yet: First.");
  }
}
