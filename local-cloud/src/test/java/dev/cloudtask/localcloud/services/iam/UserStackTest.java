package dev.cloudtask.localcloud.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.TestCloud;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A user, its key and an origin request policy, made by a template. */
class UserStackTest {
  private static final String TEMPLATE =
      """
      Resources:
        Deployer:
          Type: AWS::IAM::User
          Properties:
            Policies:
              - PolicyName: look
                PolicyDocument:
                  Version: '2012-10-17'
                  Statement: [ { Effect: Allow, Action: 'iam:GetUser', Resource: '*' } ]
        Key:
          Type: AWS::IAM::AccessKey
          Properties: { UserName: !Ref Deployer }
        Forward:
          Type: AWS::CloudFront::OriginRequestPolicy
          Properties:
            OriginRequestPolicyConfig:
              Name: forward
              HeadersConfig: { HeaderBehavior: none }
              CookiesConfig: { CookieBehavior: none }
              QueryStringsConfig: { QueryStringBehavior: all }
      Outputs:
        User: { Value: !GetAtt Deployer.Arn }
        KeyId: { Value: !Ref Key }
        Secret: { Value: !GetAtt Key.SecretAccessKey }
        Policy: { Value: !Ref Forward }
      """;

  @Test
  void userOfATemplate_signsWithItsKey_andGoesWithTheStack() {
    try (TestCloud cloud = TestCloud.start()) {
      CloudFormationClient stacks = cloud.client(CloudFormationClient.builder());
      stacks.createStack(
          s ->
              s.stackName("people")
                  .templateBody(TEMPLATE)
                  .capabilities(Capability.CAPABILITY_NAMED_IAM));
      stacks.waiter().waitUntilStackCreateComplete(s -> s.stackName("people"));
      Stack stack = stacks.describeStacks(s -> s.stackName("people")).stacks().get(0);
      Map<String, String> outputs =
          stack.outputs().stream()
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));

      AwsBasicCredentials key =
          AwsBasicCredentials.create(outputs.get("KeyId"), outputs.get("Secret"));
      StsClient sts = cloud.client(StsClient.builder(), key);
      IamClient iam = cloud.client(IamClient.builder());
      CloudFrontClient cloudFront = cloud.client(CloudFrontClient.builder());

      assertThat(sts.getCallerIdentity().arn()).isEqualTo(outputs.get("User"));
      assertThat(
              cloudFront
                  .getOriginRequestPolicy(p -> p.id(outputs.get("Policy")))
                  .originRequestPolicy()
                  .originRequestPolicyConfig()
                  .name())
          .isEqualTo("forward");

      stacks.deleteStack(s -> s.stackName("people"));
      stacks.waiter().waitUntilStackDeleteComplete(s -> s.stackName("people"));
      assertThat(iam.listUsers().users()).isEmpty();
    }
  }
}
