package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * S3's errors, texts to the letter.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
final class S3Errors {
  private S3Errors() {}

  static AwsException accessDenied() {
    return new AwsException("AccessDenied", 403, "Access Denied");
  }

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDenied", 403, message);
  }

  /** The text since Block Public Access says who blocked (FIDELITY S3-044). */
  static AwsException publicPolicyBlocked(String callerArn, String bucket) {
    return accessDenied(
        "User: "
            + callerArn
            + " is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::"
            + bucket
            + "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block"
            + " Public Access.");
  }

  static AwsException noSuchBucket(String bucket) {
    return new AwsException("NoSuchBucket", 404, "The specified bucket does not exist")
        .with("BucketName", bucket);
  }

  static AwsException noSuchKey(String key) {
    return new AwsException("NoSuchKey", 404, "The specified key does not exist.").with("Key", key);
  }

  static AwsException noSuchVersion(String key, String versionId) {
    return new AwsException("NoSuchVersion", 404, "The specified version does not exist.")
        .with("Key", key)
        .with("VersionId", versionId);
  }

  static AwsException invalidVersionId(String versionId) {
    return invalidArgument("Invalid version id specified", "versionId", versionId);
  }

  static AwsException bucketNotEmpty(String bucket) {
    return new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty")
        .with("BucketName", bucket);
  }

  static AwsException versionedBucketNotEmpty(String bucket) {
    return new AwsException(
            "BucketNotEmpty",
            409,
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket.")
        .with("BucketName", bucket);
  }

  static AwsException bucketAlreadyOwnedByYou(String bucket) {
    return new AwsException(
            "BucketAlreadyOwnedByYou",
            409,
            "Your previous request to create the named bucket succeeded and you already own it.")
        .with("BucketName", bucket);
  }

  static AwsException bucketAlreadyExists(String bucket) {
    return new AwsException(
            "BucketAlreadyExists",
            409,
            "The requested bucket name is not available. The bucket namespace is shared by all users of"
                + " the system. Please select a different name and try again.")
        .with("BucketName", bucket);
  }

  static AwsException invalidBucketName(String bucket) {
    return new AwsException("InvalidBucketName", 400, "The specified bucket is not valid.")
        .with("BucketName", bucket);
  }

  static AwsException invalidLocationConstraint(String constraint) {
    return new AwsException(
            "InvalidLocationConstraint", 400, "The specified location-constraint is not valid")
        .with("LocationConstraint", constraint);
  }

  static AwsException illegalLocationConstraint(String constraint) {
    return new AwsException(
        "IllegalLocationConstraintException",
        400,
        "The "
            + constraint
            + " location constraint is incompatible for the region specific endpoint this request was"
            + " sent to.");
  }

  static AwsException malformedXml() {
    return new AwsException(
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema");
  }

  static AwsException methodNotAllowed(String method, String resourceType) {
    return new AwsException(
            "MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        .with("Method", method)
        .with("ResourceType", resourceType);
  }

  /** The text lists what S3 takes; as quoted in issues of minio and of the SDKs. */
  static AwsException invalidContentSha256(String value) {
    return invalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER,"
            + " STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD,"
            + " STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        "x-amz-content-sha256",
        value);
  }

  /** S3 names the chunk after the one that is too small: by it, it knows. */
  static AwsException chunkTooSmall(int chunk, int size) {
    return new AwsException(
            "InvalidChunkSizeError",
            403,
            "Only the last chunk is allowed to have a size less than 8192 bytes")
        .with("Chunk", Integer.toString(chunk))
        .with("BadChunkSize", Integer.toString(size));
  }

  static AwsException invalidRange(String range, long size) {
    return new AwsException("InvalidRange", 416, "The requested range is not satisfiable")
        .with("RangeRequested", range)
        .with("ActualObjectSize", Long.toString(size));
  }

  static AwsException invalidPartNumber(int requested, int actual) {
    return new AwsException("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
        .with("PartNumberRequested", Integer.toString(requested))
        .with("ActualPartCount", Integer.toString(actual));
  }

  static AwsException preconditionFailed(String condition) {
    return new AwsException(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold")
        .with("Condition", condition);
  }

  static AwsException notModified() {
    return new AwsException("NotModified", 304, "Not Modified");
  }

  static AwsException invalidArgument(String message, String name, String value) {
    return new AwsException("InvalidArgument", 400, message)
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }

  static AwsException invalidRequest(String message) {
    return new AwsException("InvalidRequest", 400, message);
  }

  static AwsException keyTooLong(int size) {
    return new AwsException("KeyTooLongError", 400, "Your key is too long")
        .with("Size", Integer.toString(size))
        .with("MaxSizeAllowed", "1024");
  }

  static AwsException metadataTooLarge(int size) {
    return new AwsException(
            "MetadataTooLarge",
            400,
            "Your metadata headers exceed the maximum allowed metadata size")
        .with("Size", Integer.toString(size))
        .with("MaxSizeAllowed", "2048");
  }

  static AwsException entityTooLarge(long proposed, long max) {
    return new AwsException(
            "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size")
        .with("ProposedSize", Long.toString(proposed))
        .with("MaxSizeAllowed", Long.toString(max));
  }

  static AwsException entityTooSmall(String etag, int part, long size) {
    return new AwsException(
            "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
        .with("ETag", etag)
        .with("MinSizeAllowed", "5242880")
        .with("PartNumber", Integer.toString(part))
        .with("ProposedSize", Long.toString(size));
  }

  static AwsException noSuchUpload(String uploadId) {
    return new AwsException(
            "NoSuchUpload",
            404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
                + " been aborted or completed.")
        .with("UploadId", uploadId);
  }

  static AwsException invalidPart(String etag, int part, String uploadId) {
    return new AwsException(
            "InvalidPart",
            400,
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.")
        .with("ETag", etag)
        .with("PartNumber", Integer.toString(part))
        .with("UploadId", uploadId);
  }

  static AwsException invalidPartOrder(String uploadId) {
    return new AwsException(
            "InvalidPartOrder",
            400,
            "The list of parts was not in ascending order. Parts must be ordered by part number.")
        .with("UploadId", uploadId);
  }

  static AwsException missingContentLength() {
    return new AwsException(
        "MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
  }

  static AwsException incompleteBody() {
    return new AwsException(
        "IncompleteBody",
        400,
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
  }

  static AwsException malformedTrailer() {
    return new AwsException(
        "MalformedTrailerError",
        400,
        "The request contained trailing data that was not well-formed or did not conform to our"
            + " published schema.");
  }

  static AwsException contentSha256Mismatch(String claimed, String computed) {
    return new AwsException(
            "XAmzContentSHA256Mismatch",
            400,
            "The provided 'x-amz-content-sha256' header does not match what was computed.")
        .with("ClientComputedContentSHA256", claimed)
        .with("S3ComputedContentSHA256", computed);
  }

  static AwsException badContentMd5(String expected, String calculated) {
    return new AwsException(
            "BadDigest", 400, "The Content-MD5 you specified did not match what we received.")
        .with("ExpectedDigest", expected)
        .with("CalculatedDigest", calculated);
  }

  static AwsException invalidContentMd5(String value) {
    return new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.")
        .with("Content-MD5", value);
  }

  static AwsException badChecksum(String algorithm) {
    return new AwsException(
        "BadDigest",
        400,
        "The " + algorithm + " you specified did not match the calculated checksum.");
  }

  static AwsException aclNotSupported() {
    return new AwsException("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
  }

  static AwsException malformedPolicy(String message) {
    return new AwsException("MalformedPolicy", 400, message);
  }

  static AwsException corsForbidden(String message, String method, String resourceType) {
    return new AwsException("AccessForbidden", 403, message)
        .with("Method", method)
        .with("ResourceType", resourceType);
  }

  static AwsException badRequest(String message) {
    return new AwsException("BadRequest", 400, message);
  }

  static AwsException invalidTag(String message) {
    return new AwsException("InvalidTag", 400, message);
  }

  /** A header S3 knows with a value or in a place that it does not implement. */
  static AwsException headerNotImplemented(String header) {
    return new AwsException(
            "NotImplemented",
            501,
            "A header you provided implies functionality that is not implemented")
        .with("Header", header);
  }

  /** What S3 can do and this cloud does not: refused by name, with what there is instead. */
  static AwsException notEmulated(String what) {
    return new AwsException(
        "NotImplemented",
        501,
        what
            + " is part of Amazon S3 but not of this local cloud, which emulates buckets, objects,"
            + " versions, multipart uploads, tagging, bucket policies, Block Public Access, CORS and"
            + " websites.");
  }

  static AwsException internal() {
    return new AwsException(
        "InternalError", 500, "We encountered an internal error. Please try again.");
  }
}
