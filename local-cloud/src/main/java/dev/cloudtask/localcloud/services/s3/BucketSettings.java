package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Get, Put and Delete of everything in {@link BucketSetting}, and what can only be read. */
final class BucketSettings {
  /** Subresources that no bucket here has anything in: their GET answers as in a new bucket. */
  private static final Map<String, String> EMPTY_DOCUMENTS =
      Map.of(
          "logging", "BucketLoggingStatus",
          "notification", "NotificationConfiguration",
          "accelerate", "AccelerateConfiguration");

  private static final Map<String, String> EMPTY_ACTIONS =
      Map.of(
          "logging", "s3:GetBucketLogging",
          "notification", "s3:GetBucketNotification",
          "accelerate", "s3:GetAccelerateConfiguration");

  private final Access access;
  private final BucketStore buckets;
  private final PublicPolicies publicPolicies;
  private final BiConsumer<String, Optional<WebsiteConfiguration>> websiteChanged;

  BucketSettings(
      Access access,
      BucketStore buckets,
      PublicPolicies publicPolicies,
      BiConsumer<String, Optional<WebsiteConfiguration>> websiteChanged) {
    this.access = access;
    this.buckets = buckets;
    this.publicPolicies = publicPolicies;
    this.websiteChanged = websiteChanged;
  }

  HttpResponse get(S3Request request, BucketSetting setting) {
    Bucket bucket = access.bucket(request, setting.readAction());
    Optional<String> document = bucket.setting(setting);
    if (setting == BucketSetting.VERSIONING && document.isEmpty()) {
      document = Optional.of(SettingDocuments.writer("VersioningConfiguration").toString());
    }
    String text = document.orElseThrow(() -> setting.absent(bucket.name()));
    return setting == BucketSetting.POLICY
        ? HttpResponse.of(200, "application/json", text)
        : HttpResponse.of(200, "application/xml", text);
  }

  HttpResponse put(S3Request request, BucketSetting setting) {
    Bucket bucket = access.bucket(request, setting.writeAction());
    if (setting == BucketSetting.POLICY) {
      String policy = BucketPolicyCheck.checked(bucket.name(), Payload.of(request).content());
      putPolicy(bucket, policy, request.caller().arn());
      return HttpResponse.of(204);
    }
    String document = SettingDocuments.checked(setting, request.xml(setting.root()));
    put(bucket.name(), setting, document);
    return HttpResponse.of(setting == BucketSetting.TAGGING ? 204 : 200);
  }

  /** Sets a checked bucket policy, unless Block Public Access keeps public ones out. */
  void putPolicy(Bucket bucket, String policy, String callerArn) {
    boolean isPublic = publicPolicies.isPublic(policy);
    buckets.change(
        bucket.name(),
        current -> {
          if (isPublic && current.publicAccessBlock().blockPublicPolicy()) {
            throw S3Errors.publicPolicyBlocked(callerArn, bucket.name());
          }
          return current.with(BucketSetting.POLICY, policy);
        });
  }

  /** Sets a checked document. */
  void put(String bucket, BucketSetting setting, String document) {
    buckets.change(bucket, current -> current.with(setting, document));
    if (setting == BucketSetting.WEBSITE) {
      websiteChanged.accept(bucket, buckets.get(bucket).website());
    }
  }

  HttpResponse delete(S3Request request, BucketSetting setting) {
    Bucket bucket = access.bucket(request, setting.deleteAction());
    remove(bucket.name(), setting);
    return HttpResponse.of(204);
  }

  void remove(String bucket, BucketSetting setting) {
    buckets.change(bucket, current -> current.without(setting));
    if (setting == BucketSetting.WEBSITE) {
      websiteChanged.accept(bucket, Optional.empty());
    }
  }

  HttpResponse policyStatus(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:GetBucketPolicyStatus");
    String policy = bucket.policy().orElseThrow(() -> BucketSetting.POLICY.absent(bucket.name()));
    String xml =
        SettingDocuments.writer("PolicyStatus")
            .element("IsPublic", publicPolicies.isPublic(policy))
            .toString();
    return HttpResponse.of(200, "application/xml", xml);
  }

  HttpResponse emptyDocument(S3Request request, String marker) {
    access.bucket(request, EMPTY_ACTIONS.getOrDefault(marker, ""));
    String xml = SettingDocuments.writer(EMPTY_DOCUMENTS.getOrDefault(marker, "")).toString();
    return HttpResponse.of(200, "application/xml", xml);
  }

  HttpResponse requestPayment(S3Request request) {
    access.bucket(request, "s3:GetBucketRequestPayment");
    return HttpResponse.of(
        200,
        "application/xml",
        SettingDocuments.writer("RequestPaymentConfiguration")
            .element("Payer", "BucketOwner")
            .toString());
  }

  HttpResponse missing(S3Request request, String action, String code, String message) {
    Bucket bucket = access.bucket(request, action);
    throw new dev.cloudtask.localcloud.protocol.AwsException(code, 404, message)
        .with("BucketName", bucket.name());
  }

  /** The one access control list there is without ACLs: the owner's. */
  HttpResponse acl(S3Request request, boolean ofObject) {
    Bucket bucket =
        ofObject
            ? access.object(request, "s3:GetObjectAcl")
            : access.bucket(request, "s3:GetBucketAcl");
    return HttpResponse.of(200, "application/xml", acl(bucket));
  }

  private static String acl(Bucket bucket) {
    XmlWriter xml = SettingDocuments.writer("AccessControlPolicy");
    Buckets.owner(xml, bucket.accountId());
    xml.open("AccessControlList")
        .open("Grant")
        .open(
            "Grantee",
            "xmlns:xsi",
            "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:type",
            "CanonicalUser")
        .element("ID", Buckets.canonicalId(bucket.accountId()))
        .close()
        .element("Permission", "FULL_CONTROL");
    return xml.toString();
  }

  /** PutBucketAcl and PutObjectAcl: refused as S3 does where ACLs are off. */
  HttpResponse putAcl(S3Request request, boolean ofObject) {
    Bucket bucket =
        ofObject
            ? access.object(request, "s3:PutObjectAcl")
            : access.bucket(request, "s3:PutBucketAcl");
    if (bucket.objectOwnership().equals("BucketOwnerEnforced")) {
      throw S3Errors.aclNotSupported();
    }
    if (List.of("private").contains(request.header("x-amz-acl").orElse(""))) {
      return HttpResponse.of(200);
    }
    throw S3Errors.notEmulated("An access control list other than private");
  }
}
