package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.cloudtask.functions.Echo;
import dev.cloudtask.functions.FailsToStart;
import dev.cloudtask.functions.Methods;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.TestCloud;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** A cloud with a role, and short words for creating and calling functions. */
final class FunctionBench implements AutoCloseable {
  static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

  private final TestCloud cloud;
  private final LambdaClient lambda;
  private final String role;

  FunctionBench() {
    this(TestCloud.start());
  }

  FunctionBench(TestCloud cloud) {
    this.cloud = cloud;
    this.lambda = cloud.client(LambdaClient.builder());
    this.role =
        cloud
            .client(IamClient.builder())
            .createRole(r -> r.roleName("function-role").assumeRolePolicyDocument(TRUST))
            .role()
            .arn();
  }

  TestCloud cloud() {
    return cloud;
  }

  LambdaClient lambda() {
    return lambda;
  }

  String role() {
    return role;
  }

  static byte[] code() {
    return Packages.of(Echo.class, Scenes.class, Methods.class, FailsToStart.class);
  }

  /** Creates a function of the usual package and waits until it is active. */
  void create(String name, String handler, Consumer<CreateFunctionRequest.Builder> more) {
    lambda.createFunction(
        request -> {
          request
              .functionName(name)
              .handler(handler)
              .runtime("java21")
              .role(role)
              .timeout(15)
              .memorySize(256)
              .code(code -> code.zipFile(SdkBytes.fromByteArray(code())));
          more.accept(request);
        });
    lambda.waiter().waitUntilFunctionActiveV2(r -> r.functionName(name));
  }

  void create(String name, Class<?> handler) {
    create(name, handler.getName(), request -> {});
  }

  /** Invokes a function, asking for its log. */
  InvokeResponse invoke(String name, String event) {
    return lambda.invoke(
        r -> r.functionName(name).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(event)));
  }

  /** Plays a scene of {@link Scenes}. */
  InvokeResponse play(String name, String scene) {
    return invoke(name, "{\"scene\":\"" + scene + "\"}");
  }

  static JsonElement json(InvokeResponse response) {
    return JsonParser.parseString(response.payload().asUtf8String());
  }

  static String log(InvokeResponse response) {
    return new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    cloud.close();
  }
}
