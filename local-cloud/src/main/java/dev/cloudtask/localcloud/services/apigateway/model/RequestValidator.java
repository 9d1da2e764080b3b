package dev.cloudtask.localcloud.services.apigateway.model;

/** What of a request is checked before it goes on. */
public record RequestValidator(
    String id, String name, boolean validateRequestBody, boolean validateRequestParameters) {}
