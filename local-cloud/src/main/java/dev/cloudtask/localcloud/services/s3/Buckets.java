package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** ListBuckets, CreateBucket, HeadBucket, DeleteBucket, GetBucketLocation. */
final class Buckets {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final String DEFAULT_REGION = "us-east-1";
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final List<String> REGIONS =
      List.of(
          "EU",
          "us-east-2",
          "us-west-1",
          "us-west-2",
          "af-south-1",
          "ap-east-1",
          "ap-south-1",
          "ap-south-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-southeast-3",
          "ap-southeast-4",
          "ap-southeast-5",
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ca-central-1",
          "ca-west-1",
          "eu-central-1",
          "eu-central-2",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eu-south-1",
          "eu-south-2",
          "eu-north-1",
          "il-central-1",
          "me-south-1",
          "me-central-1",
          "mx-central-1",
          "sa-east-1");

  private final CloudEnvironment environment;
  private final Access access;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final UploadStore uploads;
  private final BiConsumer<String, Optional<WebsiteConfiguration>> websiteChanged;

  Buckets(
      CloudEnvironment environment,
      Access access,
      BucketStore buckets,
      ObjectStore objects,
      UploadStore uploads,
      BiConsumer<String, Optional<WebsiteConfiguration>> websiteChanged) {
    this.environment = environment;
    this.access = access;
    this.buckets = buckets;
    this.objects = objects;
    this.uploads = uploads;
    this.websiteChanged = websiteChanged;
  }

  /** A time as S3's XML shows it. */
  static String iso(Instant instant) {
    return ISO.format(instant);
  }

