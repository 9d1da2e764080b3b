package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account's settings in the region.
 *
 * @param cloudwatchRoleArn the role that logs are written with; without it none may be turned on
 */
public record Account(
    @Nullable String cloudwatchRoleArn,
    ThrottleSettings throttleSettings,
    List<String> features,
    String apiKeyVersion) {

  /** Requests: at once, and per second. */
  public record ThrottleSettings(int burstLimit, double rateLimit) {}

  /** What an account has that nothing was set for. */
  public static final Account UNSET =
      new Account(null, new ThrottleSettings(5_000, 10_000), List.of("UsagePlans"), "4");

  /** Returns these settings with another role. */
  public Account withRole(@Nullable String arn) {
    return new Account(arn, throttleSettings, features, apiKeyVersion);
  }
}
