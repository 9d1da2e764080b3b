package dev.cloudtask.localcloud.services.lambda;

/** A name for a version. */
record Alias(
    String functionName, String name, String version, String description, String revisionId) {}
