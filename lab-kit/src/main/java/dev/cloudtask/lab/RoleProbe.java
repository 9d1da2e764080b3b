package dev.cloudtask.lab;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.lab.probe.RoleCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * What somebody could do who took over one of the student's functions: everything that its role
 * may. A small function of the tests' own gets the same role and hands its credentials out.
 */
public final class RoleProbe {
  private final LambdaClient lambda;
  private final Clients.Endpoint endpoint;

  /** Prepares an attack on a cloud. */
  public RoleProbe(LambdaClient lambda, Clients.Endpoint endpoint) {
    this.lambda = lambda;
    this.endpoint = endpoint;
  }

  /**
   * Returns a client that calls with a role's rights; close it.
   *
   * @param roleArn a role that Lambda can assume
   */
  public DynamoDbClient dynamoDb(String roleArn) {
    String name = "probe-" + UUID.randomUUID();
    byte[] code = code();
    lambda.createFunction(
        request ->
            request
                .functionName(name)
                .role(roleArn)
                .runtime(Runtime.JAVA21)
                .handler(RoleCredentials.class.getName() + "::read")
                .memorySize(512)
                .timeout(20)
                .code(zip -> zip.zipFile(SdkBytes.fromByteArray(code))));
    try {
      lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
      InvokeResponse answer =
          lambda.invoke(
              request -> request.functionName(name).payload(SdkBytes.fromUtf8String("{}")));
      JsonObject variables =
          JsonParser.parseString(answer.payload().asUtf8String()).getAsJsonObject();
      return DynamoDbClient.builder()
          .endpointOverride(endpoint.uri())
          .region(Region.of(endpoint.region()))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create(
                      variables.get("AWS_ACCESS_KEY_ID").getAsString(),
                      variables.get("AWS_SECRET_ACCESS_KEY").getAsString(),
                      variables.get("AWS_SESSION_TOKEN").getAsString())))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();
    } finally {
      lambda.deleteFunction(request -> request.functionName(name));
    }
  }

  private static byte[] code() {
    String file = RoleCredentials.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream compiled =
            Objects.requireNonNull(
                RoleCredentials.class.getClassLoader().getResourceAsStream(file))) {
      zip.putNextEntry(new ZipEntry(file));
      compiled.transferTo(zip);
    } catch (IOException e) {
      throw new UncheckedIOException("a class of lab-kit cannot be read", e);
    }
    return bytes.toByteArray();
  }
}
