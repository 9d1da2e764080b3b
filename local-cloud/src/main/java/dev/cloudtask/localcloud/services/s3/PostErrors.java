package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * S3's errors about upload forms, texts to the letter.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
final class PostErrors {
  private PostErrors() {}

  static AwsException notAForm() {
    return new AwsException(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold")
        .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
  }

  static AwsException malformedForm() {
    return new AwsException(
        "MalformedPOSTRequest",
        400,
        "The body of your POST request is not well-formed multipart/form-data.");
  }

  static AwsException fieldsTooLarge() {
    return new AwsException(
        "MaxPostPreDataLengthExceededError",
        400,
        "Your POST request fields preceding the upload file were too large.");
  }

  static AwsException noFile() {
    return new AwsException(
        "IncorrectNumberOfFilesInPostRequest",
        400,
        "POST requires exactly one file upload per request.");
  }

  static AwsException missingField(String name) {
    return S3Errors.invalidArgument(
        "Bucket POST must contain a field named '"
            + name
            + "'.  If it is specified, please check the order of the fields.",
        name,
        "");
  }

  static AwsException invalidPolicy(String problem) {
    return new AwsException("InvalidPolicyDocument", 400, "Invalid Policy: " + problem);
  }

  static AwsException expired() {
    return against("Policy expired.");
  }

  static AwsException conditionFailed(String condition) {
    return against("Policy Condition failed: " + condition);
  }

  static AwsException extraField(String name) {
    return against("Extra input fields: " + name);
  }

  private static AwsException against(String what) {
    return S3Errors.accessDenied("Invalid according to Policy: " + what);
  }

  static AwsException tooSmall(long size, long least) {
    return new AwsException(
            "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
        .with("ProposedSize", Long.toString(size))
        .with("MinSizeAllowed", Long.toString(least));
  }
}
