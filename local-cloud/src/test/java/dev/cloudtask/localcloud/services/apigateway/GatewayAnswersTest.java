package dev.cloudtask.localcloud.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Op;

/** What the gateway answers by itself: mocks, gateway responses, validators. */
class GatewayAnswersTest {
  private final GatewayRig rig = new GatewayRig("EDGE");

  @AfterEach
  void close() {
    rig.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(none)");
  }

  private void mock(String resource, String method, String template) {
    rig.method(resource, method);
    rig.client()
        .putIntegration(
            i ->
                i.restApiId(rig.apiId())
                    .resourceId(resource)
                    .httpMethod(method)
                    .type(IntegrationType.MOCK)
                    .requestTemplates(Map.of("application/json", template)));
  }

  private void answer(
      String resource, String method, String status, Map<String, String> headers, String body) {
    Map<String, Boolean> declared = new HashMap<>();
    headers.keySet().forEach(name -> declared.put(name, true));
    rig.client()
        .putMethodResponse(
            r ->
                r.restApiId(rig.apiId())
                    .resourceId(resource)
                    .httpMethod(method)
                    .statusCode(status)
                    .responseParameters(declared));
    rig.client()
        .putIntegrationResponse(
            r ->
                r.restApiId(rig.apiId())
                    .resourceId(resource)
                    .httpMethod(method)
                    .statusCode(status)
                    .selectionPattern(status.equals("200") ? "" : status)
                    .responseParameters(headers)
                    .responseTemplates(Map.of("application/json", body)));
  }

  @Test
  @Fact({"API-035", "API-017"})
  void everyAnswerHasTheGatewaysHeaders() {
    String path = rig.resource(rig.root(), "mock");
    mock(path, "GET", "{\"statusCode\": 200}");
    answer(path, "GET", "200", Map.of(), "{}");
    rig.lambdaMethod(path, "POST", "echo");
    rig.deploy();
    HttpResponse<String> mocked = rig.get("/mock");
    HttpResponse<String> proxied = rig.send("POST", "/mock", "");
    for (HttpResponse<String> response : List.of(mocked, proxied)) {
      assertThat(header(response, "x-amzn-RequestId")).matches("[0-9a-f-]{36}");
      assertThat(header(response, "x-amz-apigw-id")).matches("[A-Za-z0-9]{15}=");
      assertThat(header(response, "X-Cache")).isEqualTo("Miss from cloudfront");
      assertThat(header(response, "Via")).endsWith("cloudfront.net (CloudFront)");
    }
    assertThat(header(mocked, "X-Amzn-Trace-Id")).isEqualTo("(none)");
    assertThat(header(proxied, "X-Amzn-Trace-Id")).startsWith("Root=1-");
    assertThat(rig.lastEvent().getAsJsonObject("headers").keySet())
        .contains(
            "CloudFront-Forwarded-Proto",
            "CloudFront-Is-Desktop-Viewer",
            "CloudFront-Is-Mobile-Viewer",
            "CloudFront-Is-SmartTV-Viewer",
            "CloudFront-Is-Tablet-Viewer",
            "CloudFront-Viewer-Country",
            "CloudFront-Viewer-ASN",
            "Via",
            "X-Amz-Cf-Id");
  }

  @Test
  void aPreflightIsAnsweredByAMock() {
    String path = rig.resource(rig.root(), "tasks");
    mock(path, "OPTIONS", "{\"statusCode\": 204}");
    answer(
        path,
        "OPTIONS",
        "204",
        Map.of(
            "method.response.header.Access-Control-Allow-Origin", "'*'",
            "method.response.header.Access-Control-Allow-Methods", "'GET,OPTIONS'"),
        "");
    rig.deploy();
    HttpResponse<String> response =
        rig.send("OPTIONS", "/tasks", "", "Origin", "https://example.com");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("GET,OPTIONS");
  }

  @Test
  void aMockAnswersFromTemplates() {
    String path = rig.resource(rig.resource(rig.root(), "pets"), "{petId}");
    mock(
        path,
        "GET",
        "#if($input.params('fail') == 'yes'){\"statusCode\": 404}#else{\"statusCode\": 200}#end");
    answer(
        path,
        "GET",
        "200",
        Map.of(),
        "#set($id = $input.params('petId')){\"id\": \"$id\", \"stage\": \"$context.stage\","
            + " \"size\": $id.length()}");
    answer(path, "GET", "404", Map.of(), "{\"message\": \"no $util.escapeJavaScript(\"pet's\")\"}");
    rig.deploy();
    assertThat(rig.get("/pets/123").body())
        .isEqualTo("{\"id\": \"123\", \"stage\": \"prod\", \"size\": 3}");
    HttpResponse<String> missing = rig.get("/pets/123?fail=yes");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("{\"message\": \"no pet\\'s\"}");
  }

