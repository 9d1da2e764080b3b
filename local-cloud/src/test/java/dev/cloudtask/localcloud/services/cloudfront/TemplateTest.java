package dev.cloudtask.localcloud.services.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.s3.S3Client;

/** A website behind a distribution, made by a template. */
class TemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Site:
          Type: AWS::S3::Bucket
          Properties:
            WebsiteConfiguration: { IndexDocument: index.html, ErrorDocument: error.html }
            PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }
            CorsConfiguration:
              CorsRules: [ { AllowedMethods: [GET], AllowedOrigins: ['*'], MaxAge: 60 } ]
            Tags: [ { Key: app, Value: cloudtask } ]
        SitePolicy:
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Site
            PolicyDocument:
              Version: '2012-10-17'
              Statement:
                - { Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Site.Arn}/*' }
        Headers:
          Type: AWS::CloudFront::ResponseHeadersPolicy
          Properties:
            ResponseHeadersPolicyConfig:
              Name: headers
              CustomHeadersConfig: { Items: [ { Header: X-App, Value: cloudtask, Override: true } ] }
        Cache:
          Type: AWS::CloudFront::CachePolicy
          Properties:
            CachePolicyConfig:
              Name: minute
              MinTTL: 0
              DefaultTTL: 60
              MaxTTL: 60
              ParametersInCacheKeyAndForwardedToOrigin:
                EnableAcceptEncodingGzip: true
                HeadersConfig: { HeaderBehavior: none }
                CookiesConfig: { CookieBehavior: none }
                QueryStringsConfig: { QueryStringBehavior: whitelist, QueryStrings: [v] }
        Edge:
          Type: AWS::CloudFront::Distribution
          Properties:
            DistributionConfig:
              Enabled: true
              IPV6Enabled: true
              DefaultRootObject: index.html
              Origins:
                - Id: site
                  DomainName: !Select [2, !Split ['/', !GetAtt Site.WebsiteURL]]
                  CustomOriginConfig: { OriginProtocolPolicy: http-only }
              DefaultCacheBehavior:
                TargetOriginId: site
                ViewerProtocolPolicy: redirect-to-https
                CachePolicyId: !Ref Cache
                ResponseHeadersPolicyId: !Ref Headers
      Outputs:
        Bucket: { Value: !Ref Site }
        Arn: { Value: !GetAtt Site.Arn }
        DomainName: { Value: !GetAtt Site.DomainName }
        DualStack: { Value: !GetAtt Site.DualStackDomainName }
        Regional: { Value: !GetAtt Site.RegionalDomainName }
        Edge: { Value: !GetAtt Edge.DomainName }
      """;

  private static Stack await(CloudFormationClient client, String end) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      Stack stack = client.describeStacks(d -> d.stackName("site")).stacks().get(0);
      if (stack.stackStatusAsString().equals(end)) {
        return stack;
      }
      if (System.nanoTime() > deadline
          || stack.stackStatusAsString().matches(".*(FAILED|ROLLBACK).*")) {
        throw new AssertionError(
            stack.stackStatusAsString()
                + client.describeStackEvents(e -> e.stackName("site")).stackEvents());
      }
      Thread.onSpinWait();
    }
  }

  @Test
  @Fact({"CFN-038", "CFN-032"})
  void stack_servesTheSite_andGoesOnlyWhenTheBucketIsEmpty() throws Exception {
    try (TestCloud cloud = TestCloud.start()) {
      CloudFormationClient formation = cloud.client(CloudFormationClient.builder());
      S3Client s3 = cloud.client(S3Client.builder());
      formation.createStack(c -> c.stackName("site").templateBody(TEMPLATE));
      Map<String, String> outputs =
          await(formation, "CREATE_COMPLETE").outputs().stream()
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
      String bucket = outputs.get("Bucket");
      assertThat(outputs)
          .containsEntry("Arn", "arn:aws:s3:::" + bucket)
          .containsEntry("DomainName", bucket + ".s3.amazonaws.com")
          .containsEntry("DualStack", bucket + ".s3.dualstack.us-east-1.amazonaws.com")
          .containsEntry("Regional", bucket + ".s3.us-east-1.amazonaws.com");
      s3.putObject(
          b -> b.bucket(bucket).key("index.html").contentType("text/html"),
          RequestBody.fromString("hello"));

      URI edge =
          cloud
              .cloud()
              .names()
              .localOrigin(edgeName(outputs.getOrDefault("Edge", ""), cloud))
              .orElseThrow();
      HttpResponse<String> page =
          cloud
              .http()
              .send(
                  HttpRequest.newBuilder(edge.resolve("/")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).isEqualTo("hello");
      assertThat(page.headers().firstValue("X-App")).contains("cloudtask");

      formation.deleteStack(d -> d.stackName("site"));
      awaitDeleteFailed(formation);
      assertThat(
              formation.describeStackEvents(e -> e.stackName("site")).stackEvents().stream()
                  .map(event -> String.valueOf(event.resourceStatusReason())))
          .anyMatch(reason -> reason.contains("The bucket you tried to delete is not empty"));
    }
  }

  /** An output may show the local name of what AWS calls dXXXX.cloudfront.net. */
  private static String edgeName(String output, TestCloud cloud) {
    return output.endsWith(".cloudfront.net")
        ? output
        : URI.create(cloud.cloud().names().toAws("http://" + output)).getHost();
  }

  private static void awaitDeleteFailed(CloudFormationClient client) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!client
        .describeStacks(d -> d.stackName("site"))
        .stacks()
        .get(0)
        .stackStatusAsString()
        .equals("DELETE_FAILED")) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
