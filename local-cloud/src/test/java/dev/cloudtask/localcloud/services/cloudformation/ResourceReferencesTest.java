package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What Ref and Fn::GetAtt give, and how what has no name is named, seen by the services' clients.
 */
class ResourceReferencesTest {
  private TestStacks stacks;

  @BeforeEach
  void start() {
    stacks = TestStacks.start();
  }

  @AfterEach
  void stop() {
    stacks.close();
  }

  private static Map<String, String> outputs(Stack stack) {
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  @Test
  @Fact("CFN-042")
  void apiGateway_refsAreIds_andTheStagesItsName() {
    Stack stack =
        stacks.create(
            "api",
            """
            Resources:
              Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: tasks}}
              Tasks:
                Type: AWS::ApiGateway::Resource
                Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: tasks}
              Pool: {Type: AWS::Cognito::UserPool}
              Login:
                Type: AWS::ApiGateway::Authorizer
                Properties:
                  RestApiId: !Ref Api
                  Name: login
                  Type: COGNITO_USER_POOLS
                  IdentitySource: method.request.header.Authorization
                  ProviderARNs: [!GetAtt Pool.Arn]
              Get:
                Type: AWS::ApiGateway::Method
                Properties:
                  RestApiId: !Ref Api
                  ResourceId: !Ref Tasks
                  HttpMethod: GET
                  AuthorizationType: NONE
                  Integration: {Type: MOCK}
              Deployment:
                Type: AWS::ApiGateway::Deployment
                DependsOn: Get
                Properties: {RestApiId: !Ref Api}
              Stage:
                Type: AWS::ApiGateway::Stage
                Properties: {RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: prod}
            Outputs:
              Api: {Value: !Ref Api}
              ApiId: {Value: !GetAtt Api.RestApiId}
              Root: {Value: !GetAtt Api.RootResourceId}
              Tasks: {Value: !Ref Tasks}
              Login: {Value: !Ref Login}
              Deployment: {Value: !Ref Deployment}
              Stage: {Value: !Ref Stage}
            """);

    assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    Map<String, String> values = outputs(stack);
    ApiGatewayClient client = stacks.cloud().client(ApiGatewayClient.builder());
    RestApi api = client.getRestApis().items().get(0);
    assertThat(values)
        .containsEntry("Api", api.id())
        .containsEntry("ApiId", api.id())
        .containsEntry("Root", api.rootResourceId())
        .containsEntry(
            "Tasks",
            client.getResources(r -> r.restApiId(api.id())).items().stream()
                .filter(each -> each.path().equals("/tasks"))
                .findFirst()
                .orElseThrow()
                .id())
        .containsEntry(
            "Login", client.getAuthorizers(r -> r.restApiId(api.id())).items().get(0).id())
        .containsEntry(
            "Deployment", client.getDeployments(r -> r.restApiId(api.id())).items().get(0).id())
        .containsEntry("Stage", "prod");
    assertThat(client.getStage(r -> r.restApiId(api.id()).stageName("prod")).deploymentId())
        .isEqualTo(values.get("Deployment"));
  }

  @Test
  @Fact("CFN-043")
  void tableAndLogGroup_refsAreNames_andAttributesArns() {
    String template =
        """
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              StreamSpecification: {StreamViewType: KEYS_ONLY}
          Group: {Type: AWS::Logs::LogGroup}
        Outputs:
          Table: {Value: !Ref Table}
          TableArn: {Value: !GetAtt Table.Arn}
          StreamArn: {Value: !GetAtt Table.StreamArn}
          Group: {Value: !Ref Group}
          GroupArn: {Value: !GetAtt Group.Arn}
        """;
    Stack stack = stacks.create("kept", template);

    assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    Map<String, String> values = outputs(stack);
    TableDescription table =
        stacks
            .cloud()
            .client(DynamoDbClient.builder())
            .describeTable(r -> r.tableName(values.get("Table")))
            .table();
    assertThat(values)
        .containsEntry("TableArn", table.tableArn())
        .containsEntry("StreamArn", table.latestStreamArn());
    assertThat(
            stacks
                .cloud()
                .client(CloudWatchLogsClient.builder())
                .describeLogGroups(r -> r.logGroupNamePrefix(values.get("Group")))
                .logGroups()
                .get(0)
                .arn())
        .isEqualTo(values.get("GroupArn"))
        .endsWith(":log-group:" + values.get("Group") + ":*");

    // StreamArn is there only with a stream.
    Stack without =
        stacks.create(
            "plain",
            template.replace("      StreamSpecification: {StreamViewType: KEYS_ONLY}\n", ""));
    assertThat(without.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
  }

  @Test
  @Fact("CFN-045")
  void functionRoleAndPermission_areNamedAfterStackAndId_inMixedCase() throws IOException {
    S3Client s3 = stacks.cloud().client(S3Client.builder());
    s3.createBucket(r -> r.bucket("code"));
    s3.putObject(r -> r.bucket("code").key("code.zip"), RequestBody.fromBytes(zip()));
    Stack stack =
        stacks.create(
            "MyStack",
            """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
              HelloFunction:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: java21
                  Handler: a.Handler
                  Role: !GetAtt Role.Arn
                  Code: {S3Bucket: code, S3Key: code.zip}
              Invoke:
                Type: AWS::Lambda::Permission
                Properties:
                  FunctionName: !Ref HelloFunction
                  Action: lambda:InvokeFunction
                  Principal: apigateway.amazonaws.com
            Outputs:
              Function: {Value: !Ref HelloFunction}
              Role: {Value: !Ref Role}
            """);

    assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    Map<String, String> values = outputs(stack);
    assertThat(values.get("Function")).matches("MyStack-HelloFunction-[A-Za-z0-9]{12}");
    assertThat(values.get("Role")).matches("MyStack-Role-[A-Za-z0-9]{12}");
    assertThat(
            stacks
                .cloud()
                .client(LambdaClient.builder())
                .getPolicy(r -> r.functionName(values.get("Function")))
                .policy())
        .containsPattern("\"Sid\":\"MyStack-Invoke-[A-Za-z0-9]{12}\"");
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write('a');
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  @Fact("CFN-047")
  void logGroupThatExists_rollsBack_andIsLeftAlone() {
    CloudWatchLogsClient logs = stacks.cloud().client(CloudWatchLogsClient.builder());
    logs.createLogGroup(r -> r.logGroupName("/mine").tags(Map.of("by", "hand")));

    Stack stack =
        stacks.create(
            "groups",
            "Resources: {Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: /mine}}}");

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("groups", "Group").toString()).contains("already exists");
    assertThat(logs.describeLogGroups(r -> r.logGroupNamePrefix("/mine")).logGroups()).hasSize(1);
  }
}
