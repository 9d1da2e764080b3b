package dev.cloudtask.localcloud.services.apigateway.model;

import org.jspecify.annotations.Nullable;

/**
 * A JSON schema that bodies are checked against.
 *
 * @param schema the schema as JSON text, draft 4
 */
public record Model(
    String id,
    String name,
    @Nullable String description,
    @Nullable String schema,
    String contentType) {}
