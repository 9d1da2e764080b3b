package dev.cloudtask.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The tables of the book say all of it: no operation, property or fact of AWS's is left out. */
class ReferenceTablesTest {
  /** What AWS has and the Java SDK has not: a deprecated call, and the form of a web page. */
  private static final Set<String> NOT_IN_THE_SDK = Set.of("InvokeAsync", "PostObject");

  private static final LocalCloud CLOUD = LocalCloud.builder().start();

  @AfterAll
  static void close() {
    CLOUD.close();
  }

  /** What each service is called when it signs, and what the SDK knows of it. */
  record Known(String service, Class<?> client) {
    Set<String> operations() {
      return Arrays.stream(client.getMethods())
          .map(Method::getParameterTypes)
          .filter(types -> types.length > 0 && AwsRequest.class.isAssignableFrom(types[0]))
          .map(types -> types[0].getSimpleName().replaceAll("Request$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  static Stream<Known> sdk() {
    return Stream.of(
        new Known("apigateway", ApiGatewayClient.class),
        new Known("cloudformation", CloudFormationClient.class),
        new Known("cloudfront", CloudFrontClient.class),
        new Known("cognito-idp", CognitoIdentityProviderClient.class),
        new Known("dynamodb", DynamoDbClient.class),
        new Known("iam", IamClient.class),
        new Known("lambda", LambdaClient.class),
        new Known("logs", CloudWatchLogsClient.class),
        new Known("s3", S3Client.class),
        new Known("sts", StsClient.class));
  }

  @ParameterizedTest
  @MethodSource("sdk")
  void everyOperationOfTheSdk_isEmulatedKeptOrRefusedByName(Known known) {
    Operations of = service(known.service()).operations();

    assertThat(known.operations()).hasSizeGreaterThan(5);
    assertThat(lower(List.of(known.operations())))
        .isSubsetOf(lower(List.of(of.emulated(), of.storedOnly(), of.refused())));
    // What newer clients than this SDK know may be refused; nothing is answered that AWS has not.
    assertThat(lower(List.of(of.emulated(), of.storedOnly())))
        .isSubsetOf(lower(List.of(known.operations(), NOT_IN_THE_SDK)));
  }

  /** The SDK writes acronyms in a way of its own. */
  private static Set<String> lower(List<Set<String>> names) {
    return names.stream()
        .flatMap(Set::stream)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static CloudService service(String name) {
    return CLOUD.services().stream()
        .filter(each -> each.endpoint().signingName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyService_hasItsOperations_inTheTable() {
    String table = ReferenceTables.operations(CLOUD.services());

    assertThat(sdk().map(known -> "|`" + known.service() + "`"))
        .allSatisfy(row -> assertThat(table).contains(row));
    assertThat(table).contains("`PutObject`", "`UpdateTimeToLive`", "`ExecuteStatement`");
  }

  @Test
  void everyTypeThatIsMade_isInTheTable_withItsProperties() {
    String table = ReferenceTables.resourceTypes(CLOUD.services());

    List<String> types =
        CLOUD.services().stream()
            .flatMap(service -> service.resources().stream())
            .map(provider -> "|`" + provider.type() + "`")
            .toList();
    assertThat(types).hasSizeGreaterThan(25).allSatisfy(row -> assertThat(table).contains(row));
    assertThat(table).contains("`RetentionInDays`", "`DistributionConfig.PriceClass`");
  }

  @Test
  void everyFact_isInTheTable_withTheTestsThatProveIt() throws IOException, URISyntaxException {
    FactBook facts = FactBook.read(testClasses());

    assertThat(facts.texts()).hasSize(218);
    assertThat(ReferenceTables.facts(facts)).contains("|S3-001\n", "`ObjectsTest#");
  }

  @Test
  void twoWordsOnOneOperation_areRefused() {
    assertThatThrownBy(() -> Operations.of(List.of("Get"), List.of("Get")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Operations.of(List.of("Get"), List.of(), Set.of("Put")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Path testClasses() throws URISyntaxException {
    return Path.of(
        ReferenceTablesTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
