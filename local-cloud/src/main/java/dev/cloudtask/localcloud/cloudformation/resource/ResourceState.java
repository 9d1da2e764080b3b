package dev.cloudtask.localcloud.cloudformation.resource;

import com.google.gson.JsonObject;

/**
 * What is known of a resource that exists.
 *
 * @param physicalId the physical id, as events and DescribeStackResources show it
 * @param ref what {@code Ref} gives; mostly the physical id
 * @param attributes what {@code Fn::GetAtt} gives, by attribute name (dotted names flat), as JSON
 *     values
 */
public record ResourceState(String physicalId, String ref, JsonObject attributes) {
  /** A resource whose {@code Ref} is its physical id. */
  public static ResourceState of(String physicalId, JsonObject attributes) {
    return new ResourceState(physicalId, physicalId, attributes);
  }
}
