package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who decides whether a request may pass.
 *
 * @param type TOKEN, REQUEST or COGNITO_USER_POOLS
 * @param providerARNs user pools whose tokens count
 * @param authorizerUri the function of a TOKEN or REQUEST authorizer, in the form of integrations
 * @param identitySource {@code method.request.header.Authorization}; several with commas
 * @param identityValidationExpression a regular expression for the token; for user pools, for its
 *     {@code aud}
 * @param authorizerResultTtlInSeconds how long a decision is kept; 0: not at all, null: 300
 */
public record Authorizer(
    String id,
    String name,
    String type,
    @Nullable List<String> providerARNs,
    @Nullable String authType,
    @Nullable String authorizerUri,
    @Nullable String authorizerCredentials,
    @Nullable String identitySource,
    @Nullable String identityValidationExpression,
    @Nullable Integer authorizerResultTtlInSeconds) {

  /** How long decisions are kept if the authorizer does not say, in seconds. */
  public static final int DEFAULT_TTL = 300;

  /** Returns how long decisions are kept, in seconds. */
  public int ttlSeconds() {
    return authorizerResultTtlInSeconds == null ? DEFAULT_TTL : authorizerResultTtlInSeconds;
  }
}
