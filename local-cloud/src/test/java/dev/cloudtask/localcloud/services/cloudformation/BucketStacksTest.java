package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;
import software.amazon.awssdk.services.s3.S3Client;

class BucketStacksTest {
  private static final String BUCKET =
      """
      Resources:
        WebsiteBucket:
          Type: AWS::S3::Bucket
      Outputs:
        Name:
          Value: !Ref WebsiteBucket
      """;

  private TestStacks stacks;

  @BeforeEach
  void start() {
    stacks = TestStacks.start();
  }

  @AfterEach
  void stop() {
    stacks.close();
  }

  @Test
  @Fact("CFN-044")
  void createStack_unnamedBucket_isNamedInLowerCase() {
    Stack stack = stacks.create("MyStack", BUCKET);

    assertThat(stack.outputs().get(0).outputValue()).matches("mystack-websitebucket-[a-z0-9]{12}");
  }

  @Test
  @Fact("CFN-038")
  void getAtt_bucket_hasAwsHostNames() {
    Stack stack =
        stacks.create(
            "site",
            """
            Resources:
              Bucket:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: my-site
            Outputs:
              A: {Value: !GetAtt Bucket.Arn}
              B: {Value: !GetAtt Bucket.DomainName}
              C: {Value: !GetAtt Bucket.DualStackDomainName}
              D: {Value: !GetAtt Bucket.RegionalDomainName}
              E: {Value: !GetAtt Bucket.WebsiteURL}
            """);

    assertThat(stack.outputs())
        .extracting(output -> output.outputValue())
        .containsExactly(
            "arn:aws:s3:::my-site",
            "my-site.s3.amazonaws.com",
            "my-site.s3.dualstack.us-east-1.amazonaws.com",
            "my-site.s3.us-east-1.amazonaws.com",
            "http://my-site.s3-website-us-east-1.amazonaws.com");
  }

  @Test
  @Fact("CFN-046")
  void createStack_bucket_carriesCloudFormationsTags() {
    Stack stack = stacks.create("site", BUCKET);

    S3Client s3 = stacks.cloud().client(S3Client.builder());
    assertThat(
            s3
                .getBucketTagging(r -> r.bucket(stack.outputs().get(0).outputValue()))
                .tagSet()
                .stream()
                .map(tag -> tag.key() + "=" + tag.value()))
        .contains(
            "aws:cloudformation:stack-name=site",
            "aws:cloudformation:stack-id=" + stack.stackId(),
            "aws:cloudformation:logical-id=WebsiteBucket");
  }

