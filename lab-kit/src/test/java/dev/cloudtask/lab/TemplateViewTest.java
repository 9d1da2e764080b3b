package dev.cloudtask.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateViewTest {
  @TempDir Path folder;

  @Test
  void places_areTheDeepestThatTheTemplateHas() throws IOException {
    TemplateView template =
        read(
            """
            Resources:
              Notes:
                Type: AWS::S3::Bucket
                Properties:
                  WebsiteConfiguration:
                    IndexDocument: index.html
            Outputs:
              Bucket:
                Value: !Ref Notes
            """);

    assertThat(template.resourcesOfType("AWS::S3::Bucket")).containsExactly("Notes");
    assertThat(template.resourcePlace("Notes", "Properties", "WebsiteConfiguration"))
        .isEqualTo("template.yaml:5  Notes > Properties > WebsiteConfiguration");
    assertThat(template.resourcePlace("Notes", "Properties", "BucketName"))
        .isEqualTo("template.yaml:4  Notes > Properties > BucketName");
    assertThat(template.outputPlace("Bucket")).isEqualTo("template.yaml:8  Outputs > Bucket");
    assertThat(template.outputReference("Bucket")).contains("Notes");
    assertThat(template.outputReference("Other")).isEmpty();
  }

  @Test
  void jsonAndLongForms_areReadToo() throws IOException {
    TemplateView template =
        read(
            """
            {"Resources": {"Notes": {"Type": "AWS::S3::Bucket"}},
             "Outputs": {"Bucket": {"Value": {"Ref": "Notes"}}}}
            """);

    assertThat(template.resourcesOfType("AWS::S3::Bucket")).containsExactly("Notes");
    assertThat(template.outputReference("Bucket")).contains("Notes");
  }

  @Test
  void placesInLists_areFoundByNumber_andShowTheirValue() throws IOException {
    TemplateView template =
        read(
            """
            Resources:
              Edge:
                Type: AWS::CloudFront::Distribution
                Properties:
                  Origins:
                    - Id: one
                    - Id: two
                      DomainName: !GetAtt Site.DomainName
            """);

    assertThat(template.resourcePlace("Edge", "Properties", "Origins", "1", "Id"))
        .isEqualTo("template.yaml:7  Edge > Properties > Origins[1] > Id: two");
    assertThat(template.resourcePlace("Edge", "Properties", "Origins", "1", "DomainName"))
        .isEqualTo("template.yaml:8  Edge > Properties > Origins[1] > DomainName");
    assertThat(template.resourcePlace("Edge", "Properties", "Origins", "2", "Id"))
        .isEqualTo("template.yaml:5  Edge > Properties > Origins[2] > Id");
  }

  @Test
  void referencesAndTexts_areFoundInEveryForm() throws IOException {
    TemplateView template =
        read(
            """
            Resources:
              Api: {Type: A}
              Function: {Type: A}
              Role: {Type: A}
              Method:
                Type: AWS::ApiGateway::Method
                DependsOn: [Role]
                Properties:
                  RestApiId: !Ref Api
                  HttpMethod: PUT
                  Other: {Ref: Api}
                  Uri: !Sub "arn:${AWS::Region}:lambda/${Function.Arn}/invocations"
                  Joined: !Join ["", [a, !GetAtt Function.Arn]]
                  Long: {Fn::GetAtt: [Role, Arn]}
            """);

    assertThat(template.text("Method", "Properties", "HttpMethod")).contains("PUT");
    assertThat(template.text("Method", "Properties", "RestApiId")).isEmpty();
    assertThat(template.text("Method", "DependsOn", "0")).contains("Role");
    assertThat(template.references("Method", "Properties", "RestApiId")).containsExactly("Api");
    assertThat(template.references("Method", "Properties", "Other")).containsExactly("Api");
    assertThat(template.references("Method", "Properties", "Uri")).containsExactly("Function");
    assertThat(template.references("Method", "Properties", "Joined")).containsExactly("Function");
    assertThat(template.references("Method", "Properties", "Long")).containsExactly("Role");
    assertThat(template.references("Method", "Properties", "None")).isEmpty();
    assertThat(template.references("Method")).containsExactly("Role", "Api", "Function");
  }

  @Test
  void values_listsAndReferences_areFound() throws IOException {
    TemplateView template =
        read(
            """
            Resources:
              Api:
                Type: AWS::ApiGateway::RestApi
              Tasks:
                Type: AWS::ApiGateway::Resource
                Properties:
                  ParentId: !GetAtt Api.RootResourceId
                  PathPart: tasks
              Task:
                Type: AWS::ApiGateway::Resource
                Properties:
                  ParentId: !Ref Tasks
                  PathPart: "{id}"
              Put:
                Type: AWS::ApiGateway::Method
                Properties:
                  HttpMethod: PUT
                  ResourceId: !Ref Task
                  Integration:
                    Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/${Function.Arn}/x"
                    Codes: ["200", "404"]
              Function:
                Type: AWS::Lambda::Function
            """);

    assertThat(template.apiMethods("PUT", "/tasks/{taskId}")).containsExactly("Put");
    assertThat(template.apiMethods("PUT", "/tasks")).isEmpty();
    assertThat(template.references("Put")).containsExactly("Task", "Function");
    assertThat(template.references("Put", "Properties", "Integration")).containsExactly("Function");
    assertThat(template.resourcesReferringTo("Function", "AWS::ApiGateway::Method"))
        .containsExactly("Put");
    assertThat(
            template.resourcesWith(
                "AWS::ApiGateway::Method", "404", "Properties", "Integration", "Codes"))
        .containsExactly("Put");
    assertThat(template.resourcePlace("Put", "Properties", "Integration", "Codes", "1"))
        .isEqualTo("template.yaml:21  Put > Properties > Integration > Codes[1]: 404");
    assertThat(template.text("Task", "Properties", "PathPart")).contains("{id}");
  }

  @Test
  void templateOfTodos_isEmpty() throws IOException {
    assertThat(read("Resources:\n  # TODO\n").isEmpty()).isTrue();
    assertThat(read("").isEmpty()).isTrue();
    assertThat(read("Description: nothing\n").resourcesPlace())
        .isEqualTo("template.yaml  (it has no Resources)");
  }

  @Test
  void textThatIsNoYaml_isFoundWithItsLine() {
    assertThatThrownBy(() -> read("Resources:\n  Notes:\n    Type: [a\n  b: c\n"))
        .isInstanceOfSatisfying(
            Finding.class,
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.NOT_DEPLOYED);
              assertThat(finding.where()).hasValueSatisfying(w -> assertThat(w).contains(":4"));
            });
  }

  private TemplateView read(String text) throws IOException {
    return TemplateView.read(Files.writeString(folder.resolve("template.yaml"), text));
  }
}
