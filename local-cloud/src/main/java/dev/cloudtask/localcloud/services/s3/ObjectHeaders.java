package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The headers that are stored with an object and sent with it. */
final class ObjectHeaders {
  /** Stored as sent and sent as stored. */
  private static final List<String> STORED =
      List.of(
          "Content-Type",
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Expires",
          "x-amz-website-redirect-location",
          "x-amz-storage-class",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-bucket-key-enabled");

  /** What lies in these cannot be read before it was restored. */
  private static final List<String> ARCHIVES = List.of("GLACIER", "DEEP_ARCHIVE");

  private static final List<String> STORAGE_CLASSES =
      List.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");

  private static final int METADATA_LIMIT = 2048;
  private static final String METADATA_PREFIX = "x-amz-meta-";

  private ObjectHeaders() {}

  /** Reads the headers to store; refuses by name what is not emulated. */
  static Map<String, String> stored(S3Request request, Bucket bucket) {
    refuse(request, bucket);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : STORED) {
      request.header(name).ifPresent(value -> headers.put(name, value));
    }
    headers.computeIfPresent("Content-Encoding", (name, value) -> withoutChunked(value));
    headers.putIfAbsent("Content-Type", StoredObject.DEFAULT_CONTENT_TYPE);
    headers.putIfAbsent("x-amz-server-side-encryption", bucket.defaultEncryption());
    checkRedirect(headers.get("x-amz-website-redirect-location"));
    String storageClass = headers.getOrDefault("x-amz-storage-class", "STANDARD");
    if (!STORAGE_CLASSES.contains(storageClass)) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
              "InvalidStorageClass", 400, "The storage class you specified is not valid")
          .with("StorageClassRequested", storageClass);
    }
    if (ARCHIVES.contains(storageClass)) {
      throw S3Errors.notEmulated("The storage class " + storageClass + ", which needs a restore,");
    }
    headers.remove("x-amz-storage-class", "STANDARD");
    return headers;
  }

  /**
   * The coding of the transfer is not the object's: null, and so nothing, if it was the only one.
   */
  private static @org.jspecify.annotations.Nullable String withoutChunked(String value) {
    List<String> kept =
        java.util.Arrays.stream(value.split(","))
            .map(String::strip)
            .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("aws-chunked"))
            .toList();
    return kept.isEmpty() ? null : String.join(",", kept);
  }

  private static void checkRedirect(@org.jspecify.annotations.Nullable String location) {
    if (location != null
        && !location.startsWith("/")
        && !location.startsWith("http://")
        && !location.startsWith("https://")) {
      throw new dev.cloudtask.localcloud.protocol.AwsException(
          "InvalidRedirectLocation",
          400,
          "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
    }
  }

  private static void refuse(S3Request request, Bucket bucket) {
    for (String header :
        List.of(
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-copy-source-server-side-encryption-customer-algorithm")) {
      if (request.header(header).isPresent()) {
        throw S3Errors.notEmulated("Encryption with customer-provided keys (" + header + ")");
      }
    }
    for (String header : List.of("x-amz-object-lock-mode", "x-amz-object-lock-legal-hold")) {
      if (request.header(header).isPresent()) {
        throw S3Errors.notEmulated("Object Lock (" + header + ")");
      }
    }
    Optional<String> encryption = request.header("x-amz-server-side-encryption");
    if (encryption.isPresent()
        && !List.of("AES256", "aws:kms", "aws:kms:dsse").contains(encryption.get())) {
      throw S3Errors.invalidArgument(
          "The encryption method specified is not supported",
          "x-amz-server-side-encryption",
          encryption.get());
    }
    checkAcl(request, bucket);
  }

  /** ACLs are off in new buckets; only the grant that changes nothing is then accepted. */
  static void checkAcl(S3Request request, Bucket bucket) {
    Optional<String> acl = request.header("x-amz-acl");
    boolean grants =
        request.http().headers().fields().stream()
            .anyMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-amz-grant-"));
    if (acl.isEmpty() && !grants) {
      return;
    }
    boolean harmless = !grants && acl.filter("bucket-owner-full-control"::equals).isPresent();
    if (bucket.objectOwnership().equals("BucketOwnerEnforced")) {
      if (!harmless) {
        throw S3Errors.aclNotSupported();
      }
    } else if (!harmless && (grants || !acl.filter("private"::equals).isPresent())) {
      throw S3Errors.notEmulated("An access control list other than private");
    }
  }

  /** Reads user metadata. */
  static Map<String, String> metadata(S3Request request) {
    Map<String, String> metadata = new LinkedHashMap<>();
    int size = 0;
    for (HttpHeaders.Field field : request.http().headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA_PREFIX)) {
        String key = name.substring(METADATA_PREFIX.length());
        metadata.merge(key, field.value(), (first, second) -> first + "," + second);
        size += key.length() + field.value().length();
      }
    }
    if (size > METADATA_LIMIT) {
      throw S3Errors.metadataTooLarge(size);
    }
    return metadata;
  }

  /** Sets what an answer about an object carries. */
  static HttpResponse describe(
      HttpResponse response, Bucket bucket, StoredObject object, boolean withChecksum) {
    HttpResponse described =
        response
            .with("Last-Modified", Preconditions.httpDate(object.lastModified()))
            .with("ETag", object.quotedEtag())
            .with("Accept-Ranges", "bytes");
    for (Map.Entry<String, String> header : object.headers().entrySet()) {
      described = described.with(header.getKey(), header.getValue());
    }
    for (Map.Entry<String, String> entry : object.metadata().entrySet()) {
      described = described.with(METADATA_PREFIX + entry.getKey(), entry.getValue());
    }
    if (!object.tags().isEmpty()) {
      described = described.with("x-amz-tagging-count", Integer.toString(object.tags().size()));
    }
    if (withChecksum && object.knownChecksum().isPresent()) {
      described = checksum(described, object.knownChecksum().get());
    }
    return version(described, bucket, object);
  }

  static HttpResponse checksum(HttpResponse response, StoredChecksum checksum) {
    return response
        .with(checksum.kind().header(), checksum.value())
        .with("x-amz-checksum-type", checksum.type());
  }

  static HttpResponse version(HttpResponse response, Bucket bucket, StoredObject object) {
    return bucket.versioning() == Bucket.Versioning.NEVER
        ? response
        : response.with("x-amz-version-id", object.versionId());
  }

  /** Sets what the answer to a write says about encryption. */
  static HttpResponse encryption(HttpResponse response, StoredObject object) {
    HttpResponse answer = response;
    for (String name : STORED) {
      if (name.startsWith("x-amz-server-side-encryption") && object.headers().containsKey(name)) {
        answer = answer.with(name, object.headers().get(name));
      }
    }
    return answer;
  }
}
