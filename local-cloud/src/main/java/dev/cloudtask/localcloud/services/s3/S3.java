package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.FormAuthentication;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.services.s3.S3Operations.Level;
import dev.cloudtask.localcloud.trace.Span;
import java.util.List;
import java.util.Optional;

/** Amazon S3 as {@link dev.cloudtask.localcloud.LocalCloud} plugs it in. */
public final class S3 implements CloudService, ObjectReader {
  private final S3Operations operations = new S3Operations();
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final Access access;
  private final S3Endpoint endpoint;
  private final S3Website website;
  private final List<ResourceProvider> resources;

  /**
   * Builds the service over the cloud's state.
   *
   * @param forms who signs upload forms
   */
  public S3(
      CloudEnvironment environment,
      Authorizer authorizer,
      FormAuthentication forms,
      LocalNames names) {
    buckets = new BucketStore(environment);
    ContentStore contents = new ContentStore(environment);
    objects = new ObjectStore(environment, contents);
    UploadStore uploads = new UploadStore(environment, contents);
    PublicPolicies publicPolicies = BucketPolicyCheck::isPublic;
    access = new Access(authorizer, buckets, publicPolicies);
    ObjectReads reads = new ObjectReads(environment, access, objects);
    ObjectWrites writes = new ObjectWrites(environment, access, objects);
    ObjectCopies copies = new ObjectCopies(access, buckets, objects, writes);
    MultipartUploads multipart =
        new MultipartUploads(environment, access, writes, copies, objects, uploads);
    MultipartCompletion completion =
        new MultipartCompletion(environment, access, multipart, writes, objects, uploads);
    Cors cors = new Cors(buckets);
    website = new S3Website(environment, buckets, objects, access, cors, names);
    BucketSettings settings =
        new BucketSettings(access, buckets, publicPolicies, website::websiteChanged);
    Buckets bucketCalls =
        new Buckets(environment, access, buckets, objects, uploads, website::websiteChanged);
    bucketOperations(operations, bucketCalls, settings);
    resources =
        List.of(
            new BucketResource(environment, access, buckets, bucketCalls, settings),
            new BucketPolicyResource(access, buckets, settings));
    listOperations(operations, new ObjectListing(access, objects), multipart);
    objectOperations(
        operations,
        reads,
        writes,
        copies,
        new ObjectTags(environment, reads, objects),
        settings,
        new BatchDeletes(access, objects, writes));
    multipartOperations(operations, multipart, completion);
    PostUploads posts = new PostUploads(environment, forms, access, writes);
    operations.add("PostObject", "POST", Level.BUCKET, posts::post);
    endpoint = new S3Endpoint(environment, operations, cors);
  }

  private static void bucketOperations(
      S3Operations operations, Buckets buckets, BucketSettings settings) {
    operations
        .add("ListBuckets", "GET", Level.SERVICE, buckets::list)
        .add("CreateBucket", "PUT", Level.BUCKET, buckets::create)
        .add("HeadBucket", "HEAD", Level.BUCKET, buckets::head)
        .add("DeleteBucket", "DELETE", Level.BUCKET, buckets::delete)
        .add("GetBucketLocation", "GET", Level.BUCKET, buckets::location, "location");
    for (BucketSetting setting : BucketSetting.values()) {
      String name = setting.operationSuffix();
      operations
          .add(
              "Get" + name,
              "GET",
              Level.BUCKET,
              request -> settings.get(request, setting),
              setting.marker())
          .add(
              "Put" + name,
              "PUT",
              Level.BUCKET,
              request -> settings.put(request, setting),
              setting.marker());
      if (!setting.deleteAction().isEmpty()) {
        operations.add(
            setting == BucketSetting.LIFECYCLE ? "DeleteBucketLifecycle" : "Delete" + name,
            "DELETE",
            Level.BUCKET,
            request -> settings.delete(request, setting),
            setting.marker());
      }
    }
    operations
        .add("GetBucketPolicyStatus", "GET", Level.BUCKET, settings::policyStatus, "policyStatus")
        .add("GetBucketAcl", "GET", Level.BUCKET, request -> settings.acl(request, false), "acl")
        .add("PutBucketAcl", "PUT", Level.BUCKET, request -> settings.putAcl(request, false), "acl")
        .add(
            "GetBucketRequestPayment",
            "GET",
            Level.BUCKET,
            settings::requestPayment,
            "requestPayment");
    for (String marker : List.of("logging", "notification", "accelerate")) {
      operations.add(
          marker.equals("notification")
              ? "GetBucketNotificationConfiguration"
              : marker.equals("logging") ? "GetBucketLogging" : "GetBucketAccelerateConfiguration",
          "GET",
          Level.BUCKET,
          request -> settings.emptyDocument(request, marker),
          marker);
    }
    operations
        .add(
            "GetBucketReplication",
            "GET",
            Level.BUCKET,
            request ->
                settings.missing(
                    request,
                    "s3:GetReplicationConfiguration",
                    "ReplicationConfigurationNotFoundError",
                    "The replication configuration was not found"),
            "replication")
        .add(
            "GetObjectLockConfiguration",
            "GET",
            Level.BUCKET,
            request ->
                settings.missing(
                    request,
                    "s3:GetBucketObjectLockConfiguration",
                    "ObjectLockConfigurationNotFoundError",
                    "Object Lock configuration does not exist for this bucket"),
            "object-lock");
  }

