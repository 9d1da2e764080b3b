package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * CloudFront's errors, texts to the letter.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
final class CloudFrontErrors {
  private CloudFrontErrors() {}

  static AwsException noSuchOrigin() {
    return new AwsException(
        "NoSuchOrigin", 404, "One or more of your origins or origin groups do not exist.");
  }

  static AwsException noSuchDistribution() {
    return new AwsException(
        "NoSuchDistribution", 404, "The specified distribution does not exist.");
  }

  static AwsException distributionNotDisabled() {
    return new AwsException(
        "DistributionNotDisabled",
        409,
        "The distribution you are trying to delete has not been disabled.");
  }

  static AwsException distributionAlreadyExists() {
    return new AwsException(
        "DistributionAlreadyExists",
        409,
        "The caller reference that you are using to create a distribution is associated with another"
            + " distribution. Already exists");
  }

  static AwsException invalidIfMatch() {
    return new AwsException(
        "InvalidIfMatchVersion",
        400,
        "The If-Match version is missing or not valid for the resource.");
  }

  static AwsException preconditionFailed() {
    return new AwsException(
        "PreconditionFailed",
        412,
        "The request failed because it didn't meet the preconditions in one or more request-header"
            + " fields.");
  }

  static AwsException inconsistentQuantities() {
    return new AwsException(
        "InconsistentQuantities", 400, "The value of Quantity and the size of Items don't match.");
  }

  static AwsException invalidationAlreadyExists() {
    return new AwsException(
        "InvalidationBatchAlreadyExists",
        409,
        "Your request contains a caller reference that was used for a previous invalidation batch for"
            + " the same distribution.");
  }

  static AwsException noSuchOperation(String method, String path) {
    return new AwsException(
        "InvalidAction", 400, "CloudFront has no operation " + method + " " + path + ".");
  }

  static AwsException invalidArgument(String message) {
    return new AwsException("InvalidArgument", 400, message);
  }

  static AwsException malformedInput() {
    return new AwsException(
        "MalformedInput", 400, "Could not parse the request: the body is not valid XML.");
  }

  static AwsException unknownElement(String parent, String name) {
    return new AwsException(
        "MalformedInput",
        400,
        "Could not parse the request: " + parent + " has no element " + name + ".");
  }

  static AwsException missingBody(String element) {
    return new AwsException(
        "MalformedInput", 400, "The request body must hold the element " + element + ".");
  }

  static AwsException noSuchPolicy(String code, String what) {
    return new AwsException(code, 404, "The " + what + " does not exist.");
  }

  static AwsException noSuchInvalidation() {
    return new AwsException(
        "NoSuchInvalidation", 404, "The specified invalidation does not exist.");
  }

  static AwsException immutableReference() {
    return new AwsException("IllegalUpdate", 400, "Origin and CallerReference cannot be updated.");
  }

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDenied", 403, message);
  }
}
