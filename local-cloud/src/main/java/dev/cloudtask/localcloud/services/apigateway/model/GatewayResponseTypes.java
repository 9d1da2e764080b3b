package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of answers the gateway gives itself, with their defaults.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
public final class GatewayResponseTypes {
  /** The body everything has unless it is customised. */
  public static final Map<String, String> DEFAULT_TEMPLATES =
      Map.of("application/json", "{\"message\":$context.error.messageString}");

  /** The types in the order in which AWS's messages name them. */
  public static final List<String> IN_MESSAGES =
      List.of(
          "REQUEST_TOO_LARGE",
          "RESOURCE_NOT_FOUND",
          "AUTHORIZER_CONFIGURATION_ERROR",
          "MISSING_AUTHENTICATION_TOKEN",
          "BAD_REQUEST_BODY",
          "INVALID_SIGNATURE",
          "INVALID_API_KEY",
          "BAD_REQUEST_PARAMETERS",
          "AUTHORIZER_FAILURE",
          "UNAUTHORIZED",
          "INTEGRATION_TIMEOUT",
          "ACCESS_DENIED",
          "DEFAULT_4XX",
          "DEFAULT_5XX",
          "WAF_FILTERED",
          "QUOTA_EXCEEDED",
          "THROTTLED",
          "API_CONFIGURATION_ERROR",
          "UNSUPPORTED_MEDIA_TYPE",
          "INTEGRATION_FAILURE",
          "EXPIRED_TOKEN");

  private static final Map<String, Integer> STATUS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ACCESS_DENIED", 403),
              Map.entry("API_CONFIGURATION_ERROR", 500),
              Map.entry("AUTHORIZER_CONFIGURATION_ERROR", 500),
              Map.entry("AUTHORIZER_FAILURE", 500),
              Map.entry("BAD_REQUEST_BODY", 400),
              Map.entry("BAD_REQUEST_PARAMETERS", 400),
              Map.entry("EXPIRED_TOKEN", 403),
              Map.entry("INTEGRATION_FAILURE", 504),
              Map.entry("INTEGRATION_TIMEOUT", 504),
              Map.entry("INVALID_API_KEY", 403),
              Map.entry("INVALID_SIGNATURE", 403),
              Map.entry("MISSING_AUTHENTICATION_TOKEN", 403),
              Map.entry("QUOTA_EXCEEDED", 429),
              Map.entry("REQUEST_TOO_LARGE", 413),
              Map.entry("RESOURCE_NOT_FOUND", 404),
              Map.entry("THROTTLED", 429),
              Map.entry("UNAUTHORIZED", 401),
              Map.entry("UNSUPPORTED_MEDIA_TYPE", 415),
              Map.entry("WAF_FILTERED", 403)));

  /** All types in alphabetical order, as GetGatewayResponses lists them. */
  public static final List<String> ALL = IN_MESSAGES.stream().sorted().toList();

  private GatewayResponseTypes() {}

  /** Returns the status of a type that is not customised; the DEFAULT types have none. */
  public static Optional<Integer> defaultStatus(String type) {
    return Optional.ofNullable(STATUS.get(type));
  }

  /** Returns the DEFAULT type whose customisation a type takes over. */
  public static String parent(String type) {
    return STATUS.getOrDefault(type, 0) >= 500 ? "DEFAULT_5XX" : "DEFAULT_4XX";
  }

  /**
   * Returns what an API answers for a type: its own customisation, else that of DEFAULT_4XX or
   * DEFAULT_5XX, else the default.
   */
  public static GatewayResponse of(Api api, String type) {
    GatewayResponse own = api.gatewayResponses().get(type);
    if (own != null) {
      return own;
    }
    Optional<String> status = defaultStatus(type).map(String::valueOf);
    GatewayResponse inherited = status.isEmpty() ? null : api.gatewayResponses().get(parent(type));
    if (inherited == null) {
      return new GatewayResponse(type, status.orElse(null), Map.of(), DEFAULT_TEMPLATES, true);
    }
    return new GatewayResponse(
        type,
        inherited.statusCode() == null ? status.orElse(null) : inherited.statusCode(),
        inherited.responseParameters(),
        inherited.responseTemplates(),
        true);
  }
}
