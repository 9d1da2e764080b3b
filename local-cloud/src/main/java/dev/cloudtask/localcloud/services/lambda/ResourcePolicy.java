package dev.cloudtask.localcloud.services.lambda;

/**
 * A function's resource-based policy.
 *
 * @param json the document
 */
record ResourcePolicy(String json, String revisionId) {}
