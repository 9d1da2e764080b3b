package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself answers when it does not let a request through, or cannot.
 *
 * @param statusCode null for the DEFAULT types that were not customised: each fault has its own
 * @param responseParameters {@code gatewayresponse.header.X} to a quoted literal or a source
 * @param responseTemplates bodies by content type
 */
public record GatewayResponse(
    String responseType,
    @Nullable String statusCode,
    Map<String, String> responseParameters,
    Map<String, String> responseTemplates,
    boolean defaultResponse) {}
