package dev.cloudtask.localcloud.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment pictures an API: what it does not wait for is not in it, wherever it stands. */
class DeploymentOrderTest {
  private static final String API =
      """
        Api:
          Type: AWS::ApiGateway::RestApi
          Properties: {Name: pictured}
      """;
  private static final String ROOT =
      """
        Root:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: GET
            AuthorizationType: NONE
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{"statusCode": 200}'}
              IntegrationResponses: [{StatusCode: '200'}]
            MethodResponses: [{StatusCode: '200'}]
      """;
  private static final String CHILD =
      """
        Path:
          Type: AWS::ApiGateway::Resource
          Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: child}
        Child:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !Ref Path
            HttpMethod: GET
            AuthorizationType: NONE
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{"statusCode": 200}'}
              IntegrationResponses: [{StatusCode: '200'}]
            MethodResponses: [{StatusCode: '200'}]
      """;
  private static final String OUTPUTS =
      """
      Outputs:
        Url: {Value: !Sub 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}'}
      """;

  @TempDir Path folder;

  private static String deployment(String dependsOn) {
    return """
        Deployment:
          Type: AWS::ApiGateway::Deployment
      %s    Properties: {RestApiId: !Ref Api}
        Stage:
          Type: AWS::ApiGateway::Stage
          Properties: {RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: prod}
      """
        .formatted(dependsOn.isEmpty() ? "" : "    DependsOn: " + dependsOn + "\n");
  }

  private static String template(boolean deploymentFirst, String dependsOn) {
    String deployment = deployment(dependsOn);
    return "Resources:\n"
        + (deploymentFirst ? deployment + API + ROOT + CHILD : API + ROOT + CHILD + deployment)
        + OUTPUTS;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deploymentThatWaitsForNoMethod_isRefused_andToldWhatIsNotThereYet(boolean first)
      throws IOException {
    try (LocalCloud cloud = LocalCloud.builder().start()) {
      assertThatExceptionOfType(DeploymentFailedException.class)
          .isThrownBy(() -> deploy(cloud, template(first, "")))
          .satisfies(
              e -> {
                assertThat(e.reason()).contains("The REST API doesn't contain any methods");
                assertThat(e.where()).contains("Deployment");
                assertThat(e.advice()).contains("Root", "DependsOn");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void methodThatIsNotWaitedFor_isNotInTheDeployment(boolean first) throws Exception {
    try (LocalCloud cloud = LocalCloud.builder().start()) {
      String url = deploy(cloud, template(first, "Child"));

      assertThat(get(url + "/child").statusCode()).isEqualTo(200);
      assertThat(get(url + "/").statusCode()).isEqualTo(403);
      assertThat(get(url + "/").body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    }
  }

  @Test
  void methodsThatAreWaitedFor_areInTheDeployment() throws Exception {
    try (LocalCloud cloud = LocalCloud.builder().start()) {
      String url = deploy(cloud, template(true, "[Root, Child]"));

      assertThat(get(url + "/child").statusCode()).isEqualTo(200);
      assertThat(get(url + "/").statusCode()).isEqualTo(200);
    }
  }

  private String deploy(LocalCloud cloud, String template) throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, template);
    String url = cloud.deploy(file, "pictured").outputs().getOrDefault("Url", "");
    return cloud.names().toLocal(url);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
