package dev.cloudtask.localcloud.services.apigateway.execute;

import java.util.Locale;

/** What the CloudFront distribution before an edge-optimized API adds to requests and answers. */
final class Edge {
  private Edge() {}

  static String via(Exchange exchange) {
    return "1.1 "
        + exchange.live().id()
        + exchange.extendedRequestId().substring(0, 6).toLowerCase(Locale.ROOT)
        + ".cloudfront.net (CloudFront)";
  }

  /** The same for request and answer of one exchange. */
  static String id(Exchange exchange) {
    String seed = exchange.call().requestId().replace("-", "");
    return (seed + exchange.extendedRequestId().replace("=", "") + "cloudfront").substring(0, 55)
        + "==";
  }
}
