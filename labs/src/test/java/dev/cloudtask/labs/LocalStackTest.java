package dev.cloudtask.labs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloudtask.labs.checkpoint.Checkpoint;
import dev.cloudtask.labs.checkpoint.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The finished lab 1 in somebody else's cloud: the template that is right here is right there. Runs
 * where there is Docker; elsewhere it is skipped and says why.
 */
final class LocalStackTest {
  /** The last image that needs no account. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final String STACK = "lab-1";

  @Test
  void lab1_isRightInLocalStackToo() throws Exception {
    assumeTrue(dockerCouldBeHere(), "not run: there is no Docker here (no socket, no DOCKER_HOST)");
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "not run: Docker is installed here, but its daemon does not answer");

    try (LocalStackContainer localStack =
        new LocalStackContainer(DockerImageName.parse(IMAGE))
            .withServices("cloudformation", "s3")) {
      localStack.start();
      try (CloudFormationClient cloudFormation =
              at(localStack, CloudFormationClient.builder())
                  .httpClientBuilder(UrlConnectionHttpClient.builder())
                  .build();
          S3Client s3 =
              at(localStack, S3Client.builder())
                  .forcePathStyle(true)
                  .httpClientBuilder(UrlConnectionHttpClient.builder())
                  .build()) {
        lab1(cloudFormation, s3);
      }
    }
  }

  private static void lab1(CloudFormationClient cloudFormation, S3Client s3) throws Exception {
    String template = Checkpoint.derive(Path.of(".."), Progress.lab(1)).text("template.yaml");
    cloudFormation.createStack(stack -> stack.stackName(STACK).templateBody(template));
    cloudFormation.waiter().waitUntilStackCreateComplete(stack -> stack.stackName(STACK));
    Map<String, String> outputs =
        cloudFormation
            .describeStacks(stack -> stack.stackName(STACK))
            .stacks()
            .get(0)
            .outputs()
            .stream()
            .collect(Collectors.toMap(Output::outputKey, Output::outputValue));

    String bucket = Objects.requireNonNull(outputs.get("WebsiteBucketName"));
    s3.putObject(file -> file.bucket(bucket).key("index.html"), RequestBody.fromString("<h1>"));

    assertThat(outputs.get("WebsiteUrl")).contains(bucket);
    assertThat(s3.getBucketWebsite(b -> b.bucket(bucket)).indexDocument().suffix())
        .isEqualTo("index.html");
    assertThat(s3.getBucketWebsite(b -> b.bucket(bucket)).errorDocument().key())
        .isEqualTo("error.html");
    assertThat(s3.getBucketPolicy(b -> b.bucket(bucket)).policy())
        .contains("s3:GetObject", bucket + "/*");
    assertThat(
            s3.getPublicAccessBlock(b -> b.bucket(bucket))
                .publicAccessBlockConfiguration()
                .restrictPublicBuckets())
        .isFalse();
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(LocalStackContainer cloud, B builder) {
    return builder
        .endpointOverride(cloud.getEndpoint())
        .region(Region.of(cloud.getRegion()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(cloud.getAccessKey(), cloud.getSecretKey())));
  }

  /** Looks where Docker listens: asking Testcontainers costs seconds when there is none. */
  private static boolean dockerCouldBeHere() {
    return System.getenv("DOCKER_HOST") != null
        || System.getProperty("os.name").startsWith("Windows")
        || Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"),
                Path.of(
                    Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/run"),
                    "docker.sock"))
            .anyMatch(Files::exists);
  }
}
