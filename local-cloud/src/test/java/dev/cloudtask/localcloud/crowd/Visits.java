package dev.cloudtask.localcloud.crowd;

import dev.cloudtask.functions.Echo;
import dev.cloudtask.localcloud.death.ChildCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.S3Client;

/** The data planes: a page by CloudFront from a website, a method of an API, a function. */
final class Visits implements Activity {
  private static final String OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

  private final URI endpoint;
  private final LambdaClient lambda;
  private final String distribution;
  private final String api;

  Visits(ChildCloud cloud) {
    endpoint = cloud.endpoint();
    lambda = cloud.client(LambdaClient.builder());
    makeFunction(cloud.client(IamClient.builder()));
    distribution = website(cloud);
    api = api(cloud.client(ApiGatewayClient.builder()));
  }

  private void makeFunction(IamClient iam) {
    String role =
        iam.createRole(
                r ->
                    r.roleName("crowd")
                        .assumeRolePolicyDocument(
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},"
                                + "\"Action\":\"sts:AssumeRole\"}]}"))
            .role()
            .arn();
    lambda.createFunction(
        f ->
            f.functionName("echo")
                .runtime(Runtime.JAVA21)
                .handler(Echo.class.getName())
                .role(role)
                .timeout(20)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(echoPackage()))));
    lambda.waiter().waitUntilFunctionActiveV2(f -> f.functionName("echo"));
    // Two hundred clients must not become two hundred processes.
    lambda.putFunctionConcurrency(f -> f.functionName("echo").reservedConcurrentExecutions(3));
  }

  private static byte[] echoPackage() {
    String path = Echo.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = Echo.class.getClassLoader().getResourceAsStream(path);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(path));
      in.transferTo(zip);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static String website(ChildCloud cloud) {
    S3Client s3 = cloud.client(S3Client.builder().forcePathStyle(true));
    s3.createBucket(b -> b.bucket("crowd-site"));
    s3.deletePublicAccessBlock(b -> b.bucket("crowd-site"));
    s3.putBucketPolicy(
        b ->
            b.bucket("crowd-site")
                .policy(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
                        + "\"Resource\":\"arn:aws:s3:::crowd-site/*\"}]}"));
    s3.putBucketWebsite(
        b -> b.bucket("crowd-site").websiteConfiguration(w -> w.indexDocument(i -> i.suffix("i"))));
    s3.putObject(b -> b.bucket("crowd-site").key("i"), RequestBody.fromString("hello crowd"));
    return cloud
        .client(CloudFrontClient.builder())
        .createDistribution(
            d ->
                d.distributionConfig(
                    c ->
                        c.callerReference("crowd")
                            .comment("")
                            .enabled(true)
                            .origins(
                                o ->
                                    o.quantity(1)
                                        .items(
                                            Origin.builder()
                                                .id("site")
                                                .domainName(
                                                    "crowd-site.s3-website-us-east-1.amazonaws.com")
                                                .customOriginConfig(
                                                    custom ->
                                                        custom
                                                            .httpPort(80)
                                                            .httpsPort(443)
                                                            .originProtocolPolicy("http-only"))
                                                .build()))
                            .defaultCacheBehavior(
                                b ->
                                    b.targetOriginId("site")
                                        .viewerProtocolPolicy("allow-all")
                                        .cachePolicyId(OPTIMIZED))))
        .distribution()
        .domainName();
  }

  private static String api(ApiGatewayClient gateway) {
    String id = gateway.createRestApi(a -> a.name("crowd")).id();
    String root = gateway.getResources(r -> r.restApiId(id)).items().get(0).id();
    gateway.putMethod(
        m -> m.restApiId(id).resourceId(root).httpMethod("GET").authorizationType("NONE"));
    gateway.putMethodResponse(
        m -> m.restApiId(id).resourceId(root).httpMethod("GET").statusCode("200"));
    gateway.putIntegration(
        i ->
            i.restApiId(id)
                .resourceId(root)
                .httpMethod("GET")
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
    gateway.putIntegrationResponse(
        i ->
            i.restApiId(id)
                .resourceId(root)
                .httpMethod("GET")
                .statusCode("200")
                .responseTemplates(Map.of("application/json", "{\"hello\": \"crowd\"}")));
    gateway.createDeployment(d -> d.restApiId(id).stageName("prod"));
    return id;
  }

  @Override
  public int share() {
    return 15;
  }

  @Override
  public void turn(int who, Random random) throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> invoke(who);
      case 1, 2 -> visit(api + ".execute-api.us-east-1.amazonaws.com", "/prod/", "crowd");
      default -> visit(distribution, "/", "hello crowd");
    }
  }

  private void invoke(int who) {
    try {
      InvokeResponse answer =
          lambda.invoke(
              i ->
                  i.functionName("echo").payload(SdkBytes.fromUtf8String("{\"who\":" + who + "}")));
      String text = answer.payload().asUtf8String();
      if (answer.functionError() != null || !text.equals("{\"who\":" + who + "}")) {
        throw new IllegalStateException("the function answered " + who + " with " + text);
      }
    } catch (TooManyRequestsException e) {
      // Three at a time: that is what was reserved.
    }
  }

  private void visit(String host, String path, String expected) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200") || !answer.contains(expected)) {
        throw new IllegalStateException(host + " answered " + answer.lines().findFirst());
      }
    }
  }

  @Override
  public List<String> verify() {
    return List.of();
  }
}
