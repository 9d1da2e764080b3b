package dev.cloudtask.localcloud.services.s3;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code AWS::S3::Bucket}. */
final class BucketResource implements ResourceProvider {
  private static final List<BucketSetting> MANAGED =
      List.of(
          BucketSetting.WEBSITE,
          BucketSetting.CORS,
          BucketSetting.PUBLIC_ACCESS_BLOCK,
          BucketSetting.VERSIONING,
          BucketSetting.OWNERSHIP_CONTROLS,
          BucketSetting.ENCRYPTION,
          BucketSetting.LIFECYCLE);

  private final CloudEnvironment environment;
  private final Access access;
  private final BucketStore store;
  private final Buckets buckets;
  private final BucketSettings settings;

  BucketResource(
      CloudEnvironment environment,
      Access access,
      BucketStore store,
      Buckets buckets,
      BucketSettings settings) {
    this.environment = environment;
    this.access = access;
    this.store = store;
    this.buckets = buckets;
    this.settings = settings;
  }

  @Override
  public String type() {
    return "AWS::S3::Bucket";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    String name =
        TemplateDocuments.text(request.properties(), "BucketName").orElse(request.generatedName());
    checkName(name);
    access.require(request.caller(), "s3:CreateBucket", "arn:aws:s3:::" + name, request.span());
    Map<BucketSetting, String> documents = TemplateDocuments.of(request.properties());
    if (!buckets.create(name, environment.accountId(), "BucketOwnerEnforced")) {
      throw new AwsException("BucketAlreadyOwnedByYou", 409, name + " already exists");
    }
    try {
      documents.forEach((setting, document) -> settings.put(name, setting, document));
      tag(name, request);
    } catch (RuntimeException e) {
      buckets.delete(store.get(name));
      throw e;
    }
    return state(name);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    String name = current.physicalId();
    Map<BucketSetting, String> documents = TemplateDocuments.of(request.properties());
    Map<BucketSetting, String> before = TemplateDocuments.of(previous);
    for (BucketSetting setting : MANAGED) {
      String document = documents.get(setting);
      if (document != null) {
        settings.put(name, setting, document);
      } else if (before.containsKey(setting)) {
        withdraw(name, setting);
      }
    }
    tag(name, request);
    return state(name);
  }

  /** What a template no longer sets goes back to what S3 has without it. */
  private void withdraw(String name, BucketSetting setting) {
    switch (setting) {
      case VERSIONING ->
          settings.put(
              name,
              setting,
              SettingDocuments.writer("VersioningConfiguration")
                  .element("Status", "Suspended")
                  .toString());
      case ENCRYPTION -> settings.put(name, setting, Buckets.defaultEncryption());
      default -> settings.remove(name, setting);
    }
  }

  private void tag(String name, ResourceRequest request) {
    Map<String, String> tags = new LinkedHashMap<>(request.tags());
    for (JsonObject tag : TemplateDocuments.objects(request.properties(), "Tags")) {
      tags.put(
          TemplateDocuments.text(tag, "Key").orElse(""),
          TemplateDocuments.text(tag, "Value").orElse(""));
    }
    settings.put(name, BucketSetting.TAGGING, Tags.toXml(tags));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Optional<Bucket> bucket = store.find(current.physicalId());
    if (bucket.isPresent()) {
      access.require(
          request.caller(), bucket.get(), "s3:DeleteBucket", bucket.get().arn(), request.span());
      buckets.delete(bucket.get());
    }
  }

  /** Says what is wrong with a name as CloudFormation's handler does, before S3 sees it. */
  private static void checkName(String name) {
    String problem = null;
    if (name.length() < 3 || name.length() > 63) {
      problem = "Bucket name should be between 3 and 63 characters long";
    } else if (name.chars().anyMatch(Character::isUpperCase)) {
      problem = "Bucket name should not contain uppercase characters";
    } else if (name.contains("_")) {
      problem = "Bucket name should not contain '_'";
    }
    if (problem != null) {
      throw new AwsException("InvalidRequest", 400, problem);
    }
    Buckets.checkName(name);
  }

  private ResourceState state(String name) {
    JsonObject attributes = new JsonObject();
    String region = environment.region();
    attributes.addProperty("Arn", "arn:aws:s3:::" + name);
    attributes.addProperty("DomainName", name + ".s3.amazonaws.com");
    attributes.addProperty(
        "DualStackDomainName", name + ".s3.dualstack." + region + ".amazonaws.com");
    attributes.addProperty("RegionalDomainName", name + ".s3." + region + ".amazonaws.com");
    attributes.addProperty("WebsiteURL", "http://" + S3Website.hostOf(name, region));
    return ResourceState.of(name, attributes);
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of("LifecycleConfiguration", "BucketEncryption");
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "AbacStatus",
        "AccelerateConfiguration",
        "AccessControl",
        "AnalyticsConfigurations",
        "BucketNamePrefix",
        "BucketNamespace",
        "IntelligentTieringConfigurations",
        "InventoryConfigurations",
        "LoggingConfiguration",
        "MetadataConfiguration",
        "MetadataTableConfiguration",
        "MetricsConfigurations",
        "NotificationConfiguration",
        "ObjectLockConfiguration",
        "ObjectLockEnabled",
        "ReplicationConfiguration",
        "LifecycleConfiguration.TransitionDefaultMinimumObjectSize",
        "LifecycleConfiguration.Rules.ExpiredObjectDeleteMarker",
        "LifecycleConfiguration.Rules.NoncurrentVersionExpirationInDays",
        "LifecycleConfiguration.Rules.NoncurrentVersionTransition",
        "LifecycleConfiguration.Rules.NoncurrentVersionTransitions",
        "LifecycleConfiguration.Rules.ObjectSizeGreaterThan",
        "LifecycleConfiguration.Rules.ObjectSizeLessThan",
        "LifecycleConfiguration.Rules.TagFilters",
        "LifecycleConfiguration.Rules.Transition",
        "BucketEncryption.ServerSideEncryptionConfiguration.BlockedEncryptionTypes");
  }
}
