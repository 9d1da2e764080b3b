package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.iam.Caller;
import java.util.Optional;

/** Reads an object from S3 for another service: a code package, a template, an API definition. */
@FunctionalInterface
public interface ObjectReader {
  /**
   * Reads an object with the caller's rights.
   *
   * @param versionId the version, if a certain one is wanted
   * @throws dev.cloudtask.localcloud.protocol.AwsException with S3's own error if it cannot be read
   */
  byte[] read(Caller caller, String bucket, String key, Optional<String> versionId);
}
