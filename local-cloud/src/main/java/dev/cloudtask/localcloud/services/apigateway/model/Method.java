package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP method on a resource takes, demands and answers.
 *
 * @param authorizationType NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS
 * @param requestParameters {@code method.request.header.X} and so on, and whether each is required
 * @param requestModels model names by content type
 * @param methodResponses by status code
 */
public record Method(
    String httpMethod,
    String authorizationType,
    @Nullable String authorizerId,
    boolean apiKeyRequired,
    @Nullable String requestValidatorId,
    @Nullable String operationName,
    @Nullable Map<String, Boolean> requestParameters,
    @Nullable Map<String, String> requestModels,
    @Nullable Map<String, MethodResponse> methodResponses,
    @Nullable Integration methodIntegration,
    @Nullable List<String> authorizationScopes) {

  /** An answer that the method declares. */
  public record MethodResponse(
      String statusCode,
      @Nullable Map<String, Boolean> responseParameters,
      @Nullable Map<String, String> responseModels) {}

  /** Returns the declared answers by status code. */
  public Map<String, MethodResponse> responses() {
    return methodResponses == null ? Map.of() : methodResponses;
  }

  /** Returns this method with another integration, or none. */
  public Method withIntegration(@Nullable Integration integration) {
    return new Method(
        httpMethod,
        authorizationType,
        authorizerId,
        apiKeyRequired,
        requestValidatorId,
        operationName,
        requestParameters,
        requestModels,
        methodResponses,
        integration,
        authorizationScopes);
  }

  /** Returns this method with an answer declared. */
  public Method with(MethodResponse response) {
    Map<String, MethodResponse> changed = new TreeMap<>(responses());
    changed.put(response.statusCode(), response);
    return withResponses(changed);
  }

  /** Returns this method without an answer. */
  public Method withoutResponse(String statusCode) {
    Map<String, MethodResponse> changed = new TreeMap<>(responses());
    changed.remove(statusCode);
    return withResponses(changed.isEmpty() ? null : changed);
  }

  private Method withResponses(@Nullable Map<String, MethodResponse> changed) {
    return new Method(
        httpMethod,
        authorizationType,
        authorizerId,
        apiKeyRequired,
        requestValidatorId,
        operationName,
        requestParameters,
        requestModels,
        changed,
        methodIntegration,
        authorizationScopes);
  }
}
