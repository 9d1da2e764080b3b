package dev.cloudtask.localcloud.services.apigateway.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name under which a deployment is served.
 *
 * @param methodSettings by {@code RESOURCE~1PATH/METHOD}; an asterisk stands for all
 */
public record Stage(
    String deploymentId,
    String stageName,
    @Nullable String description,
    boolean cacheClusterEnabled,
    String cacheClusterStatus,
    Map<String, MethodSetting> methodSettings,
    @Nullable Map<String, String> variables,
    @Nullable String documentationVersion,
    @Nullable AccessLogSettings accessLogSettings,
    boolean tracingEnabled,
    @Nullable Map<String, String> tags,
    Instant createdDate,
    Instant lastUpdatedDate) {

  /**
   * Where the line for each request goes.
   *
   * @param format a line with {@code $context} variables
   */
  public record AccessLogSettings(@Nullable String format, @Nullable String destinationArn) {}

  /**
   * What a stage sets for methods.
   *
   * @param loggingLevel OFF, ERROR or INFO; null is OFF
   */
  public record MethodSetting(
      boolean metricsEnabled,
      @Nullable String loggingLevel,
      boolean dataTraceEnabled,
      int throttlingBurstLimit,
      double throttlingRateLimit,
      boolean cachingEnabled,
      int cacheTtlInSeconds,
      boolean cacheDataEncrypted,
      boolean requireAuthorizationForCacheControl,
      String unauthorizedCacheControlHeaderStrategy) {

    /** What AWS sets when one setting of a method is made for the first time. */
    public static final MethodSetting DEFAULT =
        new MethodSetting(
            false,
            null,
            false,
            5_000,
            10_000,
            false,
            300,
            false,
            true,
            "SUCCEED_WITH_RESPONSE_HEADER");
  }
}
