package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a method.
 *
 * @param type MOCK or AWS_PROXY here; AWS has HTTP, HTTP_PROXY and AWS as well
 * @param httpMethod how the backend is called: POST for Lambda, whatever the method's own verb
 * @param uri for Lambda {@code
 *     arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations}
 * @param credentials a role to invoke with; null to rely on the function's resource policy
 * @param timeoutInMillis 50 to 29,000
 * @param integrationResponses by status code of the method's answer
 */
public record Integration(
    String type,
    @Nullable String httpMethod,
    @Nullable String uri,
    @Nullable String connectionType,
    @Nullable String connectionId,
    @Nullable String credentials,
    @Nullable Map<String, String> requestParameters,
    @Nullable Map<String, String> requestTemplates,
    String passthroughBehavior,
    @Nullable String contentHandling,
    int timeoutInMillis,
    String cacheNamespace,
    List<String> cacheKeyParameters,
    @Nullable Map<String, IntegrationResponse> integrationResponses) {

  /**
   * How an answer of the backend becomes one of the method.
   *
   * @param selectionPattern which of the backend's answers this is for; null or empty: any other
   */
  public record IntegrationResponse(
      String statusCode,
      @Nullable String selectionPattern,
      @Nullable Map<String, String> responseParameters,
      @Nullable Map<String, String> responseTemplates,
      @Nullable String contentHandling) {}

  /** Returns the mapped answers by status code. */
  public Map<String, IntegrationResponse> responses() {
    return integrationResponses == null ? Map.of() : integrationResponses;
  }

  /** Returns this integration with an answer mapped. */
  public Integration with(IntegrationResponse response) {
    Map<String, IntegrationResponse> changed = new TreeMap<>(responses());
    changed.put(response.statusCode(), response);
    return withResponses(changed);
  }

  /** Returns this integration without an answer. */
  public Integration withoutResponse(String statusCode) {
    Map<String, IntegrationResponse> changed = new TreeMap<>(responses());
    changed.remove(statusCode);
    return withResponses(changed.isEmpty() ? null : changed);
  }

  /** Returns this integration with these mapped answers. */
  public Integration withResponses(@Nullable Map<String, IntegrationResponse> changed) {
    return new Integration(
        type,
        httpMethod,
        uri,
        connectionType,
        connectionId,
        credentials,
        requestParameters,
        requestTemplates,
        passthroughBehavior,
        contentHandling,
        timeoutInMillis,
        cacheNamespace,
        cacheKeyParameters,
        changed);
  }
}
