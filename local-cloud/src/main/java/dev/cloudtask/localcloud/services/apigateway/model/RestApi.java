package dev.cloudtask.localcloud.services.apigateway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API as GetRestApi shows it.
 *
 * @param id ten lower-case letters and digits
 * @param minimumCompressionSize in bytes; null if answers are not compressed
 * @param policy the resource policy as JSON text, null if there is none
 */
public record RestApi(
    String id,
    String name,
    @Nullable String description,
    Instant createdDate,
    @Nullable String version,
    @Nullable List<String> binaryMediaTypes,
    @Nullable Integer minimumCompressionSize,
    String apiKeySource,
    EndpointConfiguration endpointConfiguration,
    @Nullable String policy,
    @Nullable Map<String, String> tags,
    boolean disableExecuteApiEndpoint,
    String rootResourceId) {

  /**
   * Where the API is reached.
   *
   * @param types one of EDGE, REGIONAL, PRIVATE
   */
  public record EndpointConfiguration(
      List<String> types, String ipAddressType, @Nullable List<String> vpcEndpointIds) {}

  /** Tells whether requests come through CloudFront, as they do unless the API says otherwise. */
  public boolean isEdgeOptimized() {
    return endpointConfiguration.types().contains("EDGE");
  }
}
