package dev.cloudtask.localcloud.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Op;

class ProxyIntegrationTest {
  private final GatewayRig rig = new GatewayRig("REGIONAL");
  private String tasks = "";

  @BeforeEach
  void setUp() {
    tasks = rig.resource(rig.root(), "tasks");
    String task = rig.resource(tasks, "{taskId}");
    String files = rig.resource(rig.root(), "files");
    String greedy = rig.resource(files, "{proxy+}");
    rig.lambdaMethod(tasks, "GET", "echo");
    rig.lambdaMethod(tasks, "POST", "answer");
    rig.lambdaMethod(task, "PUT", "echo");
    rig.lambdaMethod(greedy, "ANY", "echo");
    rig.deploy();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(none)");
  }

  /** Sends bytes as they are and returns the answer as text. */
  private String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.endpoint().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> answering(String functionResult) {
    return rig.send("POST", "/tasks", functionResult);
  }

  @Test
  @Fact({"API-012", "API-013", "API-015"})
  void theEventHasTheShapeOfAws() {
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    JsonObject event = rig.lastEvent();
    assertThat(event.keySet())
        .containsExactlyInAnyOrder(
            "resource",
            "path",
            "httpMethod",
            "headers",
            "multiValueHeaders",
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
            "stageVariables",
            "requestContext",
            "body",
            "isBase64Encoded");
    for (String absent :
        List.of(
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
            "stageVariables",
            "body")) {
      assertThat(event.get(absent).isJsonNull()).as(absent).isTrue();
    }
    JsonObject context = event.getAsJsonObject("requestContext");
    assertThat(context.keySet())
        .containsExactlyInAnyOrder(
            "accountId",
            "apiId",
            "deploymentId",
            "domainName",
            "domainPrefix",
            "extendedRequestId",
            "httpMethod",
            "identity",
            "path",
            "protocol",
            "requestId",
            "requestTime",
            "requestTimeEpoch",
            "resourceId",
            "resourcePath",
            "stage");
    assertThat(context.get("path").getAsString()).isEqualTo("/prod/tasks");
    assertThat(context.get("resourceId").getAsString()).isEqualTo(tasks);
    assertThat(context.get("domainName").getAsString())
        .isEqualTo(rig.apiId() + ".execute-api.us-east-1.amazonaws.com");
    assertThat(context.get("requestTime").getAsString())
        .matches("\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} \\+0000");
    assertThat(context.get("requestTimeEpoch").getAsLong()).isGreaterThan(1_700_000_000_000L);
    assertThat(context.getAsJsonObject("identity").keySet())
        .containsExactlyInAnyOrder(
            "accessKey",
            "accountId",
            "caller",
            "cognitoAuthenticationProvider",
            "cognitoAuthenticationType",
            "cognitoIdentityId",
            "cognitoIdentityPoolId",
            "principalOrgId",
            "sourceIp",
            "user",
            "userAgent",
            "userArn");
  }

  @Test
  @Fact({"API-016", "API-017"})
  void headersKeepTheClientsCaseAndARegionalApiAddsFew() {
    raw(
        "GET /restapis/"
            + rig.apiId()
            + "/prod/_user_request_/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\ntEsT-HEADeR: aValUE\r\n"
            + "x-twice: 1\r\nx-twice: 2\r\nMax-Forwards: 3\r\nConnection: close\r\n\r\n");
    JsonObject headers = rig.lastEvent().getAsJsonObject("headers");
    assertThat(headers.keySet())
        .containsExactlyInAnyOrder(
            "Host",
            "tEsT-HEADeR",
            "x-twice",
            "X-Amzn-Trace-Id",
            "X-Forwarded-For",
            "X-Forwarded-Port",
            "X-Forwarded-Proto");
    assertThat(headers.get("tEsT-HEADeR").getAsString()).isEqualTo("aValUE");
    assertThat(headers.get("x-twice").getAsString()).isEqualTo("2");
    assertThat(headers.get("Host").getAsString())
        .isEqualTo(rig.apiId() + ".execute-api.us-east-1.amazonaws.com");
    assertThat(rig.lastEvent().getAsJsonObject("multiValueHeaders").get("x-twice").toString())
        .isEqualTo("[\"1\",\"2\"]");
  }

