package dev.cloudtask.localcloud.services.lambda;

import static dev.cloudtask.localcloud.services.lambda.FunctionBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.functions.Troubles;
import dev.cloudtask.localcloud.Fact;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Functions in trouble behind an API: the caller learns nothing, and others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleTest {
  private final FunctionBench bench = new FunctionBench();
  private final HttpClient http = bench.cloud().http();
  private String stage = "";

  @BeforeAll
  void deploy() {
    ApiGatewayClient apis = bench.cloud().client(ApiGatewayClient.builder());
    String api = apis.createRestApi(r -> r.name("troubles")).id();
    String root = apis.getResources(r -> r.restApiId(api)).items().get(0).id();
    for (String function : new String[] {"troubled", "bystander"}) {
      bench.create(
          function,
          Troubles.class.getName(),
          r ->
              r.timeout(2)
                  .memorySize(128)
                  .code(code -> code.zipFile(SdkBytes.fromByteArray(Packages.of(Troubles.class)))));
      bench
          .lambda()
          .addPermission(
              r ->
                  r.functionName(function)
                      .statementId("api")
                      .action("lambda:InvokeFunction")
                      .principal("apigateway.amazonaws.com"));
      String parent =
          apis.createResource(r -> r.restApiId(api).parentId(root).pathPart(function)).id();
      String resource =
          apis.createResource(r -> r.restApiId(api).parentId(parent).pathPart("{trouble}")).id();
      apis.putMethod(
          r -> r.restApiId(api).resourceId(resource).httpMethod("GET").authorizationType("NONE"));
      apis.putIntegration(
          r ->
              r.restApiId(api)
                  .resourceId(resource)
                  .httpMethod("GET")
                  .type(IntegrationType.AWS_PROXY)
                  .integrationHttpMethod("POST")
                  .uri(
                      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                          + "arn:aws:lambda:us-east-1:000000000000:function:"
                          + function
                          + "/invocations"));
    }
    apis.createDeployment(r -> r.restApiId(api).stageName("test"));
    stage = bench.cloud().endpoint() + "/restapis/" + api + "/test/_user_request_/";
  }

  @AfterAll
  void close() {
    bench.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(stage + path)).build();
  }

  private static void assertBadGateway(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("InternalServerErrorException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "throw", "hoard", "text"})
  @Fact({"API-029", "API-030"})
  void get_functionInTrouble_is502_andTheNextCallIsServed(String trouble) throws Exception {
    assertBadGateway(get("troubled/" + trouble));

    assertThat(get("troubled/none").body()).isEqualTo("fine");
  }

  @Test
  @Fact("API-030")
  void get_functionSpins_is502AfterItsTimeout_andOthersAreServedMeanwhile() throws Exception {
    assertThat(get("bystander/none").body()).isEqualTo("fine");

    CompletableFuture<HttpResponse<String>> spinning =
        http.sendAsync(request("troubled/spin"), BodyHandlers.ofString());
    int served = 0;
    while (!spinning.isDone()) {
      assertThat(get("bystander/none").body()).isEqualTo("fine");
      served++;
    }

    assertBadGateway(spinning.join());
    assertThat(served).isPositive();
    assertThat(get("troubled/none").body()).isEqualTo("fine");
  }

  @ParameterizedTest
  @CsvSource({
    "halt, Runtime.ExitError, Runtime exited with error: exit status 7",
    "recurse, java.lang.StackOverflowError,",
    "unwritable, java.lang.RuntimeException, An error occurred during JSON serialization of"
        + " response",
  })
  @Fact("LAM-008")
  void invoke_functionInTrouble_isUnhandled(String trouble, String type, @Nullable String message) {
    InvokeResponse response =
        bench.invoke("troubled", "{\"pathParameters\":{\"trouble\":\"" + trouble + "\"}}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(error.get("errorType").getAsString()).isEqualTo(type);
    if (message != null) {
      assertThat(error.get("errorMessage").getAsString()).endsWith(message);
    }
  }
}
