package dev.cloudtask.localcloud.services.apigateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.gateway.FrontDesk;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.iam.Iam;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * API Gateway behind the real front desk and IAM, with functions and a user pool of the test's own
 * on its ports: what the gateway does with the strangest answers can be tried without a process for
 * each.
 */
final class GatewayRig implements AutoCloseable, FunctionInvoker, TokenVerifier, LogSink {
  static final String POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Pool1";

  /** An invocation a function has seen. */
  record Invocation(String function, Caller caller, JsonObject event) {}

  private final MvStateStore store = MvStateStore.inMemory();
  private final Tracer tracer = new Tracer();
  private final MutableClock clock = new MutableClock();
  private final ApiGateway service;
  private final FrontDesk desk;
  private final ApiGatewayClient client;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Invocation> invocations = new CopyOnWriteArrayList<>();
  private final List<String> logLines = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final RSAKey key;
  private final String apiId;
  private final String root;

  GatewayRig(String endpointType) {
    CloudEnvironment environment =
        new CloudEnvironment(
            "000000000000", "us-east-1", clock, new Ids(new SecureRandom()), store, tracer);
    Iam iam = new Iam(environment);
    service = new ApiGateway(environment, this, this, iam, iam, this);
    desk = new FrontDesk(environment, iam, CoreHttpServer::start, null);
    desk.add(iam.endpoint());
    desk.add(service.endpoint());
    for (Site site : service.sites()) {
      desk.add(site);
    }
    desk.open(0);
    // The one of Java's own URL connection knows no PATCH.
    client =
        ApiGatewayClient.builder()
            .endpointOverride(desk.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    try {
      key = new RSAKeyGenerator(2048).keyID("k").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    var api =
        client.createRestApi(
            a -> a.name("api").endpointConfiguration(c -> c.typesWithStrings(endpointType)));
    apiId = api.id();
    root = api.rootResourceId();
  }

  ApiGatewayClient client() {
    return client;
  }

  String apiId() {
    return apiId;
  }

  String root() {
    return root;
  }

  URI endpoint() {
    return desk.endpoint();
  }

  Tracer tracer() {
    return tracer;
  }

  List<Invocation> invocations() {
    return invocations;
  }

  JsonObject lastEvent() {
    return invocations.get(invocations.size() - 1).event();
  }

  List<String> logLines() {
    return logLines;
  }

  static PatchOperation patch(Op op, String path, @Nullable String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }

  void advance(Duration by) {
    clock.now = clock.now.plus(by);
  }

  String resource(String parent, String part) {
    return client.createResource(r -> r.restApiId(apiId).parentId(parent).pathPart(part)).id();
  }

  void method(String resource, String httpMethod) {
    client.putMethod(
        m ->
            m.restApiId(apiId)
                .resourceId(resource)
                .httpMethod(httpMethod)
                .authorizationType("NONE"));
  }

  static String uri(String function) {
    return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
        + "arn:aws:lambda:us-east-1:000000000000:function:"
        + function
        + "/invocations";
  }

  void lambda(String resource, String httpMethod, String function) {
    client.putIntegration(
        i ->
            i.restApiId(apiId)
                .resourceId(resource)
                .httpMethod(httpMethod)
                .type(IntegrationType.AWS_PROXY)
                .integrationHttpMethod("POST")
                .uri(uri(function)));
  }

  void lambdaMethod(String resource, String httpMethod, String function) {
    method(resource, httpMethod);
    lambda(resource, httpMethod, function);
  }

  void deploy() {
    client.createDeployment(d -> d.restApiId(apiId).stageName("prod"));
  }

  /** Returns the local address of a path in the stage {@code prod}. */
  URI url(String path) {
    return URI.create(endpoint() + "/restapis/" + apiId + "/prod/_user_request_" + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Signs a token with these claims, and those every token has. */
  String token(String use, Map<String, Object> more) {
    try {
      JWTClaimsSet.Builder claims =
          new JWTClaimsSet.Builder()
              .subject("6b1c")
              .issuer(POOL)
              .claim("token_use", use)
              .issueTime(Date.from(clock.instant()))
              .expirationTime(Date.from(clock.instant().plusSeconds(3600)));
      more.forEach(claims::claim);
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String token(String use) {
    return token(use, Map.of("aud", "client1"));
  }

  @Override
  public TokenVerifier.Result verify(String token, Collection<String> userPoolArns) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!jwt.verify(new RSASSAVerifier(key))) {
        return new TokenVerifier.Result.Invalid("bad signature");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      JsonObject json = JsonParser.parseString(jwt.getPayload().toString()).getAsJsonObject();
      if (!userPoolArns.contains(claims.getIssuer())) {
        return new TokenVerifier.Result.Invalid("another pool");
      }
      return clock.instant().isBefore(claims.getExpirationTime().toInstant())
          ? new TokenVerifier.Result.Valid(json)
          : new TokenVerifier.Result.Expired(json);
    } catch (ParseException | JOSEException e) {
      return new TokenVerifier.Result.Invalid("not a token");
    }
  }

  @Override
  public FunctionInvoker.Result invoke(
      Caller caller, String functionArn, byte[] payload, Span span) {
    String name = functionArn.substring(functionArn.lastIndexOf(':') + 1);
    JsonObject event =
        JsonParser.parseString(new String(payload, StandardCharsets.UTF_8)).getAsJsonObject();
    invocations.add(new Invocation(name, caller, event));
    return switch (name) {
      case "echo" -> result("{\"statusCode\":200,\"body\":\"ok\"}");
      case "answer" -> result(event.get("body").getAsString());
      case "broken" ->
          new FunctionInvoker.Result(
              "{\"errorMessage\":\"secret\",\"errorType\":\"java.lang.RuntimeException\"}"
                  .getBytes(StandardCharsets.UTF_8),
              Optional.of("Unhandled"));
      case "slow" -> {
        try {
          never.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield result("{\"statusCode\":200}");
      }
      case "authorizer" -> authorize(event);
      default ->
          throw new AwsException(
              "AccessDeniedException",
              403,
              "User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction");
    };
  }

  /**
   * Tokens say what the function does: allow, deny, other (allows another path), throw, nonsense.
   */
  private static FunctionInvoker.Result authorize(JsonObject event) {
    String token =
        event.has("authorizationToken")
            ? event.get("authorizationToken").getAsString()
            : event.getAsJsonObject("headers").get("Authorization").getAsString();
    if (token.equals("throw")) {
      return new FunctionInvoker.Result(
          "{\"errorMessage\":\"Unauthorized\"}".getBytes(StandardCharsets.UTF_8),
          Optional.of("Unhandled"));
    }
    if (token.equals("nonsense")) {
      return result("{\"principalId\":\"me\"}");
    }
    String arn = event.get("methodArn").getAsString();
    String resource = token.equals("other") ? arn.replace("/prod/", "/dev/") : arn;
    return result(
        """
        {"principalId":"user1","context":{"colour":"blue","number":7,"yes":true},
         "policyDocument":{"Version":"2012-10-17","Statement":[
           {"Action":"execute-api:Invoke","Effect":"%s","Resource":"%s"}]}}"""
            .formatted(token.equals("deny") ? "Deny" : "Allow", resource));
  }

  private static FunctionInvoker.Result result(String text) {
    return new FunctionInvoker.Result(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  @Override
  public boolean write(Caller writer, String logGroup, String logStream, List<LogEvent> events) {
    List<String> lines = new ArrayList<>();
    events.forEach(event -> lines.add(logGroup + ": " + event.message()));
    return logLines.addAll(lines);
  }

  @Override
  public void close() {
    never.countDown();
    client.close();
    desk.close();
    service.close();
    store.close();
  }

  private static final class MutableClock extends Clock {
    private volatile Instant now = Clock.systemUTC().instant();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("all time here is UTC");
    }
  }
}
