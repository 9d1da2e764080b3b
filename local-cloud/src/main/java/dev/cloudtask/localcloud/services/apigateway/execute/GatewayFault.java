package dev.cloudtask.localcloud.services.apigateway.execute;

import org.jspecify.annotations.Nullable;

/**
 * The gateway answers itself: it does not let a request through, or cannot.
 *
 * <p>Texts and header values are AWS's: answers recorded in localstack/localstack
 * (tests/aws/services /apigateway), the developer guide's <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">gateway
 * response types</a> and <a
 * href="https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden">AWS
 * re:Post</a>.
 */
final class GatewayFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String responseType;
  private final int status;
  private final String errorType;
  private final @Nullable String text;
  private final String reason;

  /**
   * Creates a fault.
   *
   * @param responseType whose gateway response applies
   * @param status unless a gateway response says otherwise
   * @param errorType the value of {@code x-amzn-ErrorType}
   * @param text the message in the answer; AWS has null for some
   * @param reason for the execution log and the trace, never for the client
   */
  private GatewayFault(
      String responseType, int status, String errorType, @Nullable String text, String reason) {
    super(reason, null, false, false);
    this.responseType = responseType;
    this.status = status;
    this.errorType = errorType;
    this.text = text;
    this.reason = reason;
  }

  static GatewayFault noRoute(String reason) {
    return new GatewayFault(
        "MISSING_AUTHENTICATION_TOKEN",
        403,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
        reason);
  }

  static GatewayFault incompleteSignature(String text, String reason) {
    return new GatewayFault("DEFAULT_4XX", 403, "IncompleteSignatureException", text, reason);
  }

  static GatewayFault unauthorized(String reason) {
    return unauthorized("Unauthorized", reason);
  }

  static GatewayFault unauthorized(String text, String reason) {
    return new GatewayFault("UNAUTHORIZED", 401, "UnauthorizedException", text, reason);
  }

  static GatewayFault accessDenied(String text, String reason) {
    return new GatewayFault("ACCESS_DENIED", 403, "AccessDeniedException", text, reason);
  }

  static GatewayFault authorizerFailure(String reason) {
    return new GatewayFault(
        "AUTHORIZER_FAILURE", 500, "AuthorizerConfigurationException", null, reason);
  }

  static GatewayFault authorizerMisconfigured(String reason) {
    return new GatewayFault(
        "AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", null, reason);
  }

  static GatewayFault badParameters(String text) {
    return new GatewayFault("BAD_REQUEST_PARAMETERS", 400, "BadRequestException", text, text);
  }

  static GatewayFault badBody(String reason) {
    return new GatewayFault(
        "BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body", reason);
  }

  static GatewayFault unsupportedMediaType(String reason) {
    return new GatewayFault(
        "UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", "Unsupported Media Type", reason);
  }

  static GatewayFault throttled(String reason) {
    return new GatewayFault(
        "THROTTLED", 429, "TooManyRequestsException", "Too Many Requests", reason);
  }

  /** The API is set up wrongly: AWS gives 500. */
  static GatewayFault configuration(String reason) {
    return new GatewayFault(
        "API_CONFIGURATION_ERROR",
        500,
        "InternalServerErrorException",
        "Internal server error",
        "Execution failed due to configuration error: " + reason);
  }

  /** The function failed or answered nonsense: AWS gives 502. */
  static GatewayFault badGateway(String reason) {
    return new GatewayFault(
        "DEFAULT_5XX", 502, "InternalServerErrorException", "Internal server error", reason);
  }

  static GatewayFault timeout() {
    return new GatewayFault(
        "INTEGRATION_TIMEOUT",
        504,
        "InternalServerErrorException",
        "Endpoint request timed out",
        "Execution failed due to a timeout error");
  }

  String responseType() {
    return responseType;
  }

  int status() {
    return status;
  }

  String errorType() {
    return errorType;
  }

  @Nullable String text() {
    return text;
  }

  String reason() {
    return reason;
  }
}
