package dev.cloudtask.localcloud.cloudformation.resource;

import com.google.gson.JsonObject;
import java.util.Set;

/**
 * Makes, changes and removes resources of one CloudFormation type.
 *
 * <p>The engine has already checked property names, required properties, types and replacement
 * rules against AWS's own schema; a provider checks what its service checks, with the service's own
 * {@link dev.cloudtask.localcloud.protocol.AwsException}, which the engine wraps into the event's
 * reason.
 *
 * <p>Each call runs inside one {@link dev.cloudtask.localcloud.store.StateStore#write}, together
 * with the engine's own record of the resource: both are there or neither is, whenever the process
 * dies, and what a call has written is undone if it throws. So a provider never waits for another
 * thread in here.
 */
public interface ResourceProvider {
  /** Returns the type, for instance {@code AWS::S3::Bucket}. */
  String type();

  /** Creates the resource and returns its identity. */
  ResourceState create(ResourceRequest request);

  /**
   * Changes the resource in place; called only if no changed property demands replacement.
   *
   * @param previous the properties before
   */
  ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous);

  /**
   * Tells whether a change of a property that replaces the resource only sometimes ({@code
   * Conditional} in AWS's data) does so this time.
   *
   * @param property the name of the property, at the first level
   */
  default boolean needsReplacement(String property, JsonObject before, JsonObject after) {
    return true;
  }

  /**
   * Tells whether what comes of a creation depends on what else is there by then, beyond what the
   * template says of it. Of independent resources such a one is made first, with all that it needs
   * and nothing else: then a DependsOn that is missing shows, wherever in the file it stands.
   */
  default boolean picturesItsSurroundings() {
    return false;
  }

  /** Removes the resource; one that has gone already is no error. */
  void delete(ResourceRequest request, ResourceState current);

  /**
   * Returns the names of properties (dotted paths from the resource's properties, {@code Foo.Bar},
   * lists transparent) that AWS acts upon and this cloud stores without effect. Reported when used.
   */
  default Set<String> acceptedWithoutEffect() {
    return Set.of();
  }

  /**
   * Returns the names of properties (dotted paths) that are known to AWS and refused here by name.
   */
  default Set<String> refused() {
    return Set.of();
  }
}
