package dev.cloudtask.localcloud.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

class IamTest {
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  private final TestCloud cloud = TestCloud.start();
  private final IamClient iam = cloud.client(IamClient.builder());

  @AfterEach
  void close() {
    cloud.close();
  }

  private Role role(String name) {
    return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST)).role();
  }

  private static String allow(String action, String resource) {
    return """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"%s","Resource":"%s"}]}"""
        .formatted(action, resource);
  }

  private static void fails(ThrowingCallable call, int status, String code, String message) {
    IamException failure = catchThrowableOfType(IamException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    assertThat(failure.statusCode()).isEqualTo(status);
    assertThat(failure.requestId()).isNotBlank();
  }

  @Test
  void role_livesFromCreationToDeletion() {
    Role made =
        iam.createRole(
                r ->
                    r.roleName("worker")
                        .path("/app/")
                        .description("does <things> & more")
                        .maxSessionDuration(7200)
                        .assumeRolePolicyDocument(TRUST)
                        .tags(Tag.builder().key("team").value("a").build()))
            .role();

    assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:role/app/worker");
    assertThat(made.roleId()).matches("AROA[A-Z0-9]{17}");
    Role got = iam.getRole(r -> r.roleName("worker")).role();
    assertThat(got.description()).isEqualTo("does <things> & more");
    assertThat(got.maxSessionDuration()).isEqualTo(7200);
    assertThat(got.createDate()).isEqualTo(made.createDate());
    assertThat(got.tags()).extracting(Tag::key).containsExactly("team");
    assertThat(URLDecoder.decode(got.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
        .isEqualTo(TRUST);
    assertThat(iam.listRoles(r -> r.pathPrefix("/app/")).roles()).hasSize(1);
    assertThat(iam.listRoles(r -> r.pathPrefix("/other/")).roles()).isEmpty();

    iam.updateRole(r -> r.roleName("worker").description("rests"));
    assertThat(iam.getRole(r -> r.roleName("worker")).role().description()).isEqualTo("rests");
    iam.deleteRole(r -> r.roleName("worker"));
    fails(
        () -> iam.getRole(r -> r.roleName("worker")),
        404,
        "NoSuchEntity",
        "The role with name worker cannot be found.");
  }

  @Test
  @Fact("IAM-006")
  void createRole_withTrustThatIsNotJson_isMalformed() {
    fails(
        () -> iam.createRole(r -> r.roleName("r").assumeRolePolicyDocument("not json")),
        400,
        "MalformedPolicyDocument",
        "This policy contains invalid Json");
  }

  @Test
  @Fact("IAM-007")
  void createRole_ofAnExistingName_isRefused_whateverTheLetterCase() {
    role("twice");

    fails(() -> role("twice"), 409, "EntityAlreadyExists", "Role with name twice already exists.");
    fails(() -> role("Twice"), 409, "EntityAlreadyExists", "Role with name Twice already exists.");
  }

  @Test
  @Fact({"IAM-009", "IAM-010"})
  void attachRolePolicy_demandsTheArnOfAPolicyThatExists() {
    role("r");

    fails(
        () -> iam.attachRolePolicy(r -> r.roleName("r").policyArn("LongEnoughPolicyName")),
        400,
        "ValidationError",
        "Invalid ARN:  Could not be parsed!");
    String missing = "arn:aws:iam::000000000000:policy/none";
    fails(
        () -> iam.attachRolePolicy(r -> r.roleName("r").policyArn(missing)),
        404,
        "NoSuchEntity",
        "Policy " + missing + " does not exist or is not attachable.");
  }

  @Test
  @Fact("IAM-011")
  void deleteRole_thatStillCarriesPolicies_isAConflict() {
    role("r");
    iam.attachRolePolicy(r -> r.roleName("r").policyArn(BASIC));
    iam.putRolePolicy(
        r -> r.roleName("r").policyName("p").policyDocument(allow("s3:GetObject", "*")));

    assertThat(iam.listAttachedRolePolicies(r -> r.roleName("r")).attachedPolicies())
        .extracting(AttachedPolicy::policyName)
        .containsExactly("AWSLambdaBasicExecutionRole");
    fails(
        () -> iam.deleteRole(r -> r.roleName("r")),
        409,
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.");
    iam.detachRolePolicy(r -> r.roleName("r").policyArn(BASIC));
    fails(
        () -> iam.deleteRole(r -> r.roleName("r")),
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.");
    iam.deleteRolePolicy(r -> r.roleName("r").policyName("p"));
    iam.deleteRole(r -> r.roleName("r"));
    assertThat(iam.listRoles().roles()).isEmpty();
  }

  @Test
  void inlinePolicy_comesBackAsItWasPut_andAMalformedOneIsRefused() {
    role("r");
    String document = allow("s3:GetObject", "arn:aws:s3:::b/*");
    iam.putRolePolicy(r -> r.roleName("r").policyName("p").policyDocument(document));

    assertThat(
            URLDecoder.decode(
                iam.getRolePolicy(r -> r.roleName("r").policyName("p")).policyDocument(),
                StandardCharsets.UTF_8))
        .isEqualTo(document);
    assertThat(iam.listRolePolicies(r -> r.roleName("r")).policyNames()).containsExactly("p");
    fails(
        () -> iam.putRolePolicy(r -> r.roleName("r").policyName("q").policyDocument("{}")),
        400,
        "MalformedPolicyDocument",
        "Syntax errors in policy.");
    fails(
        () -> iam.getRolePolicy(r -> r.roleName("r").policyName("none")),
        404,
        "NoSuchEntity",
        "The role policy with name none cannot be found.");
  }

  @Test
  void managedPolicy_hasVersionsOfWhichOneCounts() {
    Policy policy =
        iam.createPolicy(r -> r.policyName("p").policyDocument(allow("s3:GetObject", "*")))
            .policy();
    String arn = policy.arn();
    iam.createPolicyVersion(
        r -> r.policyArn(arn).policyDocument(allow("s3:PutObject", "*")).setAsDefault(true));

    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId()).isEqualTo("v2");
    assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions())
        .extracting(PolicyVersion::versionId)
        .containsExactly("v2", "v1");
    fails(
        () -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2")),
        409,
        "DeleteConflict",
        "Cannot delete the default version of a policy.");
    fails(
        () -> iam.deletePolicy(r -> r.policyArn(arn)),
        409,
        "DeleteConflict",
        "This policy has more than one version. Before you delete a policy, you must delete the"
            + " policy's versions. The default version is deleted with the policy.");
    iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v1"));
    role("r");
    iam.attachRolePolicy(r -> r.roleName("r").policyArn(arn));
    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount()).isEqualTo(1);
    assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyRoles()).hasSize(1);
    fails(
        () -> iam.deletePolicy(r -> r.policyArn(arn)),
        409,
        "DeleteConflict",
        "Cannot delete a policy attached to entities.");
    iam.detachRolePolicy(r -> r.roleName("r").policyArn(arn));
    iam.deletePolicy(r -> r.policyArn(arn));
    assertThat(iam.listPolicies(r -> r.scope(PolicyScopeType.LOCAL)).policies()).isEmpty();
  }

  @Test
  void awsManagedPolicies_areKnownByArn_andOthersAreNot() {
    Policy basic = iam.getPolicy(r -> r.policyArn(BASIC)).policy();
    String document =
        URLDecoder.decode(
            iam.getPolicyVersion(r -> r.policyArn(BASIC).versionId(basic.defaultVersionId()))
                .policyVersion()
                .document(),
            StandardCharsets.UTF_8);

    assertThat(document).contains("logs:CreateLogStream", "logs:PutLogEvents");
    fails(
        () -> iam.getPolicy(r -> r.policyArn("arn:aws:iam::aws:policy/NoSuchThing")),
        404,
        "NoSuchEntity",
        "Policy arn:aws:iam::aws:policy/NoSuchThing was not found.");
  }

  @Test
  void listRoles_givesPages() {
    for (int i = 0; i < 7; i++) {
      role("role" + i);
    }

    assertThat(iam.listRoles(r -> r.maxItems(3)).roles()).hasSize(3);
    assertThat(iam.listRolesPaginator(r -> r.maxItems(3)).roles())
        .extracting(Role::roleName)
        .containsExactly("role0", "role1", "role2", "role3", "role4", "role5", "role6");
  }

  @Test
  @Fact({"IAM-001", "IAM-003"})
  void user_mayDoWhatItsPoliciesAllow_andHearsWhatTheyDoNot() {
    User ann = iam.createUser(r -> r.userName("ann")).user();
    AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
    IamClient asAnn =
        cloud.client(
            IamClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    String denied =
        "User: "
            + ann.arn()
            + " is not authorized to perform: iam:GetUser on resource: "
            + ann.arn()
            + " ";

    fails(
        asAnn::getUser,
        403,
        "AccessDenied",
        denied + "because no identity-based policy allows the iam:GetUser action");
    iam.putUserPolicy(
        r ->
            r.userName("ann")
                .policyName("self")
                .policyDocument(allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}")));
    assertThat(asAnn.getUser().user().userId()).isEqualTo(ann.userId());
    iam.putUserPolicy(
        r ->
            r.userName("ann")
                .policyName("no")
                .policyDocument(allow("iam:*", "*").replace("Allow", "Deny")));
    fails(
        asAnn::getUser,
        403,
        "AccessDenied",
        denied + "with an explicit deny in an identity-based policy");

    iam.updateAccessKey(
        r -> r.userName("ann").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
    IamException failure = catchThrowableOfType(IamException.class, asAnn::getUser);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
    fails(
        () -> iam.deleteUser(r -> r.userName("ann")),
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.");
    iam.deleteUserPolicy(r -> r.userName("ann").policyName("self"));
    iam.deleteUserPolicy(r -> r.userName("ann").policyName("no"));
    iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(key.accessKeyId()));
    iam.deleteUser(r -> r.userName("ann"));
  }

  @Test
  void simulation_asksTheSameEvaluator() {
    Role role = role("r");
    iam.putRolePolicy(
        r ->
            r.roleName("r")
                .policyName("table")
                .policyDocument(allow("dynamodb:Query", "arn:aws:dynamodb:*:*:table/Tasks")));

    List<EvaluationResult> results =
        iam.simulatePrincipalPolicy(
                r ->
                    r.policySourceArn(role.arn())
                        .actionNames("dynamodb:Query", "dynamodb:Scan")
                        .resourceArns("arn:aws:dynamodb:us-east-1:000000000000:table/Tasks"))
            .evaluationResults();

    assertThat(results)
        .extracting(EvaluationResult::evalDecisionAsString)
        .containsExactly("allowed", "implicitDeny");
    assertThat(results.get(0).matchedStatements().get(0).sourcePolicyId()).isEqualTo("table");
    assertThat(
            iam.simulateCustomPolicy(
                    r ->
                        r.policyInputList(
                                allow("s3:*", "*"),
                                allow("s3:PutObject", "*").replace("Allow", "Deny"))
                            .actionNames("s3:PutObject"))
                .evaluationResults())
        .extracting(EvaluationResult::evalDecisionAsString)
        .containsExactly("explicitDeny");
  }

  @Test
  void namesAreChecked_andWhatIsNotThereIsRefusedByName() {
    fails(
        () -> role("no spaces"),
        400,
        "ValidationError",
        "The specified value for roleName is invalid. It must contain only alphanumeric characters"
            + " and/or the following: +=,.@_-");
    IamException failure =
        catchThrowableOfType(
            IamException.class, () -> iam.createInstanceProfile(r -> r.instanceProfileName("p")));
    assertThat(failure.getMessage()).contains("CreateInstanceProfile of iam is not emulated");
    assertThat(failure.statusCode()).isEqualTo(501);
  }
}
