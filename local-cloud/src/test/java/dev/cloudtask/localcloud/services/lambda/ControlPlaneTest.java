package dev.cloudtask.localcloud.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.functions.Echo;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.Fact;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Functions as they are created, changed, published and deleted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final FunctionBench bench = new FunctionBench();

  @BeforeAll
  void deploy() {
    bench.create("echo", Echo.class);
  }

  @AfterAll
  void close() {
    bench.close();
  }

  private void createFails(Consumer<CreateFunctionRequest.Builder> change, String message) {
    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(() -> bench.create("refused", Echo.class.getName(), change))
        .withMessageContaining(message);
    assertThat(bench.lambda().listFunctions().functions())
        .noneMatch(function -> function.functionName().equals("refused"));
  }

  @Test
  @Fact("LAM-013")
  void missingFunction_isNotFoundByItsArn() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> bench.lambda().getFunction(r -> r.functionName("missing")))
        .withMessageContaining("Function not found: " + ARN + "missing");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> bench.lambda().deleteFunction(r -> r.functionName("missing")))
        .matches(e -> e.statusCode() == 404 && e.type().equals("User"));
  }

  @Test
  @Fact("LAM-026")
  void create_reservedVariable_isRefusedByName() {
    createFails(
        r -> r.environment(e -> e.variables(Map.of("AWS_REGION", "x"))),
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided contains reserved keys that are currently not"
            + " supported for modification. Reserved keys used in this request: AWS_REGION");
  }

  @Test
  @Fact("LAM-027")
  void create_variablesOverFourKilobytes_areRefused() {
    createFails(
        r -> r.environment(e -> e.variables(Map.of("LARGE", "x".repeat(4096)))),
        "exceeded the 4KB limit. String measured: {\"LARGE\":\"xxx");
  }

  @Test
  @Fact("LAM-031")
  void create_existingName_isAConflict() {
    assertThatExceptionOfType(ResourceConflictException.class)
        .isThrownBy(() -> bench.create("echo", Echo.class))
        .matches(e -> e.statusCode() == 409)
        .withMessageContaining("Function already exist: echo");
  }

  @Test
  @Fact("LAM-032")
  void create_roleThatDoesNotTrustLambda_isRefused() {
    String other =
        bench
            .cloud()
            .client(IamClient.builder())
            .createRole(
                r ->
                    r.roleName("other")
                        .assumeRolePolicyDocument(FunctionBench.TRUST.replace("lambda.", "ec2.")))
            .role()
            .arn();
    createFails(
        r -> r.role(other), "The role defined for the function cannot be assumed by Lambda.");
  }

  @Test
  @Fact("LAM-030")
  void updateCode_whileUpdating_isAConflict() {
    bench.create("busy", Echo.class);
    SdkBytes code = SdkBytes.fromByteArray(FunctionBench.code());
    List<Exception> conflicts = new ArrayList<>();
    for (int i = 0; i < 200 && conflicts.isEmpty(); i++) {
      try {
        bench.lambda().updateFunctionCode(r -> r.functionName("busy").zipFile(code));
      } catch (ResourceConflictException e) {
        conflicts.add(e);
      }
    }
    assertThat(conflicts)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .hasMessageContaining(
            "The operation cannot be performed at this time. An update is in progress for"
                + " resource: "
                + ARN
                + "busy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java17", "java8.al2", "java11"})
  void create_runtimeGivenUp_isRefusedAsByAws(String runtime) {
    createFails(
        r -> r.runtime(runtime),
        "The runtime parameter of " + runtime + " is no longer supported for creating");
  }

  @Test
  void create_whatDoesNotRunHere_isRefusedByName() {
    createFails(r -> r.runtime("python3.13"), "The runtime python3.13 of lambda CreateFunction");
    createFails(r -> r.runtime("java99"), "Value java99 at 'runtime' failed to satisfy constraint");
    createFails(
        r -> r.layers("arn:aws:lambda:us-east-1:000000000000:layer:x:1"), "Layers of lambda");
    createFails(
        r -> r.memorySize(127),
        "1 validation error detected: Value '127' at 'memorySize' failed to satisfy constraint:"
            + " Member must have value greater than or equal to 128");
    createFails(
        r -> r.code(c -> c.zipFile(SdkBytes.fromUtf8String("no zip"))),
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
    createFails(
        r -> r.code(c -> c.zipFile(SdkBytes.fromByteArray(Packages.text("../../outside", "evil")))),
        "Could not unzip uploaded file.");
    createFails(
        r -> r.code(c -> c.s3Bucket("nowhere").s3Key("code.zip")),
        "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The"
            + " specified bucket does not exist");
  }

  @Test
  void create_thenGet_showsWhatWasAsked() throws Exception {
    bench.create(
        "shown",
        Echo.class.getName(),
        r -> r.description("d").tags(Map.of("team", "a")).timeout(7).memorySize(512));
    GetFunctionResponse shown = bench.lambda().getFunction(r -> r.functionName("shown"));
    FunctionConfiguration configuration = shown.configuration();
    assertThat(configuration.functionArn()).isEqualTo(ARN + "shown");
    assertThat(configuration.stateAsString()).isEqualTo("Active");
    assertThat(configuration.lastUpdateStatusAsString()).isEqualTo("Successful");
    assertThat(configuration.timeout()).isEqualTo(7);
    assertThat(configuration.memorySize()).isEqualTo(512);
    assertThat(configuration.version()).isEqualTo("$LATEST");
    assertThat(configuration.lastModified()).endsWith("+0000");
    assertThat(shown.tags()).containsExactly(Map.entry("team", "a"));
    HttpResponse<byte[]> code =
        bench
            .cloud()
            .http()
            .send(
                HttpRequest.newBuilder(URI.create(shown.code().location())).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(code.body()).isEqualTo(FunctionBench.code());
  }

  @Test
  void update_codeAndSettings_takeEffectOnTheNextCall() {
    bench.create("changed", Scenes.class);
    assertThat(
            bench
                .invoke("changed", "{\"scene\":\"variable\",\"name\":\"COLOUR\"}")
                .payload()
                .asUtf8String())
        .isEqualTo("\"null\"");
    bench
        .lambda()
        .updateFunctionConfiguration(
            r -> r.functionName("changed").environment(e -> e.variables(Map.of("COLOUR", "red"))));
    bench.lambda().waiter().waitUntilFunctionUpdatedV2(r -> r.functionName("changed"));
    assertThat(
            bench
                .invoke("changed", "{\"scene\":\"variable\",\"name\":\"COLOUR\"}")
                .payload()
                .asUtf8String())
        .isEqualTo("\"red\"");
    bench
        .lambda()
        .updateFunctionCode(
            r ->
                r.functionName("changed").zipFile(SdkBytes.fromByteArray(Packages.of(Echo.class))));
    bench.lambda().waiter().waitUntilFunctionUpdatedV2(r -> r.functionName("changed"));
    assertThat(FunctionBench.json(bench.invoke("changed", "{}")).toString())
        .contains("Class not found: dev.cloudtask.functions.Scenes");
  }

  @Test
  void versionsAndAliases_pointAtWhatWasPublished() {
    bench.create(
        "published",
        Scenes.class.getName(),
        r -> r.environment(e -> e.variables(Map.of("COLOUR", "one"))));
    assertThat(bench.lambda().publishVersion(r -> r.functionName("published")).version())
        .isEqualTo("1");
    assertThat(bench.lambda().publishVersion(r -> r.functionName("published")).version())
        .isEqualTo("1");
    bench.lambda().createAlias(r -> r.functionName("published").name("live").functionVersion("1"));
    bench
        .lambda()
        .updateFunctionConfiguration(
            r ->
                r.functionName("published").environment(e -> e.variables(Map.of("COLOUR", "two"))));
    bench.lambda().waiter().waitUntilFunctionUpdatedV2(r -> r.functionName("published"));
    SdkBytes event = SdkBytes.fromUtf8String("{\"scene\":\"variable\",\"name\":\"COLOUR\"}");
    var live =
        bench.lambda().invoke(r -> r.functionName("published").qualifier("live").payload(event));
    assertThat(live.payload().asUtf8String()).isEqualTo("\"one\"");
    assertThat(live.executedVersion()).isEqualTo("1");
    assertThat(
            bench
                .lambda()
                .invoke(r -> r.functionName("published").payload(event))
                .payload()
                .asUtf8String())
        .isEqualTo("\"two\"");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(
            () -> bench.lambda().getFunction(r -> r.functionName("published").qualifier("9")))
        .withMessageContaining("Function not found: " + ARN + "published:9");
    assertThat(bench.lambda().listVersionsByFunction(r -> r.functionName("published")).versions())
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1");
  }

  @Test
  @Fact({"LAM-036", "LAM-038"})
  void permissions_areStatementsOfOnePolicy() {
    bench.create("guarded", Echo.class);
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> bench.lambda().getPolicy(r -> r.functionName("guarded")))
        .withMessageContaining("The resource you requested does not exist.");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(
            () -> bench.lambda().removePermission(r -> r.functionName("guarded").statementId("s")))
        .withMessageContaining("No policy is associated with the given resource.");
    bench
        .lambda()
        .addPermission(
            r ->
                r.functionName("guarded")
                    .statementId("api")
                    .action("lambda:InvokeFunction")
                    .principal("apigateway.amazonaws.com")
                    .sourceArn("arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/tasks"));
    JsonObject policy =
        JsonParser.parseString(bench.lambda().getPolicy(r -> r.functionName("guarded")).policy())
            .getAsJsonObject();
    assertThat(policy)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"api",
                 "Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},
                 "Action":"lambda:InvokeFunction",
                 "Resource":"arn:aws:lambda:us-east-1:000000000000:function:guarded",
                 "Condition":{"ArnLike":{"AWS:SourceArn":
                  "arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/tasks"}}}]}"""));
    assertThatExceptionOfType(ResourceConflictException.class)
        .isThrownBy(
            () ->
                bench
                    .lambda()
                    .addPermission(
                        r ->
                            r.functionName("guarded")
                                .statementId("api")
                                .action("lambda:InvokeFunction")
                                .principal("s3.amazonaws.com")))
        .withMessageContaining("The statement id (api) provided already exists.");
  }

  @Test
  void operationsThatAreNotEmulated_areRefusedByName() {
    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(() -> bench.lambda().listLayers())
        .withMessageContaining("The operation ListLayers of lambda is not emulated");
  }
}
