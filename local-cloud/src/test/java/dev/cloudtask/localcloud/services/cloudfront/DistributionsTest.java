package dev.cloudtask.localcloud.services.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.AllowedMethods;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.CreateDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.Distribution;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionList;
import software.amazon.awssdk.services.cloudfront.model.FunctionAssociation;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.PreconditionFailedException;
import software.amazon.awssdk.services.cloudfront.model.Tag;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionsTest {
  private static final String OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
  private TestCloud cloud;
  private CloudFrontClient cloudFront;
  private int references;

  @BeforeAll
  void start() {
    cloud = TestCloud.start();
    cloudFront = cloud.client(CloudFrontClient.builder());
  }

  @AfterAll
  void close() {
    cloud.close();
  }

  private CreateDistributionResponse create(Consumer<DistributionConfig.Builder> more) {
    DistributionConfig.Builder config =
        DistributionConfig.builder()
            .callerReference("r" + ++references)
            .comment("")
            .enabled(true)
            .origins(
                o ->
                    o.quantity(1)
                        .items(
                            software.amazon.awssdk.services.cloudfront.model.Origin.builder()
                                .id("o")
                                .domainName("b.s3-website-us-east-1.amazonaws.com")
                                .customOriginConfig(
                                    c ->
                                        c.httpPort(80)
                                            .httpsPort(443)
                                            .originProtocolPolicy("http-only"))
                                .build()))
            .defaultCacheBehavior(
                d ->
                    d.targetOriginId("o")
                        .viewerProtocolPolicy("allow-all")
                        .cachePolicyId(OPTIMIZED));
    more.accept(config);
    return cloudFront.createDistribution(d -> d.distributionConfig(config.build()));
  }

  private static CloudFrontException failure(Runnable call) {
    try {
      call.run();
    } catch (CloudFrontException e) {
      return e;
    }
    throw new AssertionError("CloudFront refused nothing");
  }

  @Test
  @Fact("CF-019")
  void unknownTargetOrigin_isNoSuchOrigin() {
    CloudFrontException refused =
        failure(
            () ->
                create(
                    c ->
                        c.defaultCacheBehavior(
                            d ->
                                d.targetOriginId("other")
                                    .viewerProtocolPolicy("allow-all")
                                    .cachePolicyId(OPTIMIZED))));
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NoSuchOrigin");
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("One or more of your origins or origin groups do not exist.");
  }

  @Test
  @Fact("CF-022")
  void enabledDistribution_isNotDeleted_beforeItIsDisabled() {
    CreateDistributionResponse created = create(c -> {});
    String id = created.distribution().id();
    // CloudFront tells the time in milliseconds
    Instant changed = created.distribution().lastModifiedTime();
    assertThat(changed).isEqualTo(changed.truncatedTo(ChronoUnit.MILLIS));
    CloudFrontException refused =
        failure(() -> cloudFront.deleteDistribution(d -> d.id(id).ifMatch(created.eTag())));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("DistributionNotDisabled");

    var config = cloudFront.getDistributionConfig(d -> d.id(id));
    var disabled = config.distributionConfig().toBuilder().enabled(false).build();
    assertThat(
            failure(
                    () ->
                        cloudFront.updateDistribution(
                            d -> d.id(id).ifMatch("EWRONG").distributionConfig(disabled)))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("PreconditionFailed");
    String etag =
        cloudFront
            .updateDistribution(d -> d.id(id).ifMatch(config.eTag()).distributionConfig(disabled))
            .eTag();
    cloudFront.deleteDistribution(d -> d.id(id).ifMatch(etag));
    assertThat(
            failure(() -> cloudFront.getDistribution(d -> d.id(id))).awsErrorDetails().errorCode())
        .isEqualTo("NoSuchDistribution");
  }

  private static AllowedMethods methods(List<Method> methods) {
    return AllowedMethods.builder()
        .quantity(methods.size())
        .items(methods)
        .cachedMethods(c -> c.quantity(2).items(Method.GET, Method.HEAD))
        .build();
  }

  private void createWith(List<Method> methods) {
    create(
        c ->
            c.defaultCacheBehavior(
                d ->
                    d.targetOriginId("o")
                        .viewerProtocolPolicy("allow-all")
                        .cachePolicyId(OPTIMIZED)
                        .allowedMethods(methods(methods))));
  }

  @Test
  @Fact("CF-024")
  void onlyThreeSetsOfMethods_areValid() {
    createWith(List.of(Method.HEAD, Method.GET));
    createWith(List.of(Method.HEAD, Method.GET, Method.OPTIONS));
    createWith(
        List.of(
            Method.HEAD,
            Method.GET,
            Method.OPTIONS,
            Method.PUT,
            Method.PATCH,
            Method.POST,
            Method.DELETE));
    for (List<Method> bad :
        List.of(List.of(Method.HEAD, Method.GET, Method.POST), List.of(Method.GET))) {
      assertThat(failure(() -> createWith(bad)).awsErrorDetails().errorCode())
          .isEqualTo("InvalidArgument");
    }
  }

  @Test
  @Fact("CF-015")
  void defaultRootObject_hasNoLeadingSlash() {
    assertThat(
            failure(() -> create(c -> c.defaultRootObject("/index.html")))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("InvalidDefaultRootObject");
    create(c -> c.defaultRootObject("index.html"));
  }

  @Test
  @Fact("CF-016")
  void websiteEndpoint_isNoS3Origin() {
    CloudFrontException refused =
        failure(
            () ->
                create(
                    c ->
                        c.origins(
                            o ->
                                o.quantity(1)
                                    .items(
                                        software.amazon.awssdk.services.cloudfront.model.Origin
                                            .builder()
                                            .id("o")
                                            .domainName("b.s3-website-us-east-1.amazonaws.com")
                                            .s3OriginConfig(s -> s.originAccessIdentity(""))
                                            .build()))));
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
    assertThat(refused.awsErrorDetails().errorMessage())
        .isEqualTo("The parameter Origin DomainName does not refer to a valid S3 bucket.");
  }

  @Test
  void managedPolicies_areThere_andFunctionsAreRefusedByName() {
    assertThat(
            cloudFront
                .getCachePolicy(p -> p.id(OPTIMIZED))
                .cachePolicy()
                .cachePolicyConfig()
                .name())
        .isEqualTo("Managed-CachingOptimized");
    assertThat(cloudFront.listCachePolicies(p -> {}).cachePolicyList().quantity()).isPositive();
    assertThat(cloudFront.listDistributions(d -> {}).distributionList()).isNotNull();
    CloudFrontException refused = failure(() -> cloudFront.listFunctions(f -> {}));
    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(refused.getMessage()).contains("ListFunctions");
  }

  @Test
  void lists_comeInPages_andTellWhoUsesAPolicy() {
    List<String> made =
        List.of(create(d -> {}).distribution().id(), create(d -> {}).distribution().id());

    List<String> seen = new ArrayList<>();
    String marker = null;
    do {
      String from = marker;
      DistributionList page =
          cloudFront.listDistributions(d -> d.maxItems("1").marker(from)).distributionList();
      assertThat(page.quantity()).isEqualTo(1);
      page.items().forEach(each -> seen.add(each.id()));
      marker = page.nextMarker();
    } while (marker != null);

    assertThat(seen).doesNotHaveDuplicates().containsAll(made);
    assertThat(
            cloudFront
                .listDistributionsByCachePolicyId(d -> d.cachePolicyId(OPTIMIZED))
                .distributionIdList()
                .items())
        .containsAll(made);
    assertThat(failure(() -> cloudFront.listDistributions(d -> d.maxItems("x"))).statusCode())
        .isEqualTo(400);
    assertThat(failure(() -> cloudFront.listDistributions(d -> d.marker("x"))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void tags_areAddedAndRemoved_andAreNoNewVersion() {
    Distribution distribution = create(d -> {}).distribution();
    String arn = distribution.arn();

    List<Tag> tags =
        List.of(Tag.builder().key("a").value("1").build(), Tag.builder().key("b").build());
    cloudFront.tagResource(t -> t.resource(arn).tags(all -> all.items(tags)));
    cloudFront.untagResource(u -> u.resource(arn).tagKeys(keys -> keys.items("a")));

    assertThat(cloudFront.listTagsForResource(l -> l.resource(arn)).tags().items())
        .extracting(Tag::key)
        .containsExactly("b");
    assertThat(cloudFront.getDistribution(d -> d.id(distribution.id())).eTag()).isNotNull();
    assertThat(
            failure(() -> cloudFront.listTagsForResource(l -> l.resource(arn + "0")))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("NoSuchResource");
  }

  @Test
  void invalidationSaidTwice_isDoneOnce_andQuantitiesMustBeRight() {
    String id = create(d -> {}).distribution().id();
    Supplier<Invalidation> ask =
        () ->
            cloudFront
                .createInvalidation(
                    i ->
                        i.distributionId(id)
                            .invalidationBatch(
                                b ->
                                    b.callerReference("once")
                                        .paths(p -> p.quantity(1).items("/a"))))
                .invalidation();

    assertThat(ask.get().id()).isEqualTo(ask.get().id());
    assertThat(
            failure(
                    () ->
                        cloudFront.createInvalidation(
                            i ->
                                i.distributionId(id)
                                    .invalidationBatch(
                                        b ->
                                            b.callerReference("once")
                                                .paths(p -> p.quantity(1).items("/b")))))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("InvalidationBatchAlreadyExists");
    assertThat(
            failure(
                    () ->
                        cloudFront.createInvalidation(
                            i ->
                                i.distributionId(id)
                                    .invalidationBatch(
                                        b ->
                                            b.callerReference("two")
                                                .paths(p -> p.quantity(2).items("/b")))))
                .awsErrorDetails()
                .errorCode())
        .isEqualTo("InconsistentQuantities");
  }

  @Test
  void changeOfAnOldVersion_isRefused_howeverManyTry() {
    CreateDistributionResponse made = create(d -> {});
    DistributionConfig config = made.distribution().distributionConfig();

    long taken =
        IntStream.range(0, 8)
            .parallel()
            .filter(
                n -> {
                  try {
                    cloudFront.updateDistribution(
                        u ->
                            u.id(made.distribution().id())
                                .ifMatch(made.eTag())
                                .distributionConfig(config.toBuilder().comment("c" + n).build()));
                    return true;
                  } catch (PreconditionFailedException e) {
                    return false;
                  }
                })
            .count();

    assertThat(taken).isEqualTo(1);
  }

  @Test
  void whatIsNotEmulated_isRefusedByItsName_andEmptyOrOffIsNothing() {
    Map<String, Consumer<DistributionConfig.Builder>> wishes =
        Map.of(
            "Logging",
                d -> d.logging(l -> l.enabled(true).bucket("b").prefix("").includeCookies(false)),
            "Staging", d -> d.staging(true),
            "WebACLId", d -> d.webACLId("arn:aws:wafv2:us-east-1:000000000000:global/webacl/x/y"),
            "Aliases", d -> d.aliases(a -> a.quantity(1).items("www.example.com")),
            "TrustedSigners",
                d ->
                    d.defaultCacheBehavior(
                        b ->
                            b.targetOriginId("o")
                                .viewerProtocolPolicy("allow-all")
                                .cachePolicyId(OPTIMIZED)
                                .trustedSigners(t -> t.enabled(true).quantity(1).items("self"))),
            "FunctionAssociations",
                d ->
                    d.defaultCacheBehavior(
                        b ->
                            b.targetOriginId("o")
                                .viewerProtocolPolicy("allow-all")
                                .cachePolicyId(OPTIMIZED)
                                .functionAssociations(
                                    f ->
                                        f.quantity(1)
                                            .items(
                                                FunctionAssociation.builder()
                                                    .eventType("viewer-request")
                                                    .functionARN("arn:aws:cloudfront::0:function/f")
                                                    .build()))));

    wishes.forEach(
        (name, wish) -> {
          CloudFrontException refused = failure(() -> create(wish));
          assertThat(refused.statusCode()).as(name).isEqualTo(501);
          assertThat(refused.getMessage()).contains(name);
        });

    create(
        d ->
            d.staging(false)
                .webACLId("")
                .aliases(a -> a.quantity(0))
                .logging(l -> l.enabled(false).bucket("").prefix("").includeCookies(false)));
  }

  @Test
  void valuesThatCloudFrontHasNot_areRefused() {
    assertThat(failure(() -> create(d -> d.priceClass("PriceClass_300"))).getMessage())
        .contains("PriceClass");
    assertThat(failure(() -> create(d -> d.httpVersion("http4"))).getMessage())
        .contains("HttpVersion");
  }
}
