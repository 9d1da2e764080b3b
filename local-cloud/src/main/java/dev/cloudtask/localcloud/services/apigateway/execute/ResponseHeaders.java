package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The headers of answers: which of the backend's get another name, and which the gateway adds.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Important
 *     notes</a>
 */
final class ResponseHeaders {
  private static final Set<String> REMAPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-md5",
          "date",
          "expect",
          "host",
          "max-forwards",
          "proxy-authenticate",
          "server",
          "trailer",
          "upgrade",
          "user-agent",
          "www-authenticate");

  private ResponseHeaders() {}

  /** Returns the name under which a backend's header reaches the client. */
  static String remapped(String name) {
    return REMAPPED.contains(name.toLowerCase(Locale.ROOT)) ? "x-amzn-Remapped-" + name : name;
  }

  /** Puts an answer on the wire. */
  static HttpResponse finish(Exchange exchange, Answer answer) {
    List<HttpHeaders.Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      if (!header.getKey().equalsIgnoreCase("Transfer-Encoding")) {
        header.getValue().forEach(value -> fields.add(field(header.getKey(), value)));
      }
    }
    fields.add(field("x-amzn-RequestId", exchange.call().requestId()));
    fields.add(field("x-amz-apigw-id", exchange.extendedRequestId()));
    if (exchange.live().isEdgeOptimized()) {
      fields.add(
          field("X-Cache", (answer.status() >= 400 ? "Error" : "Miss") + " from cloudfront"));
      fields.add(field("Via", Edge.via(exchange)));
      fields.add(field("X-Amz-Cf-Pop", "IAD89-C1"));
      fields.add(field("X-Amz-Cf-Id", Edge.id(exchange)));
    }
    return new HttpResponse(
        answer.status(), HttpHeaders.of(fields), new HttpResponse.Bytes(answer.body()));
  }

  private static HttpHeaders.Field field(String name, String value) {
    return new HttpHeaders.Field(name, value.replaceAll("[\\r\\n]+", " "));
  }
}
