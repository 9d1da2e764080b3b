package dev.cloudtask.localcloud.services.apigateway.resource;

import dev.cloudtask.localcloud.protocol.AwsException;

/** What has gone already need not be deleted. */
final class Gone {
  private Gone() {}

  static void orDelete(Runnable deletion) {
    try {
      deletion.run();
    } catch (AwsException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }
}
