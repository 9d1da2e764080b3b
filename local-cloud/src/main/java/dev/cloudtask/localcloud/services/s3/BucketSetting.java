package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * The settings of a bucket that are one document each: how they are asked for, which permissions
 * they need, and what S3 says when there is none.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html">S3
 *     operations</a>
 */
enum BucketSetting {
  POLICY(
      "policy",
      "BucketPolicy",
      "",
      "s3:GetBucketPolicy",
      "s3:PutBucketPolicy",
      "s3:DeleteBucketPolicy"),
  WEBSITE(
      "website",
      "BucketWebsite",
      "WebsiteConfiguration",
      "s3:GetBucketWebsite",
      "s3:PutBucketWebsite",
      "s3:DeleteBucketWebsite"),
  CORS(
      "cors",
      "BucketCors",
      "CORSConfiguration",
      "s3:GetBucketCORS",
      "s3:PutBucketCORS",
      "s3:PutBucketCORS"),
  LIFECYCLE(
      "lifecycle",
      "BucketLifecycleConfiguration",
      "LifecycleConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:PutLifecycleConfiguration"),
  ENCRYPTION(
      "encryption",
      "BucketEncryption",
      "ServerSideEncryptionConfiguration",
      "s3:GetEncryptionConfiguration",
      "s3:PutEncryptionConfiguration",
      "s3:PutEncryptionConfiguration"),
  VERSIONING(
      "versioning",
      "BucketVersioning",
      "VersioningConfiguration",
      "s3:GetBucketVersioning",
      "s3:PutBucketVersioning",
      ""),
  TAGGING(
      "tagging",
      "BucketTagging",
      "Tagging",
      "s3:GetBucketTagging",
      "s3:PutBucketTagging",
      "s3:PutBucketTagging"),
  PUBLIC_ACCESS_BLOCK(
      "publicAccessBlock",
      "PublicAccessBlock",
      "PublicAccessBlockConfiguration",
      "s3:GetBucketPublicAccessBlock",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketPublicAccessBlock"),
  OWNERSHIP_CONTROLS(
      "ownershipControls",
      "BucketOwnershipControls",
      "OwnershipControls",
      "s3:GetBucketOwnershipControls",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketOwnershipControls");

  private final String marker;
  private final String operationSuffix;
  private final String root;
  private final String readAction;
  private final String writeAction;
  private final String deleteAction;

  BucketSetting(
      String marker,
      String operationSuffix,
      String root,
      String readAction,
      String writeAction,
      String deleteAction) {
    this.marker = marker;
    this.operationSuffix = operationSuffix;
    this.root = root;
    this.readAction = readAction;
    this.writeAction = writeAction;
    this.deleteAction = deleteAction;
  }

  /** The query parameter that asks for it. */
  String marker() {
    return marker;
  }

  /** What follows Get, Put and Delete in the operations' names. */
  String operationSuffix() {
    return operationSuffix;
  }

  /** The document's root element; the policy is JSON and has none. */
  String root() {
    return root;
  }

  String readAction() {
    return readAction;
  }

  String writeAction() {
    return writeAction;
  }

  /** The permission to remove it; empty if it cannot be removed. */
  String deleteAction() {
    return deleteAction;
  }

  /** What S3 says when a bucket has none. */
  AwsException absent(String bucket) {
    return switch (this) {
      case POLICY -> missing("NoSuchBucketPolicy", "The bucket policy does not exist", bucket);
      case WEBSITE ->
          missing(
              "NoSuchWebsiteConfiguration",
              "The specified bucket does not have a website configuration",
              bucket);
      case CORS ->
          missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket);
      case LIFECYCLE ->
          missing(
              "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket);
      case ENCRYPTION ->
          missing(
              "ServerSideEncryptionConfigurationNotFoundError",
              "The server side encryption configuration was not found",
              bucket);
      case VERSIONING -> throw new IllegalStateException("versioning always has an answer");
      case TAGGING -> missing("NoSuchTagSet", "The TagSet does not exist", bucket);
      case PUBLIC_ACCESS_BLOCK ->
          missing(
              "NoSuchPublicAccessBlockConfiguration",
              "The public access block configuration was not found",
              bucket);
      case OWNERSHIP_CONTROLS ->
          missing(
              "OwnershipControlsNotFoundError",
              "The bucket ownership controls were not found",
              bucket);
    };
  }

  private static AwsException missing(String code, String message, String bucket) {
    return new AwsException(code, 404, message).with("BucketName", bucket);
  }
}
