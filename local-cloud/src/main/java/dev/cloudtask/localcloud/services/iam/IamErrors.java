package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * IAM's failures, in its words.
 *
 * <p>Sources: the IAM API reference for codes and statuses; for the texts localstack's
 * tests/aws/services/iam/test_iam.snapshot.json, getmoto/moto's tests/test_iam and CLI errors
 * quoted in public issues.
 */
final class IamErrors {
  private IamErrors() {}

  static AwsException noSuchRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  static AwsException noSuchUser(String name) {
    return noSuchEntity("The user with name " + name + " cannot be found.");
  }

  static AwsException noSuchInlinePolicy(String kind, String name) {
    return noSuchEntity("The " + kind + " policy with name " + name + " cannot be found.");
  }

  static AwsException noSuchPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  static AwsException notAttachable(String arn) {
    return noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
  }

  static AwsException noSuchVersion(String arn, String version) {
    return noSuchEntity(
        "Policy " + arn + " version " + version + " does not exist or is not attachable.");
  }

  static AwsException noSuchAccessKey(String id) {
    return noSuchEntity("The Access Key with id " + id + " cannot be found.");
  }

  static AwsException noBoundary(String kind, String name) {
    return noSuchEntity(kind + " " + name + " does not have a permissions boundary.");
  }

  private static AwsException noSuchEntity(String message) {
    return new AwsException("NoSuchEntity", 404, message);
  }

  static AwsException exists(String kind, String name) {
    return new AwsException(
        "EntityAlreadyExists", 409, kind + " with name " + name + " already exists.");
  }

  static AwsException policyExists(String name) {
    return new AwsException(
        "EntityAlreadyExists",
        409,
        "A policy called " + name + " already exists. Duplicate names are not allowed.");
  }

  static AwsException deleteConflict(String message) {
    return new AwsException("DeleteConflict", 409, message);
  }

  static AwsException limit(String message) {
    return new AwsException("LimitExceeded", 409, message);
  }

  static AwsException malformed(MalformedPolicyException e) {
    return new AwsException("MalformedPolicyDocument", 400, e.message());
  }

  static AwsException validation(String message) {
    return new AwsException("ValidationError", 400, message);
  }

  static AwsException badArn() {
    return validation("Invalid ARN:  Could not be parsed!");
  }

  static AwsException badArn(String arn) {
    return validation("ARN " + arn + " is not valid.");
  }

  static AwsException unmodifiable(String arn) {
    return new AwsException(
        "AccessDenied", 403, "Policy " + arn + " is managed by AWS and cannot be changed.");
  }

  static AwsException badMarker(String marker) {
    return validation("Invalid Marker: " + marker);
  }

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDenied", 403, message);
  }
}