  @Test
  @Fact("API-020")
  void pathsStayEncodedButForTheContext() {
    rig.get("/files/user/test%2Balias@gmail.com");
    JsonObject event = rig.lastEvent();
    assertThat(event.get("path").getAsString()).isEqualTo("/files/user/test%2Balias@gmail.com");
    assertThat(event.getAsJsonObject("pathParameters").get("proxy").getAsString())
        .isEqualTo("user/test%2Balias@gmail.com");
    assertThat(event.getAsJsonObject("requestContext").get("path").getAsString())
        .isEqualTo("/prod/files/user/test+alias@gmail.com");
    rig.send("PUT", "/tasks/42/?a=1&a=2&b=x%20y%2B+z", "{}");
    event = rig.lastEvent();
    assertThat(event.get("path").getAsString()).isEqualTo("/tasks/42/");
    assertThat(event.getAsJsonObject("pathParameters").get("taskId").getAsString()).isEqualTo("42");
    assertThat(event.getAsJsonObject("queryStringParameters").toString())
        .isEqualTo("{\"a\":\"2\",\"b\":\"x y+ z\"}");
    assertThat(event.getAsJsonObject("multiValueQueryStringParameters").get("a").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(event.get("body").getAsString()).isEqualTo("{}");
  }

  @Test
  @Fact("API-021")
  void aStatusAloneIsAnAnswer() {
    HttpResponse<String> response = answering("{\"statusCode\":200}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "Content-Length")).isEqualTo("0");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  @Fact({"API-022", "API-023", "API-025", "API-029"})
  void malformedAnswersAre502() {
    for (String malformed :
        List.of(
            "{}",
            "\"justAString\"",
            "[]",
            "{\"statusCode\":200,\"wrongValue\":\"value\"}",
            "{\"statusCode\":\"test\"}",
            "{\"statusCode\":200,\"body\":{\"title\":\"x\"}}",
            "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"value1\"}}")) {
      HttpResponse<String> response = answering(malformed);
      assertThat(response.statusCode()).as(malformed).isEqualTo(502);
      assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
      assertThat(header(response, "Content-Length")).isEqualTo("36");
      assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("InternalServerErrorException");
    }
    assertThat(answering("{\"statusCode\":\"201\"}").statusCode()).isEqualTo(201);
    assertThat(answering("{\"headers\":{\"a\":\"b\"}}").statusCode()).isEqualTo(200);
    assertThat(answering("null").statusCode()).isEqualTo(200);
  }

  @Test
  void headersOfTheFunctionAreMergedAndRemapped() {
    HttpResponse<String> response =
        answering(
            """
            {"statusCode":200,"headers":{"test-multi":"solo","header-bool":true,"Server":"mine"},
             "multiValueHeaders":{"tesT-Multi":["a","b"]},"body":"x"}""");
    assertThat(response.headers().allValues("test-multi")).containsExactly("a", "b");
    assertThat(header(response, "header-bool")).isEqualTo("true");
    assertThat(header(response, "x-amzn-Remapped-Server")).isEqualTo("mine");
  }

  @Test
  void base64BecomesBytesOnlyForBinaryMediaTypes() {
    String result = "{\"statusCode\":200,\"body\":\"aGk=\",\"isBase64Encoded\":true}";
    assertThat(answering(result).body()).isEqualTo("aGk=");
    rig.client()
        .updateRestApi(
            a ->
                a.restApiId(rig.apiId())
                    .patchOperations(
                        GatewayRig.patch(Op.ADD, "/binaryMediaTypes/image~1png", null)));
    rig.deploy();
    assertThat(rig.send("POST", "/tasks", result, "Accept", "image/png").body()).isEqualTo("hi");
    assertThat(rig.send("POST", "/tasks", result).body()).isEqualTo("aGk=");
    rig.send("PUT", "/tasks/1", "hi", "Content-Type", "image/png");
    assertThat(rig.lastEvent().get("body").getAsString()).isEqualTo("aGk=");
    assertThat(rig.lastEvent().get("isBase64Encoded").getAsBoolean()).isTrue();
  }

  @Test
  @Fact({"API-030", "API-029"})
  void aFunctionThatFailsIs502WithoutItsMessage() {
    rig.lambda(tasks, "GET", "broken");
    rig.deploy();
    HttpResponse<String> response = rig.get("/tasks");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("InternalServerErrorException");
  }

  @Test
  @Fact("API-031")
  void anIntegrationThatTakesTooLongIs504() {
    rig.lambda(tasks, "GET", "slow");
    rig.client()
        .updateIntegration(
            i ->
                i.restApiId(rig.apiId())
                    .resourceId(tasks)
                    .httpMethod("GET")
                    .patchOperations(GatewayRig.patch(Op.REPLACE, "/timeoutInMillis", "50")));
    rig.deploy();
    HttpResponse<String> response = rig.get("/tasks");
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.body()).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
    assertThat(
            rig.client()
                .getIntegration(i -> i.restApiId(rig.apiId()).resourceId(tasks).httpMethod("POST"))
                .timeoutInMillis())
        .isEqualTo(29_000);
  }

  @Test
  @Fact("API-032")
  void withoutPermissionOnTheFunctionTheCallIs500AndTheTraceSaysWhy() {
    rig.lambda(tasks, "GET", "denied");
    rig.deploy();
    HttpResponse<String> response = rig.get("/tasks");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    Trace trace = rig.tracer().find(header(response, "x-amzn-RequestId")).orElseThrow();
    assertThat(trace.root().failure().orElse(""))
        .contains("Execution failed due to configuration error: Invalid permissions on Lambda")
        .contains("arn:aws:execute-api:us-east-1:000000000000:" + rig.apiId() + "/prod/GET/tasks");
  }

  @Test
  @Fact("API-033")
  void lambdaIsInvokedByPostOnly() {
    rig.client()
        .updateIntegration(
            i ->
                i.restApiId(rig.apiId())
                    .resourceId(tasks)
                    .httpMethod("GET")
                    .patchOperations(GatewayRig.patch(Op.REPLACE, "/httpMethod", "GET")));
    rig.deploy();
    HttpResponse<String> response = rig.get("/tasks");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(rig.invocations()).isEmpty();
  }

  @Test
  @Fact("API-034")
  void bodiesOver10MegabytesAre413InPlainText() {
    HttpResponse<String> response = rig.send("PUT", "/tasks/1", "x".repeat(10 * 1024 * 1024 + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("HTTP content length exceeded 10485760 bytes.");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("(none)");
    assertThat(rig.send("PUT", "/tasks/1", "x".repeat(10 * 1024 * 1024)).statusCode())
        .isEqualTo(200);
  }

  @Test
  @Fact({"API-001", "API-003"})
  void whatIsNotThereIs403() {
    for (HttpResponse<String> response :
        List.of(rig.get("/nothing"), rig.get("/tasks/1/2"), rig.send("DELETE", "/tasks", ""))) {
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
      assertThat(header(response, "x-amzn-ErrorType"))
          .isEqualTo("MissingAuthenticationTokenException");
    }
    HttpResponse<String> stage = rig.get("/../../dev/_user_request_/tasks");
    assertThat(stage.statusCode()).isEqualTo(403);
    assertThat(rig.get("/nothing", "Authorization", "Bearer x").body())
        .startsWith(
            "{\"message\":\"Invalid key\\u003dvalue pair (missing equal-sign) in Authorization"
                .replace("\\u003d", "="));
    String noStage =
        raw(
            "GET /restapis/"
                + rig.apiId()
                + "/dev/_user_request_/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(noStage)
        .startsWith("HTTP/1.1 403")
        .contains("x-amzn-ErrorType: ForbiddenException")
        .endsWith("{\"message\":\"Forbidden\"}");
  }

  @Test
  @Fact("API-040")
  void changesShowAfterADeployment() {
    rig.lambda(tasks, "GET", "broken");
    rig.client()
        .putGatewayResponse(
            g -> g.restApiId(rig.apiId()).responseType("DEFAULT_5XX").statusCode("599"));
    String later = rig.resource(rig.root(), "later");
    rig.lambdaMethod(later, "GET", "echo");
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    assertThat(rig.get("/later").statusCode()).isEqualTo(403);
    rig.deploy();
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(599);
    assertThat(rig.get("/later").statusCode()).isEqualTo(200);
  }

  @Test
  void everyStepLeavesASpan() {
    HttpResponse<String> response = answering("{\"statusCode\":200}");
    Trace trace = rig.tracer().find(header(response, "x-amzn-RequestId")).orElseThrow();
    List<String> steps = new ArrayList<>();
    for (Span span : trace.spans()) {
      steps.add(span.operation());
    }
    assertThat(steps).contains("Route", "Authorize", "Integrate", "ValidateResponse");
  }

  @Test
  void limitsOfAStageAreKept() {
    rig.client()
        .updateStage(
            s ->
                s.restApiId(rig.apiId())
                    .stageName("prod")
                    .patchOperations(
                        GatewayRig.patch(Op.REPLACE, "/tasks/GET/throttling/burstLimit", "2")));
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    HttpResponse<String> third = rig.get("/tasks");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
  }

  @Test
  void stageVariablesReachTheFunctionAndNameIt() {
    rig.lambda(tasks, "GET", "${stageVariables.which}");
    rig.client()
        .updateStage(
            s ->
                s.restApiId(rig.apiId())
                    .stageName("prod")
                    .patchOperations(GatewayRig.patch(Op.REPLACE, "/variables/which", "echo")));
    rig.deploy();
    assertThat(rig.get("/tasks").statusCode()).isEqualTo(200);
    assertThat(rig.lastEvent().getAsJsonObject("stageVariables").toString())
        .isEqualTo("{\"which\":\"echo\"}");
    assertThat(Map.of("function", rig.invocations().get(0).function()))
        .containsEntry("function", "echo");
  }
}
