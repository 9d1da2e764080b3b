package dev.cloudtask.localcloud.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What a session without rights hears from services that carry data. */
class DeniedMessageTest {
  private final TestCloud cloud = TestCloud.start();

  @AfterEach
  void close() {
    cloud.close();
  }

  private AwsSessionCredentials sessionWithoutRights() {
    String arn =
        cloud
            .client(IamClient.builder())
            .createRole(
                r ->
                    r.roleName("Worker")
                        .assumeRolePolicyDocument(
                            """
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                              "Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}]}"""))
            .role()
            .arn();
    Credentials issued =
        cloud
            .client(StsClient.builder(), cloud.newAdministrator())
            .assumeRole(r -> r.roleArn(arn).roleSessionName("CreateTask"))
            .credentials();
    return AwsSessionCredentials.create(
        issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
  }

  @Test
  @Fact({"DDB-001", "IAM-005"})
  void dynamoDb_namesSessionActionAndTable() {
    DynamoDbClient worker = cloud.client(DynamoDbClient.builder(), sessionWithoutRights());

    DynamoDbException denied =
        catchThrowableOfType(
            DynamoDbException.class,
            () -> worker.putItem(r -> r.tableName("Tasks").item(Map.of())));

    assertThat(denied.statusCode()).isEqualTo(400);
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    assertThat(denied.awsErrorDetails().errorMessage())
        .isEqualTo(
            "User: arn:aws:sts::000000000000:assumed-role/Worker/CreateTask is not authorized to"
                + " perform: dynamodb:PutItem on resource:"
                + " arn:aws:dynamodb:us-east-1:000000000000:table/Tasks because no identity-based"
                + " policy allows the dynamodb:PutItem action");
  }

  @Test
  @Fact("S3-057")
  void s3_putsTheResourceInQuotes() {
    cloud.client(S3Client.builder()).createBucket(r -> r.bucket("private-things"));
    S3Client worker = cloud.client(S3Client.builder(), sessionWithoutRights());

    S3Exception denied =
        catchThrowableOfType(
            S3Exception.class, () -> worker.listObjectsV2(r -> r.bucket("private-things")));

    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThat(denied.awsErrorDetails().errorMessage())
        .isEqualTo(
            "User: arn:aws:sts::000000000000:assumed-role/Worker/CreateTask is not authorized to"
                + " perform: s3:ListBucket on resource: \"arn:aws:s3:::private-things\" because no"
                + " identity-based policy allows the s3:ListBucket action");
  }
}
