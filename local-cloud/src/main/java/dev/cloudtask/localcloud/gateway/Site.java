package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpResponse;

/**
 * A data plane that answers the world on host names of its own: S3 websites, CloudFront
 * distributions, API Gateway stages.
 */
public interface Site {
  /**
   * Tells whether this data plane answers for an AWS host name, whether or not the thing exists.
   */
  boolean answersFor(String awsHost);

  /** Tells whether it speaks HTTPS there: an S3 website endpoint does not. */
  boolean speaksHttps(String awsHost);

  /** Answers a request; errors are pages of its own, never exceptions. */
  HttpResponse serve(ServiceCall call);
}
