package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * A service's control plane (or, like DynamoDB's and S3's, its whole API) as the front desk sees
 * it.
 *
 * <p>The desk has verified the signature before {@link #handle} is called. An {@link AwsException}
 * that escapes is put on the wire by {@link #failure}.
 */
public interface ServiceEndpoint {
  /**
   * Returns the name in SigV4's credential scope: {@code s3}, {@code dynamodb}, {@code
   * cognito-idp}.
   */
  String signingName();

  /**
   * Returns the first label of its host names: {@code dynamodb} in
   * dynamodb.us-east-1.amazonaws.com.
   */
  default String endpointPrefix() {
    return signingName();
  }

  /**
   * Tells whether an unsigned request to the shared endpoint is this service's, by its {@code
   * X-Amz-Target}, {@code Action} or path. Signed ones are told by their credential scope.
   */
  boolean recognises(HttpRequest request);

  /**
   * Tells whether this unsigned request may come in: Cognito's public operations, anonymous S3.
   * Nothing may, unless a service says otherwise.
   */
  default boolean allowsAnonymous(HttpRequest request) {
    return false;
  }

  /**
   * Tells whether browsers may call this operation from any page, as they may on AWS: Cognito's
   * public operations, S3 objects (CORS decides there). Everything else is control plane and closed
   * to pages of foreign origin, and stays closed unless a service says otherwise.
   */
  default boolean isOpenToBrowsers(HttpRequest request) {
    return false;
  }

  /** Answers a request. */
  HttpResponse handle(ServiceCall call);

  /** Puts a failure on the wire in this service's protocol. */
  HttpResponse failure(AwsException failure, ServiceCall call);
}
