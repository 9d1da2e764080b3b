package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a stack as it is kept.
 *
 * @param physicalId null until it has been made
 * @param properties the properties it was last given, all functions worked out
 * @param dependsOn the logical ids of what it was made after
 * @param order the place in the order of creation within the stack
 * @param withoutEffect the properties used that AWS acts upon and local-cloud only keeps
 */
public record ResourceRecord(
    String stackId,
    String logicalId,
    String type,
    @Nullable String physicalId,
    @Nullable String ref,
    JsonObject attributes,
    JsonObject properties,
    Map<String, String> tags,
    List<String> dependsOn,
    String deletionPolicy,
    String updateReplacePolicy,
    long order,
    List<String> withoutEffect,
    String status,
    @Nullable String reason,
    Instant at) {

  /** Tells whether there is something to delete. */
  boolean exists() {
    return physicalId != null && !status.equals("DELETE_COMPLETE");
  }

  /** Returns what the provider is told of it. */
  ResourceState state() {
    return new ResourceState(
        Objects.requireNonNull(physicalId), Objects.requireNonNull(ref), attributes);
  }

  ResourceRecord withStatus(String changed, @Nullable String why, Instant when) {
    return new ResourceRecord(
        stackId,
        logicalId,
        type,
        physicalId,
        ref,
        attributes,
        properties,
        tags,
        dependsOn,
        deletionPolicy,
        updateReplacePolicy,
        order,
        withoutEffect,
        changed,
        why,
        when);
  }

  ResourceRecord withState(ResourceState state) {
    return new ResourceRecord(
        stackId,
        logicalId,
        type,
        state.physicalId(),
        state.ref(),
        state.attributes(),
        properties,
        tags,
        dependsOn,
        deletionPolicy,
        updateReplacePolicy,
        order,
        withoutEffect,
        status,
        reason,
        at);
  }

  ResourceRecord withOrder(long changed) {
    return new ResourceRecord(
        stackId,
        logicalId,
        type,
        physicalId,
        ref,
        attributes,
        properties,
        tags,
        dependsOn,
        deletionPolicy,
        updateReplacePolicy,
        changed,
        withoutEffect,
        status,
        reason,
        at);
  }
}
