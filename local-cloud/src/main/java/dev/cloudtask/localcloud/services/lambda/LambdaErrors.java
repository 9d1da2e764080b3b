package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * Lambda's failures, to the letter.
 *
 * <p>Sources: the Lambda API reference; answers of the real service recorded in {@code
 * localstack/localstack tests/aws/services/lambda_/*.snapshot.json}; errors quoted in public
 * repositories (FIDELITY.md, Lambda).
 */
final class LambdaErrors {
  private LambdaErrors() {}

  private static AwsException user(String code, int status, String message) {
    return new AwsException(code, status, message).with("Type", "User");
  }

  static AwsException invalid(String message) {
    return user("InvalidParameterValueException", 400, message);
  }

  static AwsException conflict(String message) {
    return user("ResourceConflictException", 409, message);
  }

  static AwsException notFound(String message) {
    return user("ResourceNotFoundException", 404, message);
  }

  static AwsException functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static AwsException functionExists(String name) {
    return conflict("Function already exist: " + name);
  }

  static AwsException noSuchResource() {
    return notFound("The resource you requested does not exist.");
  }

  static AwsException noPolicy() {
    return notFound("No policy is associated with the given resource.");
  }

  static AwsException updateInProgress(String arn) {
    return conflict(
        "The operation cannot be performed at this time. An update is in progress for resource: "
            + arn);
  }

  static AwsException notActive(String state) {
    return conflict(
        "The operation cannot be performed at this time. The function is currently in the"
            + " following state: "
            + state);
  }

  static AwsException revisionMismatch() {
    return user(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id");
  }

  static AwsException roleNotAssumable() {
    return invalid("The role defined for the function cannot be assumed by Lambda.");
  }

  static AwsException noCode() {
    return invalid("Please provide a source for function code.");
  }

  static AwsException notAZip() {
    return invalid(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  static AwsException emptyZip() {
    return invalid("Uploaded file must be a non-empty zip");
  }

  static AwsException unzippedTooLarge() {
    return invalid("Unzipped size must be smaller than 262144000 bytes");
  }

  static AwsException zipTooLarge(String operation) {
    return user(
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than 70167211 bytes for the " + operation + " operation");
  }

  static AwsException objectUnreadable(AwsException s3) {
    return invalid(
        "Error occurred while GetObject. S3 Error Code: "
            + s3.code()
            + ". S3 Error Message: "
            + s3.message());
  }

  static AwsException runtimeDeprecated(String runtime) {
    return invalid(
        "The runtime parameter of "
            + runtime
            + " is no longer supported for creating or updating AWS Lambda functions. We recommend"
            + " you use a supported runtime while creating or updating functions.");
  }

  static AwsException runtimeUnknown(String runtime) {
    return invalid(
        "Value "
            + runtime
            + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ["
            + String.join(", ", Runtimes.OFFERED)
            + "] or be a valid ARN");
  }

  static AwsException runtimeAndHandlerMandatory() {
    return invalid(
        "Runtime and Handler are mandatory parameters for functions created with deployment"
            + " packages.");
  }

  static AwsException reservedVariables(String names) {
    return invalid(
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided contains reserved keys that are currently not"
            + " supported for modification. Reserved keys used in this request: "
            + names);
  }

  static AwsException variablesTooLarge(String measured) {
    return invalid(
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided exceeded the 4KB limit. String measured: "
            + measured);
  }

  static AwsException requestTooLarge(int limit) {
    return user(
        "RequestTooLargeException",
        413,
        "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
  }

  static AwsException eventNotJson(String reason) {
    return user(
        "InvalidRequestContentException", 400, "Could not parse request body into json: " + reason);
  }

  static AwsException reservedConcurrencyUsed() {
    return new AwsException("TooManyRequestsException", 429, "Rate Exceeded.")
        .with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")
        .with("Type", "User");
  }

  static AwsException statementExists(String id) {
    return conflict(
        "The statement id ("
            + id
            + ") provided already exists. Please provide a new statement id, or remove the"
            + " existing statement.");
  }

  static AwsException statementMissing(String id) {
    return notFound("Statement " + id + " is not found in resource policy.");
  }

  static AwsException principalInvalid() {
    return invalid("The provided principal was invalid. Please check the principal and try again.");
  }

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDeniedException", 403, message);
  }

  static AwsException unknownOperation() {
    return new AwsException("UnknownOperationException", 404, "");
  }
}