  private static void listOperations(
      S3Operations operations, ObjectListing listing, MultipartUploads multipart) {
    operations
        .add("ListObjects", "GET", Level.BUCKET, listing::v1)
        .add("ListObjectsV2", "GET", Level.BUCKET, listing::v2, "list-type=2")
        .add("ListObjectVersions", "GET", Level.BUCKET, listing::versions, "versions")
        .add("ListMultipartUploads", "GET", Level.BUCKET, multipart::listUploads, "uploads");
  }

  private static void objectOperations(
      S3Operations operations,
      ObjectReads reads,
      ObjectWrites writes,
      ObjectCopies copies,
      ObjectTags tags,
      BucketSettings settings,
      BatchDeletes batchDeletes) {
    operations
        .add("GetObject", "GET", Level.OBJECT, reads::get)
        .add("HeadObject", "HEAD", Level.OBJECT, reads::get)
        .add("PutObject", "PUT", Level.OBJECT, writes::put)
        .add("DeleteObject", "DELETE", Level.OBJECT, writes::delete)
        .add("CopyObject", "PUT", Level.OBJECT, copies::copy, "x-amz-copy-source")
        .add("GetObjectAttributes", "GET", Level.OBJECT, reads::attributes, "attributes")
        .add("GetObjectTagging", "GET", Level.OBJECT, tags::get, "tagging")
        .add("PutObjectTagging", "PUT", Level.OBJECT, tags::put, "tagging")
        .add("DeleteObjectTagging", "DELETE", Level.OBJECT, tags::delete, "tagging")
        .add("GetObjectAcl", "GET", Level.OBJECT, request -> settings.acl(request, true), "acl")
        .add("PutObjectAcl", "PUT", Level.OBJECT, request -> settings.putAcl(request, true), "acl")
        .add("DeleteObjects", "POST", Level.BUCKET, batchDeletes::delete, "delete");
  }

  private static void multipartOperations(
      S3Operations operations, MultipartUploads multipart, MultipartCompletion completion) {
    operations
        .add("CreateMultipartUpload", "POST", Level.OBJECT, multipart::create, "uploads")
        .add("UploadPart", "PUT", Level.OBJECT, multipart::uploadPart, "uploadId", "partNumber")
        .add(
            "UploadPartCopy",
            "PUT",
            Level.OBJECT,
            multipart::uploadPartCopy,
            "uploadId",
            "partNumber",
            "x-amz-copy-source")
        .add("CompleteMultipartUpload", "POST", Level.OBJECT, completion::complete, "uploadId")
        .add("AbortMultipartUpload", "DELETE", Level.OBJECT, multipart::abort, "uploadId")
        .add("ListParts", "GET", Level.OBJECT, multipart::listParts, "uploadId");
  }

  @Override
  public ServiceEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public List<Site> sites() {
    return List.of(website);
  }

  @Override
  public Operations operations() {
    return operations.summary();
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public void started() {
    objects.contents().sweep();
    website.republish();
  }

  @Override
  public byte[] read(Caller caller, String bucketName, String key, Optional<String> versionId) {
    try (Span span = Span.detached("s3", "GetObject")) {
      Bucket bucket = buckets.get(bucketName);
      access.require(
          caller,
          bucket,
          versionId.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject",
          bucket.objectArn(key),
          span);
      StoredObject object =
          (versionId.isPresent()
                  ? objects.version(bucketName, key, versionId.get())
                  : objects.current(bucketName, key))
              .orElseThrow(
                  () ->
                      versionId.isPresent()
                          ? S3Errors.noSuchVersion(key, versionId.get())
                          : S3Errors.noSuchKey(key));
      return objects.contents().read(object.segments(), 0, Math.toIntExact(object.size()));
    } catch (ContentStore.GoneException e) {
      throw S3Errors.noSuchKey(key);
    }
  }
}
