package dev.cloudtask.localcloud.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiResponse;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.GatewayResponseType;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodResponse;

class ControlPlaneTest {
  private static final String FUNCTION_URI =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";

  private final TestCloud cloud = TestCloud.start();

  /** With Apache's client: the one of Java's own URL connection knows no PATCH. */
  private final ApiGatewayClient gateway =
      ApiGatewayClient.builder()
          .endpointOverride(cloud.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
          .httpClientBuilder(ApacheHttpClient.builder())
          .build();

  private String api = "";
  private String root = "";

  @BeforeEach
  void createApi() {
    CreateRestApiResponse made = gateway.createRestApi(a -> a.name("tasks"));
    api = made.id();
    root = made.rootResourceId();
  }

  @AfterEach
  void close() {
    gateway.close();
    cloud.close();
  }

  private static void fails(ThrowingCallable call, int status, String code, String message) {
    ApiGatewayException failure = catchThrowableOfType(ApiGatewayException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(failure.statusCode()).isEqualTo(status);
  }

  private static PatchOperation patch(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }

  private String resource(String parent, String part) {
    return gateway.createResource(r -> r.restApiId(api).parentId(parent).pathPart(part)).id();
  }

  private void mock(String resource, String method) {
    gateway.putMethod(
        m -> m.restApiId(api).resourceId(resource).httpMethod(method).authorizationType("NONE"));
    gateway.putIntegration(
        i ->
            i.restApiId(api)
                .resourceId(resource)
                .httpMethod(method)
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
  }

  @Test
  void aNewApiHasAwsDefaults() {
    var shown = gateway.getRestApi(a -> a.restApiId(api));
    assertThat(shown.name()).isEqualTo("tasks");
    assertThat(shown.endpointConfiguration().types()).containsExactly(EndpointType.EDGE);
    assertThat(shown.apiKeySourceAsString()).isEqualTo("HEADER");
    assertThat(shown.disableExecuteApiEndpoint()).isFalse();
    assertThat(shown.createdDate()).isNotNull();
    assertThat(gateway.getRestApis().items()).extracting(a -> a.id()).containsExactly(api);
    assertThat(gateway.getModels(m -> m.restApiId(api)).items())
        .extracting(m -> m.name())
        .containsExactly("Empty", "Error");
    assertThat(gateway.getResources(r -> r.restApiId(api)).items())
        .extracting(Resource::path)
        .containsExactly("/");
  }

  @Test
  void apisAreValidated() {
    fails(
        () -> gateway.createRestApi(a -> a.name("x").description("")),
        400,
        "BadRequestException",
        "Description cannot be an empty string");
    fails(
        () -> gateway.createRestApi(a -> a.name("x").minimumCompressionSize(-1)),
        400,
        "BadRequestException",
        "Invalid minimum compression size, must be between 0 and 10485760");
    fails(
        () ->
            gateway.createRestApi(
                a ->
                    a.name("x")
                        .endpointConfiguration(
                            e -> e.types(EndpointType.EDGE, EndpointType.REGIONAL))),
        400,
        "BadRequestException",
        "Cannot create an api with multiple Endpoint Types.");
    fails(
        () ->
            gateway.createRestApi(
                a -> a.name("x").endpointConfiguration(e -> e.typesWithStrings("wrong"))),
        400,
        "ValidationException",
        "1 validation error detected: Value '[wrong]' at"
            + " 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint:"
            + " Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE,"
            + " EDGE, REGIONAL]]");
    fails(
        () -> gateway.getRestApi(a -> a.restApiId("nothere")),
        404,
        "NotFoundException",
        "Invalid API identifier specified 000000000000:nothere");
  }

  @Test
  void apisArePatched() {
    var changed =
        gateway.updateRestApi(
            a ->
                a.restApiId(api)
                    .patchOperations(
                        patch(Op.REPLACE, "/name", "todo"),
                        patch(Op.ADD, "/binaryMediaTypes/image~1png", ""),
                        patch(Op.REPLACE, "/endpointConfiguration/types/EDGE", "REGIONAL")));
    assertThat(changed.name()).isEqualTo("todo");
    assertThat(changed.binaryMediaTypes()).containsExactly("image/png");
    assertThat(changed.endpointConfiguration().types()).containsExactly(EndpointType.REGIONAL);
    fails(
        () ->
            gateway.updateRestApi(
                a ->
                    a.restApiId(api)
                        .patchOperations(patch(Op.ADD, "/minimumCompressionSize", "10"))),
        400,
        "BadRequestException",
        "Invalid patch operation specified. Must be one of: [replace]");
    fails(
        () ->
            gateway.updateRestApi(
                a -> a.restApiId(api).patchOperations(patch(Op.ADD, "/binaryMediaTypes", "a/b"))),
        400,
        "BadRequestException",
        "Invalid patch path /binaryMediaTypes");
  }

  @Test
  @Fact("API-049")
  void idsOfResourcesAndDeploymentsAreSixLowerCaseAlphanumerics() {
    String pets = resource(root, "pets");
    mock(pets, "GET");
    assertThat(pets).matches("[a-z0-9]{6}");
    assertThat(gateway.createDeployment(d -> d.restApiId(api)).id()).matches("[a-z0-9]{6}");
  }

  @Test
  void resourcesKeepTheirRules() {
    String pets = resource(root, "pets");
    resource(pets, "{petId}");
    fails(
        () -> resource(root, "pets"),
        409,
        "ConflictException",
        "Another resource with the same parent already has this name: pets");
    fails(
        () -> resource(pets, "{other+}"),
        400,
        "BadRequestException",
        "A sibling ({petId}) of this resource already has a variable path part -- only one is"
            + " allowed");
    String greedy = resource(root, "{proxy+}");
    fails(
        () -> resource(greedy, "child"),
        400,
        "BadRequestException",
        "Cannot create a child of a resource with a greedy path variable: {proxy+}");
    fails(
        () -> resource(root, "a b"),
        400,
        "BadRequestException",
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
            + " braces at the beginning and the end.");
    fails(
        () -> resource("nothere", "x"),
        404,
        "NotFoundException",
        "Invalid Resource identifier specified");
    fails(
        () ->
            gateway.updateResource(
                r ->
                    r.restApiId(api)
                        .resourceId(pets)
                        .patchOperations(patch(Op.REPLACE, "/invalid", "x"))),
        400,
        "BadRequestException",
        "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId,"
            + " /pathPart]");
    gateway.updateResource(
        r ->
            r.restApiId(api)
                .resourceId(pets)
                .patchOperations(patch(Op.REPLACE, "/pathPart", "dogs")));
    assertThat(gateway.getResources(r -> r.restApiId(api)).items())
        .extracting(Resource::path)
        .containsExactly("/", "/dogs", "/dogs/{petId}", "/{proxy+}");
    gateway.deleteResource(r -> r.restApiId(api).resourceId(pets));
    assertThat(gateway.getResources(r -> r.restApiId(api)).items())
        .extracting(Resource::path)
        .containsExactly("/", "/{proxy+}");
  }

  @Test
  @Fact("API-045")
  void aMethodWithAnAuthorizationNeedsItsAuthorizer() {
    for (String type : List.of("COGNITO_USER_POOLS", "CUSTOM")) {
      fails(
          () ->
              gateway.putMethod(
                  m ->
                      m.restApiId(api)
                          .resourceId(root)
                          .httpMethod("GET")
                          .authorizationType(type)
                          .authorizerId("abc123")),
          400,
          "BadRequestException",
          "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
              + " COGNITO_USER_POOLS requires a valid authorizer.");
    }
    String authorizer =
        gateway
            .createAuthorizer(
                a ->
                    a.restApiId(api)
                        .name("pool")
                        .type(AuthorizerType.COGNITO_USER_POOLS)
                        .identitySource("method.request.header.Authorization")
                        .providerARNs(
                            "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Ab3"))
            .id();
    var method =
        gateway.putMethod(
            m ->
                m.restApiId(api)
                    .resourceId(root)
                    .httpMethod("GET")
                    .authorizationType("COGNITO_USER_POOLS")
                    .authorizerId(authorizer));
    assertThat(method.authorizerId()).isEqualTo(authorizer);
  }

  @Test
  void methodsAreValidated() {
    fails(
        () ->
            gateway.putMethod(
                m ->
                    m.restApiId(api)
                        .resourceId(root)
                        .httpMethod("FETCH")
                        .authorizationType("NONE")),
        400,
        "BadRequestException",
        "Invalid HttpMethod specified. Valid options are"
            + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
    fails(
        () ->
            gateway.putMethod(
                m ->
                    m.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .authorizationType("NONE")
                        .requestModels(Map.of("application/json", "petModel"))),
        400,
        "BadRequestException",
        "Invalid model identifier specified: petModel");
    fails(
        () ->
            gateway.putMethod(
                m ->
                    m.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .authorizationType("NONE")
                        .requestValidatorId("abc")),
        400,
        "BadRequestException",
        "Invalid Request Validator identifier specified");
    mock(root, "GET");
    fails(
        () -> mock(root, "GET"),
        409,
        "ConflictException",
        "Method already exists for this resource");
    fails(
        () -> gateway.getMethod(m -> m.restApiId(api).resourceId(root).httpMethod("PUT")),
        404,
        "NotFoundException",
        "Invalid Method identifier specified");
    fails(
        () ->
            gateway.updateMethod(
                m ->
                    m.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .patchOperations(patch(Op.REPLACE, "/httpMethod", "PUT"))),
        400,
        "BadRequestException",
        "Invalid patch path /httpMethod");
  }

  @Test
  void integrationsAreValidated() {
    mock(root, "GET");
    record Wrong(String uri, String message) {}
    for (Wrong wrong :
        List.of(
            new Wrong("not-an-arn", "Invalid ARN specified in the request"),
            new Wrong(
                "arn:aws:apigateway:us-east-1:lambda:test",
                "AWS ARN for integration must contain path or action"),
            new Wrong(
                "arn:aws:apigateway:us-east-1:s3:path/b/k",
                "Integrations of type 'AWS_PROXY' currently only supports Lambda function and"
                    + " Firehose stream invocations."),
            new Wrong(FUNCTION_URI.replace("/invocations", ""), "Invalid lambda function"))) {
      fails(
          () ->
              gateway.putIntegration(
                  i ->
                      i.restApiId(api)
                          .resourceId(root)
                          .httpMethod("GET")
                          .type(IntegrationType.AWS_PROXY)
                          .integrationHttpMethod("POST")
                          .uri(wrong.uri())),
          400,
          "BadRequestException",
          wrong.message());
    }
    fails(
        () ->
            gateway.putIntegration(
                i ->
                    i.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .type(IntegrationType.AWS_PROXY)
                        .uri(FUNCTION_URI)),
        400,
        "BadRequestException",
        "Enumeration value for HttpMethod must be non-empty");
    fails(
        () ->
            gateway.putIntegration(
                i ->
                    i.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .type(IntegrationType.MOCK)
                        .timeoutInMillis(49)),
        400,
        "BadRequestException",
        "Timeout should be between 50 ms and 29000 ms");
  }

  @Test
  void whatIsNotEmulatedIsRefusedByName() {
    mock(root, "GET");
    fails(
        () ->
            gateway.putIntegration(
                i ->
                    i.restApiId(api)
                        .resourceId(root)
                        .httpMethod("GET")
                        .type(IntegrationType.HTTP_PROXY)
                        .integrationHttpMethod("GET")
                        .uri("https://example.com")),
        501,
        "NotImplementedException",
        "type HTTP_PROXY of apigateway PutIntegration is not emulated by local-cloud. Emulated are"
            + " AWS_PROXY (Lambda) and MOCK.");
    ApiGatewayException keys =
        catchThrowableOfType(
            ApiGatewayException.class, () -> gateway.createApiKey(k -> k.name("x")));
    assertThat(keys.awsErrorDetails().errorMessage())
        .startsWith("The operation CreateApiKey of apigateway is not emulated by local-cloud.");
    ApiGatewayException template =
        catchThrowableOfType(
            ApiGatewayException.class,
            () ->
                gateway.putIntegration(
                    i ->
                        i.restApiId(api)
                            .resourceId(root)
                            .httpMethod("GET")
                            .type(IntegrationType.MOCK)
                            .requestTemplates(
                                Map.of("application/json", "#foreach($a in $b)x#end"))));
    assertThat(template.awsErrorDetails().errorMessage())
        .contains("Line 1: #foreach is not emulated");
  }

  @Test
  void aResponseHeaderMustBeDeclaredBeforeItIsMapped() {
    mock(root, "OPTIONS");
    String header = "method.response.header.Access-Control-Allow-Origin";
    fails(
        () ->
            gateway.putIntegrationResponse(
                r ->
                    r.restApiId(api)
                        .resourceId(root)
                        .httpMethod("OPTIONS")
                        .statusCode("200")
                        .responseParameters(Map.of(header, "'*'"))),
        400,
        "BadRequestException",
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [No"
            + " method response exists for method.]");
    gateway.putMethodResponse(
        r -> r.restApiId(api).resourceId(root).httpMethod("OPTIONS").statusCode("200"));
    fails(
        () ->
            gateway.putIntegrationResponse(
                r ->
                    r.restApiId(api)
                        .resourceId(root)
                        .httpMethod("OPTIONS")
                        .statusCode("200")
                        .responseParameters(Map.of(header, "'*'"))),
        400,
        "BadRequestException",
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression parameter specified: "
            + header
            + "]");
  }

  @Test
  @Fact("API-042")
  void anApiWithoutMethodsCannotBeDeployed() {
    fails(
        () -> gateway.createDeployment(d -> d.restApiId(api)),
        400,
        "BadRequestException",
        "The REST API doesn't contain any methods");
    gateway.putMethod(
        m -> m.restApiId(api).resourceId(root).httpMethod("GET").authorizationType("NONE"));
    fails(
        () -> gateway.createDeployment(d -> d.restApiId(api)),
        400,
        "BadRequestException",
        "No integration defined for method");
  }

  @Test
  @Fact("API-041")
  void aDeploymentThatAStageServesStays() {
    mock(root, "GET");
    String first =
        gateway.createDeployment(d -> d.restApiId(api).stageName("prod").description("one")).id();
    fails(
        () -> gateway.deleteDeployment(d -> d.restApiId(api).deploymentId(first)),
        400,
        "BadRequestException",
        "Active stages pointing to this deployment must be moved or deleted");
    String second = gateway.createDeployment(d -> d.restApiId(api).stageName("prod")).id();
    gateway.deleteDeployment(d -> d.restApiId(api).deploymentId(first));
    assertThat(gateway.getDeployments(d -> d.restApiId(api)).items())
        .extracting(d -> d.id())
        .containsExactly(second);
    assertThat(gateway.getStage(s -> s.restApiId(api).stageName("prod")).deploymentId())
        .isEqualTo(second);
    assertThat(gateway.getStages(s -> s.restApiId(api)).item()).hasSize(1);
  }

  @Test
  void stagesAreValidatedAndPatched() {
    mock(root, "GET");
    String deployment = gateway.createDeployment(d -> d.restApiId(api)).id();
    fails(
        () -> gateway.createStage(s -> s.restApiId(api).stageName("a b").deploymentId(deployment)),
        400,
        "BadRequestException",
        "Stage name only allows a-zA-Z0-9_-");
    gateway.createStage(s -> s.restApiId(api).stageName("prod").deploymentId(deployment));
    fails(
        () -> gateway.createStage(s -> s.restApiId(api).stageName("prod").deploymentId(deployment)),
        409,
        "ConflictException",
        "Stage already exists");
    var changed =
        gateway.updateStage(
            s ->
                s.restApiId(api)
                    .stageName("prod")
                    .patchOperations(
                        patch(Op.REPLACE, "/variables/colour", "blue"),
                        patch(Op.REPLACE, "/*/*/throttling/burstLimit", "123"),
                        patch(Op.REPLACE, "/tracingEnabled", "true")));
    assertThat(changed.variables()).containsEntry("colour", "blue");
    assertThat(changed.methodSettings())
        .hasEntrySatisfying(
            "*/*",
            setting -> {
              assertThat(setting.throttlingBurstLimit()).isEqualTo(123);
              assertThat(setting.throttlingRateLimit()).isEqualTo(10_000);
            });
    fails(
        () ->
            gateway.updateStage(
                s ->
                    s.restApiId(api)
                        .stageName("prod")
                        .patchOperations(patch(Op.REPLACE, "/*/*/logging/loglevel", "INFO"))),
        400,
        "BadRequestException",
        "CloudWatch Logs role ARN must be set in account settings to enable logging");
    fails(
        () -> gateway.getStage(s -> s.restApiId(api).stageName("dev")),
        404,
        "NotFoundException",
        "Invalid stage identifier specified");
  }

  @Test
  @Fact("API-048")
  void anAuthorizersAnswerIsKeptFrom0To3600Seconds() {
    fails(
        () ->
            gateway.createAuthorizer(
                a ->
                    a.restApiId(api)
                        .name("x")
                        .type(AuthorizerType.TOKEN)
                        .authorizerUri(FUNCTION_URI)
                        .identitySource("method.request.header.Authorization")
                        .authorizerResultTtlInSeconds(3601)),
        400,
        "BadRequestException",
        "Authorizer result TTL must be between 0 and 3600 seconds: 3601");
    var made =
        gateway.createAuthorizer(
            a ->
                a.restApiId(api)
                    .name("x")
                    .type(AuthorizerType.TOKEN)
                    .authorizerUri(FUNCTION_URI)
                    .identitySource("method.request.header.Authorization")
                    .authorizerResultTtlInSeconds(3600));
    assertThat(made.authorizerResultTtlInSeconds()).isEqualTo(3600);
  }

  @Test
  @Fact("API-036")
  void everyGatewayResponseHasTheDefaultTemplate() {
    var all = gateway.getGatewayResponses(g -> g.restApiId(api)).items();
    assertThat(all).hasSize(21);
    assertThat(all)
        .allSatisfy(
            r -> {
              assertThat(r.defaultResponse()).isTrue();
              assertThat(r.responseTemplates())
                  .isEqualTo(
                      Map.of("application/json", "{\"message\":$context.error.messageString}"));
            });
    gateway.putGatewayResponse(
        g ->
            g.restApiId(api)
                .responseType(GatewayResponseType.DEFAULT_5_XX)
                .statusCode("599")
                .responseParameters(Map.of("gatewayresponse.header.X", "'y'")));
    var inherited =
        gateway.getGatewayResponse(
            g -> g.restApiId(api).responseType(GatewayResponseType.INTEGRATION_FAILURE));
    assertThat(inherited.statusCode()).isEqualTo("599");
    assertThat(inherited.defaultResponse()).isTrue();
    assertThat(inherited.responseParameters()).containsEntry("gatewayresponse.header.X", "'y'");
    gateway.deleteGatewayResponse(
        g -> g.restApiId(api).responseType(GatewayResponseType.DEFAULT_5_XX));
    fails(
        () ->
            gateway.deleteGatewayResponse(
                g -> g.restApiId(api).responseType(GatewayResponseType.DEFAULT_5_XX)),
        404,
        "NotFoundException",
        "Gateway response type not defined on api");
  }

  @Test
  void aModelInUseStays() {
    gateway.createModel(
        m ->
            m.restApiId(api)
                .name("Pet")
                .contentType("application/json")
                .schema("{\"type\":\"object\"}"));
    gateway.putMethod(
        m ->
            m.restApiId(api)
                .resourceId(root)
                .httpMethod("ANY")
                .authorizationType("NONE")
                .requestModels(Map.of("application/json", "Pet")));
    fails(
        () -> gateway.deleteModel(m -> m.restApiId(api).modelName("Pet")),
        409,
        "ConflictException",
        "Cannot delete model 'Pet', is referenced in method request: //ANY");
    gateway.deleteMethod(m -> m.restApiId(api).resourceId(root).httpMethod("ANY"));
    gateway.deleteModel(m -> m.restApiId(api).modelName("Pet"));
    fails(
        () -> gateway.getModel(m -> m.restApiId(api).modelName("Pet")),
        404,
        "NotFoundException",
        "Invalid model name specified: Pet");
  }

  @Test
  void testInvokeMethodShowsAnswerAndLog() {
    String pets = resource(root, "pets");
    String pet = resource(pets, "{petId}");
    mock(pet, "GET");
    gateway.putMethodResponse(
        r -> r.restApiId(api).resourceId(pet).httpMethod("GET").statusCode("200"));
    gateway.putIntegrationResponse(
        r ->
            r.restApiId(api)
                .resourceId(pet)
                .httpMethod("GET")
                .statusCode("200")
                .responseTemplates(
                    Map.of("application/json", "{\"petId\": \"$input.params('petId')\"}")));
    TestInvokeMethodResponse tried =
        gateway.testInvokeMethod(
            t ->
                t.restApiId(api)
                    .resourceId(pet)
                    .httpMethod("GET")
                    .pathWithQueryString("/pets/123?foo=bar"));
    assertThat(tried.status()).isEqualTo(200);
    assertThat(tried.body()).isEqualTo("{\"petId\": \"123\"}");
    assertThat(tried.headers()).containsEntry("Content-Type", "application/json");
    assertThat(tried.log())
        .startsWith("Execution log for request ")
        .contains("HTTP Method: GET, Resource Path: /pets/123")
        .contains("Method request path: {petId=123}")
        .contains("Method request query string: {foo=bar}")
        .contains("Method completed with status: 200");
  }

  @Test
  void tagsAreAddedAndRemoved() {
    String arn = "arn:aws:apigateway:us-east-1::/restapis/" + api;
    gateway.tagResource(t -> t.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
    gateway.untagResource(t -> t.resourceArn(arn).tagKeys("a"));
    assertThat(gateway.getTags(t -> t.resourceArn(arn)).tags()).isEqualTo(Map.of("b", "2"));
  }
}
