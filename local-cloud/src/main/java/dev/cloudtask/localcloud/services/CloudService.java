package dev.cloudtask.localcloud.services;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.gateway.Site;
import java.util.List;

/**
 * One AWS service as {@link dev.cloudtask.localcloud.LocalCloud} plugs it in. Each service room has
 * one public class that implements this (and the ports it serves), named as the service is: {@code
 * DynamoDb}, {@code S3}, {@code Lambda}. Its constructor takes the environment and the ports it
 * needs.
 */
public interface CloudService extends AutoCloseable {
  /** Returns its API. */
  ServiceEndpoint endpoint();

  /** Returns what it does with each of AWS's operations. */
  Operations operations();

  /** Returns its data planes on host names of their own, if it has any. */
  default List<Site> sites() {
    return List.of();
  }

  /** Returns the CloudFormation types it owns. */
  default List<ResourceProvider> resources() {
    return List.of();
  }

  /**
   * Called once, after every service is there and before the first request: republish, pre-boot.
   */
  default void started() {}

  /** Stops what it has running; state stays. */
  @Override
  default void close() {}
}
