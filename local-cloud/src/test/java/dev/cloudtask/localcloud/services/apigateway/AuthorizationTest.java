package dev.cloudtask.localcloud.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.Fact;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

class AuthorizationTest {
  private static final String SOURCE = "method.request.header.Authorization";

  private final GatewayRig rig = new GatewayRig("REGIONAL");
  private String tasks = "";

  @BeforeEach
  void setUp() {
    tasks = rig.resource(rig.root(), "tasks");
    rig.lambdaMethod(tasks, "GET", "echo");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void guard(
      String authorizationType,
      Consumer<CreateAuthorizerRequest.Builder> settings,
      PatchOperation... more) {
    String id =
        rig.client()
            .createAuthorizer(
                a -> settings.accept(a.restApiId(rig.apiId()).name("gate").identitySource(SOURCE)))
            .id();
    rig.client()
        .updateMethod(
            m ->
                m.restApiId(rig.apiId())
                    .resourceId(tasks)
                    .httpMethod("GET")
                    .patchOperations(
                        GatewayRig.patch(Op.REPLACE, "/authorizationType", authorizationType),
                        GatewayRig.patch(Op.REPLACE, "/authorizerId", id)));
    for (PatchOperation each : more) {
      rig.client()
          .updateMethod(
              m ->
                  m.restApiId(rig.apiId())
                      .resourceId(tasks)
                      .httpMethod("GET")
                      .patchOperations(each));
    }
    rig.deploy();
  }

  private void guardWithPool(PatchOperation... more) {
    guard(
        "COGNITO_USER_POOLS",
        a -> a.type(AuthorizerType.COGNITO_USER_POOLS).providerARNs(GatewayRig.POOL),
        more);
  }

  private HttpResponse<String> with(String token) {
    return rig.get("/tasks", "Authorization", token);
  }

  private static void isUnauthorized(HttpResponse<String> response, String body) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.headers().firstValue("x-amz-apigw-id")).isPresent();
  }

  @Test
  @Fact("API-004")
  void withoutAGoodTokenTheAnswerIs401() {
    guardWithPool();
    String good = rig.token("id");
    String tampered =
        good.substring(0, good.lastIndexOf('.') - 3)
            + "AAA"
            + good.substring(good.lastIndexOf('.'));
    isUnauthorized(rig.get("/tasks"), "{\"message\":\"Unauthorized\"}");
    isUnauthorized(with("garbage"), "{\"message\":\"Unauthorized\"}");
    isUnauthorized(with(tampered), "{\"message\":\"Unauthorized\"}");
    assertThat(rig.get("/tasks").body()).hasSize(26);
    assertThat(with(good).statusCode()).isEqualTo(200);
    assertThat(with("Bearer " + good).statusCode()).isEqualTo(200);
  }

  @Test
  @Fact("API-005")
  void anExpiredTokenIs401WithWordsOfItsOwn() {
    guardWithPool();
    String token = rig.token("id");
    assertThat(with(token).statusCode()).isEqualTo(200);
    rig.advance(Duration.ofHours(2));
    isUnauthorized(with(token), "{\"message\":\"The incoming token has expired\"}");
  }

  @Test
  @Fact("API-006")
  void withoutScopesOnlyIdTokensCount() {
    guardWithPool();
    isUnauthorized(
        with(rig.token("access", Map.of("scope", "aws.cognito.signin.user.admin"))),
        "{\"message\":\"Unauthorized\"}");
  }

  @Test
  void withScopesOnlyAccessTokensThatHaveOneCount() {
    guardWithPool(
        PatchOperation.builder()
            .op(Op.ADD)
            .path("/authorizationScopes")
            .value("tasks/read")
            .build());
    assertThat(with(rig.token("access", Map.of("scope", "x tasks/read"))).statusCode())
        .isEqualTo(200);
    isUnauthorized(
        with(rig.token("access", Map.of("scope", "tasks/write"))),
        "{\"message\":\"Unauthorized\"}");
    isUnauthorized(with(rig.token("id")), "{\"message\":\"Unauthorized\"}");
  }

  @Test
  @Fact("API-010")
  void theValidationExpressionOfAPoolIsForTheAudience() {
    guard(
        "COGNITO_USER_POOLS",
        a ->
            a.type(AuthorizerType.COGNITO_USER_POOLS)
                .providerARNs(GatewayRig.POOL)
                .identityValidationExpression("client[0-9]"));
    assertThat(with(rig.token("id")).statusCode()).isEqualTo(200);
    isUnauthorized(with(rig.token("id", Map.of("aud", "other"))), "{\"message\":\"Unauthorized\"}");
    isUnauthorized(with(rig.token("id", Map.of())), "{\"message\":\"Unauthorized\"}");
  }

  @Test
  void functionsGetEveryClaimAsText() {
    guardWithPool();
    with(
        rig.token(
            "id",
            Map.of(
                "aud",
                "client1",
                "email_verified",
                true,
                "auth_time",
                1501714542,
                "cognito:groups",
                List.of("a", "b"))));
    JsonObject claims =
        rig.lastEvent()
            .getAsJsonObject("requestContext")
            .getAsJsonObject("authorizer")
            .getAsJsonObject("claims");
    assertThat(claims.get("sub").getAsString()).isEqualTo("6b1c");
    assertThat(claims.get("email_verified").toString()).isEqualTo("\"true\"");
    assertThat(claims.get("auth_time").toString()).isEqualTo("\"1501714542\"");
    assertThat(claims.get("cognito:groups").toString()).isEqualTo("\"a,b\"");
    assertThat(claims.get("exp").getAsString())
        .matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4}");
  }

  private void guardWithFunction(AuthorizerType type) {
    guard("CUSTOM", a -> a.type(type).authorizerUri(GatewayRig.uri("authorizer")));
  }

  private long authorizerCalls() {
    return rig.invocations().stream().filter(i -> i.function().equals("authorizer")).count();
  }

  @Test
  void aTokenAuthorizersPolicyDecides() {
    guardWithFunction(AuthorizerType.TOKEN);
    assertThat(with("allow").statusCode()).isEqualTo(200);
    JsonObject context =
        rig.lastEvent().getAsJsonObject("requestContext").getAsJsonObject("authorizer");
    assertThat(context.get("principalId").getAsString()).isEqualTo("user1");
    assertThat(context.get("colour").toString()).isEqualTo("\"blue\"");
    assertThat(context.get("number").toString()).isEqualTo("\"7\"");
    HttpResponse<String> denied = with("deny");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body())
        .isEqualTo(
            "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
    assertThat(with("other").body())
        .isEqualTo("{\"Message\":\"User is not authorized to access this resource\"}");
    isUnauthorized(with("throw"), "{\"message\":\"Unauthorized\"}");
    HttpResponse<String> nonsense = with("nonsense");
    assertThat(nonsense.statusCode()).isEqualTo(500);
    assertThat(nonsense.body()).isEqualTo("{\"message\":null}");
    assertThat(nonsense.headers().firstValue("x-amzn-ErrorType"))
        .contains("AuthorizerConfigurationException");
    isUnauthorized(rig.get("/tasks"), "{\"message\":\"Unauthorized\"}");
  }

  @Test
  @Fact("API-048")
  void anAuthorizersAnswerIsKeptFor300Seconds() {
    guardWithFunction(AuthorizerType.TOKEN);
    with("allow");
    with("allow");
    assertThat(authorizerCalls()).isEqualTo(1);
    rig.client().flushStageAuthorizersCache(f -> f.restApiId(rig.apiId()).stageName("prod"));
    with("allow");
    assertThat(authorizerCalls()).isEqualTo(2);
    rig.advance(Duration.ofSeconds(299));
    with("allow");
    assertThat(authorizerCalls()).isEqualTo(2);
    rig.advance(Duration.ofSeconds(2));
    with("allow");
    assertThat(authorizerCalls()).isEqualTo(3);
  }

  @Test
  void aRequestAuthorizerSeesTheRequest() {
    guardWithFunction(AuthorizerType.REQUEST);
    assertThat(rig.get("/tasks?a=1", "Authorization", "allow").statusCode()).isEqualTo(200);
    JsonObject event = rig.invocations().get(0).event();
    assertThat(event.get("type").getAsString()).isEqualTo("REQUEST");
    assertThat(event.get("methodArn").getAsString())
        .isEqualTo("arn:aws:execute-api:us-east-1:000000000000:" + rig.apiId() + "/prod/GET/tasks");
    assertThat(event.getAsJsonObject("queryStringParameters").get("a").getAsString())
        .isEqualTo("1");
    isUnauthorized(rig.get("/tasks"), "{\"message\":\"Unauthorized\"}");
  }

  @Test
  void anIamMethodTakesSignedRequestsOnly() {
    rig.client()
        .updateMethod(
            m ->
                m.restApiId(rig.apiId())
                    .resourceId(tasks)
                    .httpMethod("GET")
                    .patchOperations(
                        GatewayRig.patch(Op.REPLACE, "/authorizationType", "AWS_IAM")));
    rig.deploy();
    assertThat(rig.get("/tasks").body())
        .isEqualTo("{\"message\":\"Missing Authentication Token\"}");
  }
}
