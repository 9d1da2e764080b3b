package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * CloudWatch Logs' failures, in its words.
 *
 * <p>Sources: localstack's tests/aws/services/logs/*.snapshot.json; the API reference for codes.
 */
final class LogErrors {
  private LogErrors() {}

  static AwsException noGroup() {
    return new AwsException(
        "ResourceNotFoundException", 400, "The specified log group does not exist.");
  }

  static AwsException noStream() {
    return new AwsException(
        "ResourceNotFoundException", 400, "The specified log stream does not exist.");
  }

  static AwsException groupExists() {
    return new AwsException(
        "ResourceAlreadyExistsException", 400, "The specified log group already exists");
  }

  static AwsException streamExists() {
    return new AwsException(
        "ResourceAlreadyExistsException", 400, "The specified log stream already exists");
  }

  static AwsException nameTooLong() {
    return invalid(
        "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
  }

  static AwsException nameAndArn() {
    return new AwsException(
        "ValidationException",
        400,
        "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  }

  static AwsException noNameOrArn() {
    return new AwsException(
        "ValidationException", 400, "Exactly one of LogGroup name and LogGroup ARN is required.");
  }

  static AwsException prefixAndPattern() {
    return invalid(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }

  static AwsException orderWithPrefix() {
    return invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }

  static AwsException namesAndPrefix() {
    return invalid("LogStream names and LogStream name prefix are mutually exclusive parameters.");
  }

  static AwsException disorder() {
    return invalid("Log events in a single PutLogEvents request must be in chronological order.");
  }

  static AwsException longerThanADay() {
    return invalid(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }

  static AwsException tooLarge(long bytes, long limit) {
    return invalid("Upload too large: " + bytes + " bytes exceeds limit of " + limit);
  }

  static AwsException badToken() {
    return invalid("The specified nextToken is invalid.");
  }

  static AwsException invalid(String message) {
    return new AwsException("InvalidParameterException", 400, message);
  }

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDeniedException", 400, message);
  }
}
