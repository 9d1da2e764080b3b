package dev.cloudtask.localcloud.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** User pools out of a template. */
class ResourcesTest {
  private static final String POOL =
      """
      Resources:
        Pool:
          Type: AWS::Cognito::UserPool
          Properties:
            UsernameAttributes: [email]
            UsernameConfiguration:
              CaseSensitive: false
            AutoVerifiedAttributes: [email]
            AccountRecoverySetting:
              RecoveryMechanisms:
                - Name: verified_email
                  Priority: 1
            Policies:
              PasswordPolicy:
                MinimumLength: %d
                RequireLowercase: true
      """;
  private static final String REST =
      """
        Client:
          Type: AWS::Cognito::UserPoolClient
          Properties:
            UserPoolId: !Ref Pool
            GenerateSecret: false
            ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
            PreventUserExistenceErrors: ENABLED
        Staff:
          Type: AWS::Cognito::UserPoolGroup
          Properties:
            UserPoolId: !Ref Pool
            GroupName: staff
            Precedence: 3
        Domain:
          Type: AWS::Cognito::UserPoolDomain
          Properties:
            UserPoolId: !Ref Pool
            Domain: cloudtask-people
      Outputs:
        PoolId: {Value: !Ref Pool}
        ClientId: {Value: !Ref Client}
        Group: {Value: !Ref Staff}
        Domain: {Value: !Ref Domain}
        Arn: {Value: !GetAtt Pool.Arn}
        ProviderName: {Value: !GetAtt Pool.ProviderName}
        ProviderUrl: {Value: !GetAtt Pool.ProviderURL}
      """;
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static CloudFormationClient stacks() {
    return cloud.client(CloudFormationClient.builder());
  }

  private static CognitoIdentityProviderClient cognito() {
    return cloud.client(CognitoIdentityProviderClient.builder());
  }

  private static Stack deploy(String name, String template) {
    stacks().createStack(r -> r.stackName(name).templateBody(template));
    return settled(name);
  }

  private static Stack settled(String name) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      Stack stack = stacks().describeStacks(r -> r.stackName(name)).stacks().get(0);
      if (!stack.stackStatusAsString().endsWith("IN_PROGRESS")) {
        return stack;
      }
      assertThat(Instant.now()).as("stack " + name).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Map<String, String> outputs(Stack stack) {
    Map<String, String> outputs = new TreeMap<>();
    stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    return outputs;
  }

  /** Returns why a resource failed. */
  private static String reason(String stack, String logicalId) {
    return stacks().describeStackEvents(r -> r.stackName(stack)).stackEvents().stream()
        .filter(event -> event.logicalResourceId().equals(logicalId))
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .map(StackEvent::resourceStatusReason)
        .findFirst()
        .orElse("");
  }

  @Fact("CFN-039")
  @Test
  void pool_client_group_andDomain_areMade_changedInPlace_andDeleted() {
    Stack made = deploy("people", POOL.formatted(8) + REST);
    assertThat(made.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    Map<String, String> outputs = outputs(made);
    String id = outputs.get("PoolId");
    assertThat(id).matches("us-east-1_[A-Za-z0-9]{9}");
    assertThat(outputs)
        .containsEntry("Arn", "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + id)
        .containsEntry("ProviderName", "cognito-idp.us-east-1.amazonaws.com/" + id)
        .containsEntry("ProviderUrl", "https://cognito-idp.us-east-1.amazonaws.com/" + id)
        .containsEntry("Group", "staff")
        .containsEntry("Domain", "cloudtask-people");
    UserPoolType pool = cognito().describeUserPool(r -> r.userPoolId(id)).userPool();
    assertThat(pool.name()).startsWith("people-Pool-").doesNotContain("null");
    assertThat(pool.usernameConfiguration().caseSensitive()).isFalse();
    assertThat(pool.policies().passwordPolicy().requireUppercase()).isFalse();
    assertThat(pool.domain()).isEqualTo("cloudtask-people");
    assertThat(pool.userPoolTags()).containsEntry("aws:cloudformation:stack-name", "people");
    assertThat(
            cognito()
                .describeUserPoolClient(r -> r.userPoolId(id).clientId(outputs.get("ClientId")))
                .userPoolClient()
                .preventUserExistenceErrors())
        .isEqualTo(PreventUserExistenceErrorTypes.ENABLED);

    stacks().updateStack(r -> r.stackName("people").templateBody(POOL.formatted(12) + REST));
    Stack changed = settled("people");
    assertThat(changed.stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(outputs(changed)).containsEntry("PoolId", id);
    assertThat(
            cognito()
                .describeUserPool(r -> r.userPoolId(id))
                .userPool()
                .policies()
                .passwordPolicy()
                .minimumLength())
        .isEqualTo(12);

    String stackId = changed.stackId();
    stacks().deleteStack(r -> r.stackName("people"));
    assertThat(settled(stackId).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(Pools.failure(() -> cognito().describeUserPool(r -> r.userPoolId(id))))
        .startsWith("ResourceNotFoundException");
  }

  @Test
  void legacyAndNewFlowsMixed_failTheStack() {
    Stack stack =
        deploy(
            "mixed",
            POOL.formatted(8)
                + """
                  Client:
                    Type: AWS::Cognito::UserPoolClient
                    Properties:
                      UserPoolId: !Ref Pool
                      ExplicitAuthFlows: [USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
                """);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(reason("mixed", "Client")).contains("ALLOW_").contains("ExplicitAuthFlows");
  }

  @Test
  void aliasAndUsernameAttributes_failTheStack() {
    Stack stack =
        deploy(
            "both",
            """
            Resources:
              Pool:
                Type: AWS::Cognito::UserPool
                Properties:
                  UsernameAttributes: [email]
                  AliasAttributes: [email]
            """);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(reason("both", "Pool"))
        .contains("Only one of the aliasAttributes or usernameAttributes can be set");
  }

  @Test
  void trigger_isRefusedByName() {
    Stack stack =
        deploy(
            "trigger",
            """
            Resources:
              Pool:
                Type: AWS::Cognito::UserPool
                Properties:
                  LambdaConfig:
                    PreSignUp: arn:aws:lambda:us-east-1:000000000000:function:check
            """);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(reason("trigger", "Pool")).contains("LambdaConfig");
  }

  @Test
  void signInNames_cannotChangeInPlace() {
    deploy("fixed", POOL.formatted(8));
    stacks()
        .updateStack(
            r ->
                r.stackName("fixed")
                    .templateBody(
                        POOL.formatted(8)
                            .replace(
                                "UsernameAttributes: [email]",
                                "UsernameAttributes: [phone_number]")));

    assertThat(settled("fixed").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(reason("fixed", "Pool"))
        .contains("Updates are not allowed for property - UsernameAttributes.");
  }
}