  /** Returns the canonical user id that stands for an account: 64 hexadecimal digits. */
  static String canonicalId(String accountId) {
    return HexFormat.of()
        .formatHex(
            ChecksumAlgorithm.SHA256.of(
                ("canonical user of account " + accountId)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  static void owner(XmlWriter xml, String accountId) {
    xml.open("Owner").element("ID", canonicalId(accountId)).close();
  }

  HttpResponse list(S3Request request) {
    access.requireForAccount(request, "s3:ListAllMyBuckets", "arn:aws:s3:::*");
    String prefix = request.parameter("prefix").orElse("");
    String token = request.parameter("continuation-token").orElse("");
    int max = request.number("max-buckets", 10_000);
    List<Bucket> later =
        buckets.all().stream()
            .filter(bucket -> bucket.name().startsWith(prefix))
            .filter(bucket -> bucket.name().compareTo(token) > 0)
            .filter(
                bucket ->
                    request
                        .parameter("bucket-region")
                        .map(region -> region.equals(bucket.region()))
                        .orElse(true))
            .sorted(Comparator.comparing(Bucket::name))
            .toList();
    List<Bucket> page = later.subList(0, Math.min(max, later.size()));
    XmlWriter xml = SettingDocuments.writer("ListAllMyBucketsResult");
    owner(xml, environment.accountId());
    xml.open("Buckets");
    for (Bucket bucket : page) {
      xml.open("Bucket")
          .element("Name", bucket.name())
          .element("CreationDate", iso(bucket.createdAt()))
          .element("BucketRegion", bucket.region())
          .element("BucketArn", bucket.arn())
          .close();
    }
    xml.close();
    if (!prefix.isEmpty()) {
      xml.element("Prefix", prefix);
    }
    if (page.size() < later.size() && !page.isEmpty()) {
      xml.element("ContinuationToken", page.get(page.size() - 1).name());
    }
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  HttpResponse create(S3Request request) {
    String name = request.bucket();
    access.requireForAccount(request, "s3:CreateBucket", "arn:aws:s3:::" + name);
    for (String header : List.of("x-amz-bucket-object-lock-enabled")) {
      if (request.header(header).filter("true"::equalsIgnoreCase).isPresent()) {
        throw S3Errors.notEmulated("Object Lock (" + header + ")");
      }
    }
    Optional<String> acl = request.header("x-amz-acl").filter(value -> !value.equals("private"));
    if (acl.isPresent()) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
          "InvalidBucketAclWithObjectOwnership",
          400,
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    }
    Optional<String> ownership = request.header("x-amz-object-ownership");
    checkLocation(request);
    boolean created =
        create(name, accountOf(request.caller()), ownership.orElse("BucketOwnerEnforced"));
    if (!created && !environment.region().equals(DEFAULT_REGION)) {
      throw S3Errors.bucketAlreadyOwnedByYou(name);
    }
    return HttpResponse.of(200)
        .with(
            "Location",
            environment.region().equals(DEFAULT_REGION)
                ? "/" + name
                : "http://" + name + ".s3.amazonaws.com/")
        .with("x-amz-bucket-arn", "arn:aws:s3:::" + name);
  }

  private String accountOf(Caller caller) {
    if (caller instanceof Caller.Root root) {
      return root.accountId();
    }
    if (caller instanceof Caller.User user) {
      return user.accountId();
    }
    if (caller instanceof Caller.AssumedRole role) {
      return role.accountId();
    }
    return environment.accountId();
  }

  /**
   * Makes a bucket as new buckets are: Block Public Access on, no ACLs, encrypted.
   *
   * @return whether it is new; false if its owner has it already, as us-east-1 answers
   */
  boolean create(String name, String accountId, String ownership) {
    checkName(name);
    Bucket bucket =
        new Bucket(
                name,
                accountId,
                environment.region(),
                environment.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                Map.of())
            .with(BucketSetting.PUBLIC_ACCESS_BLOCK, PublicAccessBlock.ON.toXml())
            .with(BucketSetting.OWNERSHIP_CONTROLS, ownershipControls(ownership))
            .with(BucketSetting.ENCRYPTION, defaultEncryption());
    Optional<Bucket> existing = buckets.add(bucket);
    if (existing.isPresent() && !existing.get().accountId().equals(accountId)) {
      throw S3Errors.bucketAlreadyExists(name);
    }
    return existing.isEmpty();
  }

  static String ownershipControls(String ownership) {
    if (!List.of("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
        .contains(ownership)) {
      throw S3Errors.invalidArgument(
          "Invalid x-amz-object-ownership header: " + ownership,
          "x-amz-object-ownership",
          ownership);
    }
    return SettingDocuments.writer("OwnershipControls")
        .open("Rule")
        .element("ObjectOwnership", ownership)
        .toString();
  }

  static String defaultEncryption() {
    return SettingDocuments.writer("ServerSideEncryptionConfiguration")
        .open("Rule")
        .open("ApplyServerSideEncryptionByDefault")
        .element("SSEAlgorithm", "AES256")
        .close()
        .element("BucketKeyEnabled", false)
        .toString();
  }

  /**
   * Checks a new bucket's name.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Naming
   *     rules</a>
   */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()
        || name.contains("..")
        || name.contains(".-")
        || name.contains("-.")
        || IP_ADDRESS.matcher(name).matches()
        || name.startsWith("xn--")
        || name.startsWith("sthree-")
        || name.startsWith("amzn-s3-demo-")
        || name.endsWith("-s3alias")
        || name.endsWith("--ol-s3")
        || name.endsWith(".mrap")
        || name.endsWith("--x-s3")) {
      throw S3Errors.invalidBucketName(name);
    }
  }

  private void checkLocation(S3Request request) {
    byte[] body = Payload.of(request).content();
    Optional<String> constraint = Optional.empty();
    if (body.length > 0) {
      XmlElement document = SettingDocuments.received(body, "CreateBucketConfiguration");
      SettingDocuments.only(document, "LocationConstraint", "Location", "Bucket", "Tags");
      for (String unusual : List.of("Location", "Bucket")) {
        if (document.child(unusual).isPresent()) {
          throw S3Errors.notEmulated("A directory bucket (" + unusual + ")");
        }
      }
      if (document.child("Tags").isPresent()) {
        throw S3Errors.notEmulated("Tags in CreateBucket; use PutBucketTagging");
      }
      constraint = document.childText("LocationConstraint").filter(text -> !text.isBlank());
    }
    String region = environment.region();
    if (region.equals(DEFAULT_REGION)) {
      if (constraint.isEmpty()) {
        return;
      }
      if (!REGIONS.contains(constraint.get())) { // us-east-1 itself is not in the list: S3-013
        throw S3Errors.invalidLocationConstraint(constraint.get());
      }
      throw S3Errors.notEmulated(
          "A bucket in another region than " + region + ", this cloud's one,");
    }
    if (constraint.isEmpty() || !constraint.get().equals(region)) {
      if (constraint.isPresent() && !REGIONS.contains(constraint.get())) {
        throw S3Errors.invalidLocationConstraint(constraint.get());
      }
      throw S3Errors.illegalLocationConstraint(constraint.orElse("unspecified"));
    }
  }

  HttpResponse head(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:ListBucket");
    return HttpResponse.of(200, "application/xml", new byte[0])
        .with("x-amz-bucket-region", bucket.region())
        .with("x-amz-bucket-arn", bucket.arn())
        .with("x-amz-access-point-alias", "false");
  }

  HttpResponse location(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:GetBucketLocation");
    XmlWriter xml = SettingDocuments.writer("LocationConstraint");
    if (bucket.region().equals(DEFAULT_REGION)) {
      return HttpResponse.of(200, "application/xml", xml.toBytes());
    }
    return HttpResponse.of(200, "application/xml", xml.text(bucket.region()).toBytes());
  }

  HttpResponse delete(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:DeleteBucket");
    delete(bucket);
    return HttpResponse.of(204);
  }

  /** Deletes a bucket that has neither objects nor versions. */
  void delete(Bucket bucket) {
    buckets.remove(
        bucket.name(),
        () -> {
          if (!objects.isEmpty(bucket.name())) {
            throw bucket.versioning() == Bucket.Versioning.NEVER
                ? S3Errors.bucketNotEmpty(bucket.name())
                : S3Errors.versionedBucketNotEmpty(bucket.name());
          }
          for (UploadStore.Upload upload : uploads.of(bucket.name(), "")) {
            uploads.remove(upload, List.of());
          }
        });
    websiteChanged.accept(bucket.name(), Optional.empty());
  }
}
