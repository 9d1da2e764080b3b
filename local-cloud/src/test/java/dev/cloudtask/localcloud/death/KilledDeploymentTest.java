package dev.cloudtask.localcloud.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@code kill -9} of the cloud while it makes a stack: after the next start the stack is made or
 * rolled back, with all of its resources or none.
 */
class KilledDeploymentTest {
  private static final int TABLES = 12;

  @TempDir Path folder;

  @Test
  void killedInTheMiddle_stackIsMadeOrRolledBack_nothingIsHalfDone() throws Exception {
    Random random = new Random(5);
    int times = Boolean.getBoolean("cloudtask.thorough") ? 30 : 2;
    ChildCloud cloud = ChildCloud.start(folder);
    try {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        String status = createAndKill(cloud, random.nextInt(120));
        cloud = ChildCloud.start(folder);
        String after = settled(cloud);
        seen.add(status + " > " + after);
        List<String> resources = resources(cloud);
        if (after.equals("CREATE_COMPLETE")) {
          assertThat(resources).hasSize(TABLES + 3);
        } else {
          assertThat(after).isIn("ROLLBACK_COMPLETE", "none");
          assertThat(resources).as("left of a stack that is %s", after).isEmpty();
        }
        if (!after.equals("none")) {
          cloud.client(CloudFormationClient.builder()).deleteStack(r -> r.stackName("app"));
          assertThat(settled(cloud)).isEqualTo("none");
        }
        assertThat(resources(cloud)).isEmpty();
      }
      System.out.println("Killed deployments: " + seen);
    } finally {
      cloud.kill();
    }
  }

  /** Returns the stack's last known status before the kill. */
  private static String createAndKill(ChildCloud cloud, int millis) throws InterruptedException {
    CloudFormationClient formation = cloud.client(CloudFormationClient.builder());
    formation.createStack(
        r ->
            r.stackName("app")
                .templateBody(template())
                .capabilities(Capability.CAPABILITY_NAMED_IAM));
    String status = status(formation);
    TimeUnit.MILLISECONDS.sleep(millis);
    cloud.kill();
    return status;
  }

  private static String template() {
    StringBuilder template =
        new StringBuilder(
            """
            Resources:
              Files: {Type: AWS::S3::Bucket}
              People: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: people}}
              Role:
                Type: AWS::IAM::Role
                Properties:
                  RoleName: worker
                  AssumeRolePolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Principal: {Service: lambda.amazonaws.com}
                        Action: sts:AssumeRole
            """);
    for (int i = 0; i < TABLES; i++) {
      template.append(
          """
            Table%d:
              Type: AWS::DynamoDB::Table
              Properties:
                BillingMode: PAY_PER_REQUEST
                AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
                KeySchema: [{AttributeName: id, KeyType: HASH}]
          """
              .formatted(i));
    }
    return template.toString();
  }

  private static String settled(ChildCloud cloud) throws InterruptedException {
    CloudFormationClient formation = cloud.client(CloudFormationClient.builder());
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    String status = status(formation);
    while (status.endsWith("IN_PROGRESS")) {
      assertThat(Instant.now()).as("stack is still " + status).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
      status = status(formation);
    }
    return status;
  }

  private static String status(CloudFormationClient formation) {
    try {
      return formation
          .describeStacks(r -> r.stackName("app"))
          .stacks()
          .get(0)
          .stackStatusAsString();
    } catch (CloudFormationException e) {
      if (!e.awsErrorDetails().errorMessage().contains("does not exist")) {
        throw e;
      }
      return "none";
    }
  }

  private static List<String> resources(ChildCloud cloud) {
    List<String> all =
        new ArrayList<>(cloud.client(DynamoDbClient.builder()).listTables().tableNames());
    cloud.client(S3Client.builder()).listBuckets().buckets().forEach(b -> all.add(b.name()));
    cloud.client(IamClient.builder()).listRoles().roles().forEach(role -> all.add(role.roleName()));
    cloud
        .client(CognitoIdentityProviderClient.builder())
        .listUserPools(r -> r.maxResults(10))
        .userPools()
        .forEach(pool -> all.add(pool.name()));
    return all;
  }
}
