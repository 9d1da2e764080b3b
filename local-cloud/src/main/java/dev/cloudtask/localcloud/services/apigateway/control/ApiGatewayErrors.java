package dev.cloudtask.localcloud.services.apigateway.control;

import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Collection;

/**
 * API Gateway's failures, to the letter.
 *
 * <p>Sources: answers of AWS recorded in localstack/localstack, tests/aws/services/apigateway
 * (snapshots), and quoted in public issues of CDK, Terraform and the Serverless Framework; the <a
 * href="https://docs.aws.amazon.com/apigateway/latest/api/CommonErrors.html">API reference</a>.
 */
final class ApiGatewayErrors {
  static final String NO_METHODS = "The REST API doesn't contain any methods";
  static final String NO_INTEGRATION = "No integration defined for method";
  static final String ACTIVE_STAGES =
      "Active stages pointing to this deployment must be moved or deleted";
  static final String AUTHORIZER_NEEDED =
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
          + " COGNITO_USER_POOLS requires a valid authorizer.";
  static final String VALIDATOR_UNKNOWN = "Invalid Request Validator identifier specified";
  static final String HTTP_METHOD =
      "Invalid HttpMethod specified. Valid options are"
          + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY";
  static final String EMPTY_HTTP_METHOD = "Enumeration value for HttpMethod must be non-empty";
  static final String INVALID_ARN = "Invalid ARN specified in the request";
  static final String ARN_WITHOUT_PATH = "AWS ARN for integration must contain path or action";
  static final String PROXY_TARGET =
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose"
          + " stream invocations.";
  static final String INVALID_FUNCTION = "Invalid lambda function";
  static final String TIMEOUT = "Timeout should be between 50 ms and 29000 ms";
  static final String PARAMETER_NAMES =
      "Parameter names must be unique across querystring, header and path";
  static final String PATH_PART =
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
          + " braces at the beginning and the end.";
  static final String CYCLE = "Resources cannot be cyclical.";
  static final String STAGE_NAME = "Stage name only allows a-zA-Z0-9_-";
  static final String LOGGING_ROLE =
      "CloudWatch Logs role ARN must be set in account settings to enable logging";
  static final String DESCRIPTION = "Description cannot be an empty string";
  static final String COMPRESSION =
      "Invalid minimum compression size, must be between 0 and 10485760";
  static final String MODEL_SCHEMA =
      "Model schema must have at least 1 property or array items defined";
  static final String NO_ENDPOINT =
      "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.";
  static final String MANY_ENDPOINTS = "Cannot create an api with multiple Endpoint Types.";
  static final String STAGE_PATHS =
      "/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize,"
          + " /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn,"
          + " /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled,"
          + " /{resourcePath}/{httpMethod}/logging/dataTrace,"
          + " /{resourcePath}/{httpMethod}/logging/loglevel,"
          + " /{resourcePath}/{httpMethod}/throttling/burstLimit"
          + "/{resourcePath}/{httpMethod}/throttling/rateLimit"
          + "/{resourcePath}/{httpMethod}/caching/ttlInSeconds,"
          + " /{resourcePath}/{httpMethod}/caching/enabled,"
          + " /{resourcePath}/{httpMethod}/caching/dataEncrypted,"
          + " /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl,"
          + " /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy,"
          + " /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel,"
          + " /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds,"
          + " /*/*/caching/enabled, /*/*/caching/dataEncrypted,"
          + " /*/*/caching/requireAuthorizationForCacheControl,"
          + " /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name},"
          + " /tracingEnabled";

  private ApiGatewayErrors() {}

  static AwsException badRequest(String message) {
    return new AwsException("BadRequestException", 400, message);
  }

  static AwsException notFound(String message) {
    return new AwsException("NotFoundException", 404, message);
  }

  static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  static AwsException noApi(String accountId, String apiId) {
    return notFound("Invalid API identifier specified " + accountId + ":" + apiId);
  }

  static AwsException noResource() {
    return notFound("Invalid Resource identifier specified");
  }

  static AwsException noMethod() {
    return notFound("Invalid Method identifier specified");
  }

  static AwsException noIntegration() {
    return notFound("Invalid Integration identifier specified");
  }

  static AwsException noStatusCode() {
    return notFound("Invalid Response status code specified");
  }

  static AwsException noModel(String name) {
    return notFound("Invalid model name specified: " + name);
  }

  static AwsException noAuthorizer() {
    return notFound("Invalid Authorizer identifier specified");
  }

  static AwsException noDeployment() {
    return notFound("Invalid Deployment identifier specified");
  }

  static AwsException noStage() {
    return notFound("Invalid stage identifier specified");
  }

  static AwsException patchPath(String path) {
    return badRequest("Invalid patch path " + path);
  }

  static AwsException patchOperation(String allowed) {
    return badRequest("Invalid patch operation specified. Must be one of: [" + allowed + "]");
  }

  /** The other wording of a wrong patch path, of resources, models and validators. */
  static AwsException patchPathFor(String path, String op, Collection<String> allowed) {
    return badRequest(
        "Invalid patch path  '%s' specified for op '%s'. %s"
            .formatted(
                path,
                op,
                op.equals("replace")
                    ? "Must be one of: [" + String.join(", ", allowed) + "]"
                    : "Please choose supported operations"));
  }

  static AwsException mapping(String error) {
    return badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : ["
            + error
            + "]");
  }

  static AwsException validation(String error) {
    return badRequest("Validation Result: warnings : [], errors : [" + error + "]");
  }

  /** Something API Gateway has and this cloud does not. */
  static AwsException notEmulated(String what, String advice) {
    return dev.cloudtask.localcloud.protocol.NotEmulated.parameter(
        "apigateway", "REST API", what, advice);
  }
}
