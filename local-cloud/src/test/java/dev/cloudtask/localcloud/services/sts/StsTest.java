package dev.cloudtask.localcloud.services.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

class StsTest {
  private static final String ACCOUNT = "arn:aws:iam::000000000000:root";

  private final TestCloud cloud = TestCloud.start();
  private final IamClient iam = cloud.client(IamClient.builder());
  private final StsClient sts = cloud.client(StsClient.builder());

  @AfterEach
  void close() {
    cloud.close();
  }

  private static String trust(String principal) {
    return """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
          "Principal":%s,"Action":"sts:AssumeRole"}]}"""
        .formatted(principal);
  }

  private static Role role(IamClient iam, String name, String principal) {
    return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust(principal))).role();
  }

  private static AwsSessionCredentials session(Credentials issued) {
    return AwsSessionCredentials.create(
        issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
  }

  private StsClient as(AccessKey key) {
    return cloud.client(
        StsClient.builder(), AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  @Test
  void getCallerIdentity_knowsRootAndUsers() {
    GetCallerIdentityResponse root = sts.getCallerIdentity();
    String annsId = iam.createUser(r -> r.userName("ann").path("/team/")).user().userId();
    AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();

    assertThat(root.arn()).isEqualTo(ACCOUNT);
    assertThat(root.userId()).isEqualTo("000000000000");
    GetCallerIdentityResponse ann = as(key).getCallerIdentity();
    assertThat(ann.arn()).isEqualTo("arn:aws:iam::000000000000:user/team/ann");
    assertThat(ann.userId()).isEqualTo(annsId);
  }

  private StsClient administrator() {
    return cloud.client(StsClient.builder(), cloud.newAdministrator());
  }

  @Test
  void assumeRole_byRoot_isRefused() {
    Role role = role(iam, "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");

    StsException refused =
        catchThrowableOfType(
            StsException.class,
            () -> sts.assumeRole(r -> r.roleArn(role.arn()).roleSessionName("night-shift")));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("Roles may not be assumed by root accounts.");
  }

  @Test
  @Fact("IAM-013")
  void assumeRole_answersWithTheSessionsNames() {
    Role role = role(iam, "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");

    AssumeRoleResponse answer =
        administrator().assumeRole(r -> r.roleArn(role.arn()).roleSessionName("night-shift"));

    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/worker/night-shift");
    assertThat(answer.assumedRoleUser().assumedRoleId()).isEqualTo(role.roleId() + ":night-shift");
    assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
    StsClient asWorker = cloud.client(StsClient.builder(), session(answer.credentials()));
    assertThat(asWorker.getCallerIdentity().arn()).isEqualTo(answer.assumedRoleUser().arn());
  }

  @Test
  @Fact("IAM-005")
  void assumedRole_hasTheRolesRights_untilItExpires() {
    Role role = role(iam, "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");
    Credentials issued =
        administrator()
            .assumeRole(
                r -> r.roleArn(role.arn()).roleSessionName("CreateTask").durationSeconds(900))
            .credentials();
    IamClient asWorker = cloud.client(IamClient.builder(), session(issued));

    IamException denied = catchThrowableOfType(IamException.class, asWorker::listRoles);
    assertThat(denied.awsErrorDetails().errorMessage())
        .isEqualTo(
            "User: arn:aws:sts::000000000000:assumed-role/worker/CreateTask is not authorized to"
                + " perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no"
                + " identity-based policy allows the iam:ListRoles action");
    iam.attachRolePolicy(
        r -> r.roleName("worker").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    assertThat(asWorker.listRoles().roles()).hasSize(1);

    cloud.advance(Duration.ofSeconds(901));
    IamException expired = catchThrowableOfType(IamException.class, asWorker::listRoles);
    assertThat(expired.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
  }

  @Test
  void assumeRole_withSessionPolicy_isLimitedByIt() {
    Role role = role(iam, "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");
    iam.attachRolePolicy(
        r -> r.roleName("worker").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    Credentials issued =
        administrator()
            .assumeRole(
                r ->
                    r.roleArn(role.arn())
                        .roleSessionName("careful")
                        .policy(
                            """
                            {"Version":"2012-10-17","Statement":[
                              {"Effect":"Allow","Action":"iam:GetRole","Resource":"*"}]}"""))
            .credentials();
    IamClient careful = cloud.client(IamClient.builder(), session(issued));

    assertThat(careful.getRole(r -> r.roleName("worker")).role().arn()).isEqualTo(role.arn());
    assertThat(catchThrowableOfType(IamException.class, careful::listRoles).getMessage())
        .contains("because no session policy allows the iam:ListRoles action");
  }

  @Test
  @Fact("IAM-002")
  void assumeRole_goesByTheTrustPolicy() {
    Role forLambda = role(iam, "forLambda", "{\"Service\":\"lambda.amazonaws.com\"}");
    iam.createUser(r -> r.userName("ann"));
    iam.attachUserPolicy(
        r -> r.userName("ann").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    StsClient asAnn = as(iam.createAccessKey(r -> r.userName("ann")).accessKey());

    StsException failure =
        catchThrowableOfType(
            StsException.class,
            () -> asAnn.assumeRole(r -> r.roleArn(forLambda.arn()).roleSessionName("ss")));
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThat(failure.statusCode()).isEqualTo(403);
    assertThat(failure.awsErrorDetails().errorMessage())
        .isEqualTo(
            "User: arn:aws:iam::000000000000:user/ann is not authorized to perform: sts:AssumeRole"
                + " on resource: arn:aws:iam::000000000000:role/forLambda");
    Role forAnn = role(iam, "forAnn", "{\"AWS\":\"arn:aws:iam::000000000000:user/ann\"}");
    assertThat(
            asAnn
                .assumeRole(r -> r.roleArn(forAnn.arn()).roleSessionName("ss"))
                .assumedRoleUser()
                .arn())
        .endsWith("/forAnn/ss");
  }

  @Test
  void assumeRole_checksDurationAndNames() {
    Role role = role(iam, "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");

    assertThat(
            catchThrowableOfType(
                    StsException.class,
                    () ->
                        administrator()
                            .assumeRole(
                                r ->
                                    r.roleArn(role.arn())
                                        .roleSessionName("ss")
                                        .durationSeconds(7200)))
                .awsErrorDetails()
                .errorMessage())
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    assertThat(
            catchThrowableOfType(
                    StsException.class,
                    () ->
                        administrator()
                            .assumeRole(r -> r.roleArn(role.arn()).roleSessionName("a b")))
                .awsErrorDetails()
                .errorMessage())
        .isEqualTo(
            "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  }

  @Test
  void getSessionToken_givesTemporaryKeysOfTheSameUser() {
    Credentials issued = sts.getSessionToken().credentials();

    StsClient again = cloud.client(StsClient.builder(), session(issued));
    assertThat(again.getCallerIdentity().arn()).isEqualTo(ACCOUNT);
    StsClient tampered =
        cloud.client(
            StsClient.builder(),
            AwsSessionCredentials.create(
                issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken() + "x"));
    assertThat(catchThrowableOfType(StsException.class, tampered::getCallerIdentity).statusCode())
        .isEqualTo(403);
  }

  @Test
  void sessions_outliveARestart(@TempDir Path folder) {
    AwsSessionCredentials credentials;
    try (TestCloud first = TestCloud.startIn(folder)) {
      Role role =
          role(first.client(IamClient.builder()), "worker", "{\"AWS\":\"" + ACCOUNT + "\"}");
      credentials =
          session(
              first
                  .client(StsClient.builder(), first.newAdministrator())
                  .assumeRole(r -> r.roleArn(role.arn()).roleSessionName("ss"))
                  .credentials());
    }
    try (TestCloud second = TestCloud.startIn(folder)) {
      assertThat(second.client(StsClient.builder(), credentials).getCallerIdentity().arn())
          .endsWith(":assumed-role/worker/ss");
    }
  }

  @Test
  void unknownKeys_getAwssOwnError() {
    StsClient stranger =
        cloud.client(
            StsClient.builder(), AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret"));

    StsException failure = catchThrowableOfType(StsException.class, stranger::getCallerIdentity);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
    assertThat(failure.awsErrorDetails().errorMessage())
        .isEqualTo("The security token included in the request is invalid.");
    assertThat(
            catchThrowableOfType(
                    StsException.class,
                    () -> sts.decodeAuthorizationMessage(r -> r.encodedMessage("x")))
                .getMessage())
        .contains("DecodeAuthorizationMessage of sts is not emulated");
  }
}