  @Test
  void aMockWithoutAnswersIs500() {
    String path = rig.resource(rig.root(), "mock");
    mock(path, "GET", "{\"statusCode\": 200}");
    rig.deploy();
    HttpResponse<String> response = rig.get("/mock");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
  }

  @Test
  @Fact("API-038")
  void faultsHaveNoCorsHeadersUnlessAGatewayResponseSetsThem() {
    String path = rig.resource(rig.root(), "tasks");
    rig.lambdaMethod(path, "GET", "broken");
    rig.deploy();
    assertThat(header(rig.get("/nothing"), "Access-Control-Allow-Origin")).isEqualTo("(none)");
    assertThat(header(rig.get("/tasks"), "Access-Control-Allow-Origin")).isEqualTo("(none)");
    for (String type : new String[] {"DEFAULT_4XX", "DEFAULT_5XX"}) {
      rig.client()
          .putGatewayResponse(
              g ->
                  g.restApiId(rig.apiId())
                      .responseType(type)
                      .responseParameters(
                          Map.of("gatewayresponse.header.Access-Control-Allow-Origin", "'*'")));
    }
    rig.deploy();
    HttpResponse<String> missing = rig.get("/nothing");
    HttpResponse<String> failed = rig.get("/tasks");
    assertThat(header(missing, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(missing.statusCode()).isEqualTo(403);
    assertThat(header(failed, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(failed.statusCode()).isEqualTo(502);
  }

  @Test
  void aGatewayResponseHasItsOwnStatusBodyAndSources() {
    String path = rig.resource(rig.root(), "tasks");
    rig.lambdaMethod(path, "GET", "echo");
    rig.client()
        .putGatewayResponse(
            g ->
                g.restApiId(rig.apiId())
                    .responseType("MISSING_AUTHENTICATION_TOKEN")
                    .statusCode("404")
                    .responseParameters(
                        Map.of("gatewayresponse.header.x-accept", "method.request.header.Accept"))
                    .responseTemplates(
                        Map.of(
                            "application/json",
                            "{\"m\":$context.error.messageString,\"t\":\"$context.error.responseType\","
                                + "\"s\":\"$context.stage\"}")));
    rig.deploy();
    HttpResponse<String> response = rig.get("/nothing", "Accept", "text/x");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(header(response, "x-accept")).isEqualTo("text/x");
    assertThat(response.body())
        .isEqualTo(
            "{\"m\":\"Missing Authentication Token\",\"t\":\"MISSING_AUTHENTICATION_TOKEN\","
                + "\"s\":\"prod\"}");
  }

  @Test
  @Fact("API-043")
  void aValidatorChecksParametersAndBody() {
    String path = rig.resource(rig.root(), "tasks");
    rig.client()
        .createModel(
            m ->
                m.restApiId(rig.apiId())
                    .name("Task")
                    .contentType("application/json")
                    .schema(
                        """
                        {"type":"object","required":["title"],
                         "properties":{"title":{"type":"string","minLength":1}}}"""));
    String validator =
        rig.client()
            .createRequestValidator(
                v ->
                    v.restApiId(rig.apiId())
                        .name("all")
                        .validateRequestBody(true)
                        .validateRequestParameters(true))
            .id();
    rig.client()
        .putMethod(
            m ->
                m.restApiId(rig.apiId())
                    .resourceId(path)
                    .httpMethod("POST")
                    .authorizationType("NONE")
                    .requestValidatorId(validator)
                    .requestModels(Map.of("application/json", "Task"))
                    .requestParameters(
                        Map.of(
                            "method.request.querystring.qs1", true,
                            "method.request.header.optional", false)));
    rig.lambda(path, "POST", "echo");
    rig.deploy();
    HttpResponse<String> missing = rig.send("POST", "/tasks", "{\"title\":\"x\"}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body())
        .isEqualTo("{\"message\":\"Missing required request parameters: [qs1]\"}");
    assertThat(header(missing, "x-amzn-ErrorType")).isEqualTo("BadRequestException");
    for (String wrong : new String[] {"{}", "{\"title\":\"\"}", "{\"title\":1}", "[]", "{"}) {
      HttpResponse<String> refused = rig.send("POST", "/tasks?qs1=a", wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
      assertThat(refused.body()).isEqualTo("{\"message\":\"Invalid request body\"}");
    }
    assertThat(rig.send("POST", "/tasks?qs1=a", "{\"title\":\"x\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aDisabledEndpointIsClosedAtOnce() {
    String path = rig.resource(rig.root(), "tasks");
    rig.lambdaMethod(path, "GET", "echo");
    rig.deploy();
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    rig.client()
        .updateRestApi(
            a ->
                a.restApiId(rig.apiId())
                    .patchOperations(
                        GatewayRig.patch(Op.REPLACE, "/disableExecuteApiEndpoint", "true")));
    assertThat(rig.get("/tasks").body()).isEqualTo("{\"message\":\"Forbidden\"}");
  }
}