  @Test
  @Fact({"CFN-029", "CFN-030"})
  void createStack_resourceFails_isRolledBack() {
    S3Client s3 = stacks.cloud().client(S3Client.builder());
    s3.createBucket(request -> request.bucket("taken"));

    Stack stack =
        stacks.create(
            "site",
            """
            Resources:
              First:
                Type: AWS::S3::Bucket
              Second:
                Type: AWS::S3::Bucket
                DependsOn: First
                Properties:
                  BucketName: taken
              Third:
                Type: AWS::S3::Bucket
                DependsOn: First
            """);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stacks.log("site"))
        .containsExactly(
            "site CREATE_IN_PROGRESS",
            "First CREATE_IN_PROGRESS",
            "First CREATE_IN_PROGRESS",
            "First CREATE_COMPLETE",
            "Third CREATE_IN_PROGRESS",
            "Second CREATE_IN_PROGRESS",
            "Third CREATE_IN_PROGRESS",
            "Third CREATE_COMPLETE",
            "Second CREATE_FAILED",
            "site ROLLBACK_IN_PROGRESS",
            "Third DELETE_IN_PROGRESS",
            "Third DELETE_COMPLETE",
            "Second DELETE_COMPLETE",
            "First DELETE_IN_PROGRESS",
            "First DELETE_COMPLETE",
            "site ROLLBACK_COMPLETE");
    assertThat(stacks.reasons("site", "site"))
        .contains(
            "The following resource(s) failed to create: [Second]. Rollback requested by user.");
    assertThat(stacks.reasons("site", "Second").get(0))
        .matches(
            "(?s)Resource handler returned message: \".+ \\(Service: S3, Status Code: 409,"
                + " Request ID: [^,]+, Extended Request ID: [^)]+\\)\" \\(RequestToken:"
                + " [0-9a-f-]{36}, HandlerErrorCode: AlreadyExists\\)");
    assertThat(s3.listBuckets().buckets()).extracting(b -> b.name()).containsExactly("taken");
  }

  @Test
  @Fact("CFN-029")
  void createStack_resourceFails_thoseInFlightAreCancelled() {
    stacks.cloud().client(S3Client.builder()).createBucket(request -> request.bucket("taken"));

    stacks.create(
        "site",
        """
        Resources:
          First:
            Type: AWS::S3::Bucket
          Last:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: taken
        """);

    assertThat(stacks.reasons("site", "First")).contains("Resource creation cancelled");
    assertThat(stacks.reasons("site", "site"))
        .contains(
            "The following resource(s) failed to create: [Last, First]. Rollback requested by"
                + " user.");
  }

  @Test
  void createStack_failsWithOnFailureDoNothing_staysAsItIs() {
    S3Client s3 = stacks.cloud().client(S3Client.builder());
    s3.createBucket(request -> request.bucket("taken"));

    stacks
        .client()
        .createStack(
            request ->
                request
                    .stackName("site")
                    .onFailure(OnFailure.DO_NOTHING)
                    .templateBody(
                        """
                        Resources:
                          First: {Type: "AWS::S3::Bucket"}
                          Second:
                            Type: AWS::S3::Bucket
                            DependsOn: First
                            Properties: {BucketName: taken}
                        """));

    assertThat(stacks.settled("site").stackStatusAsString()).isEqualTo("CREATE_FAILED");
    assertThat(detail("site", "First").resourceStatus()).isEqualTo(ResourceStatus.CREATE_COMPLETE);
    assertThat(s3.listBuckets().buckets()).hasSize(2);
  }

  @Test
  @Fact("CFN-032")
  void deleteStack_bucketNotEmpty_fails() {
    Stack stack = stacks.create("site", BUCKET);
    S3Client s3 = stacks.cloud().client(S3Client.builder());
    String bucket = stack.outputs().get(0).outputValue();
    s3.putObject(
        request -> request.bucket(bucket).key("index.html"),
        software.amazon.awssdk.core.sync.RequestBody.fromString("hello"));

    Stack left = stacks.delete("site");

    assertThat(left.stackStatusAsString()).isEqualTo("DELETE_FAILED");
    assertThat(left.stackStatusReason())
        .isEqualTo("The following resource(s) failed to delete: [WebsiteBucket]. ");
    assertThat(stacks.reasons("site", "WebsiteBucket"))
        .anyMatch(
            reason ->
                reason.contains(
                    "The bucket you tried to delete is not empty (Service: S3, Status Code: 409,"));
  }

  @Test
  @Fact("CFN-033")
  void deleteStack_retained_isSkipped() {
    stacks.create(
        "site",
        BUCKET.replace("AWS::S3::Bucket\n", "AWS::S3::Bucket\n    DeletionPolicy: Retain\n"));
    String id = stacks.stack("site").stackId();

    assertThat(stacks.delete("site").stackStatusAsString()).isEqualTo("DELETE_COMPLETE");

    assertThat(stacks.log(id)).contains("WebsiteBucket DELETE_SKIPPED");
    assertThat(stacks.cloud().client(S3Client.builder()).listBuckets().buckets()).hasSize(1);
  }

  @Test
  @Fact("CFN-034")
  void deleteStack_chain_goesInReverseOrder() {
    stacks.create(
        "chain",
        """
        Resources:
          A: {Type: "AWS::S3::Bucket"}
          C: {Type: "AWS::S3::Bucket", DependsOn: B}
          B: {Type: "AWS::S3::Bucket", DependsOn: A}
        """);
    String id = stacks.stack("chain").stackId();

    stacks.delete("chain");

    assertThat(stacks.log(id).stream().filter(line -> line.endsWith("_COMPLETE")))
        .containsExactly(
            "A CREATE_COMPLETE",
            "B CREATE_COMPLETE",
            "C CREATE_COMPLETE",
            "chain CREATE_COMPLETE",
            "C DELETE_COMPLETE",
            "B DELETE_COMPLETE",
            "A DELETE_COMPLETE",
            "chain DELETE_COMPLETE");
  }

  private StackResourceDetail detail(String stack, String logicalId) {
    return stacks
        .client()
        .describeStackResource(request -> request.stackName(stack).logicalResourceId(logicalId))
        .stackResourceDetail();
  }
}
