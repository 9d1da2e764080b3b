package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Instant;

/**
 * A request on its way through the cloud, with what the front desk knows of it.
 *
 * @param http the request as sent
 * @param awsHost the AWS host name it is for, for instance {@code
 *     bucket.s3.us-east-1.amazonaws.com}; for requests to the shared endpoint the regional name of
 *     the service
 * @param caller who signed it, or anonymous
 * @param requestId the id for {@code x-amzn-RequestId}
 * @param at when it arrived
 * @param span where to record what is done
 */
public record ServiceCall(
    HttpRequest http, String awsHost, Caller caller, String requestId, Instant at, Span span) {

  /** Returns this call, recording what is done in another span. */
  public ServiceCall in(Span other) {
    return new ServiceCall(http, awsHost, caller, requestId, at, other);
  }
}
