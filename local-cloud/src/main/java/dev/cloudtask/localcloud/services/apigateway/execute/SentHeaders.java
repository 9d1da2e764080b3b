package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The request's headers as a function sees them: names in the client's case, a few dropped, those
 * of the way here added.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Important
 *     notes</a>
 */
final class SentHeaders {
  /** What API Gateway does not hand on to a proxy integration. */
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "expect",
          "keep-alive",
          "max-forwards",
          "proxy-authenticate",
          "proxy-connection",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private SentHeaders() {}

  /** Returns all values by name. */
  static Map<String, List<String>> of(Exchange exchange) {
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpHeaders.Field field : exchange.headers()) {
      if (!DROPPED.contains(field.name().toLowerCase(Locale.ROOT))) {
        String name = spelling.computeIfAbsent(field.name(), first -> first);
        headers.computeIfAbsent(name, n -> new ArrayList<>()).add(field.value());
      }
    }
    String client = exchange.call().http().connection().remoteAddress();
    set(headers, spelling, "Host", exchange.call().awsHost());
    set(headers, spelling, "X-Amzn-Trace-Id", exchange.traceId());
    String forwarded =
        exchange.headers().first("X-Forwarded-For").map(sent -> sent + ", ").orElse("") + client;
    if (exchange.live().isEdgeOptimized()) {
      forwarded = forwarded + ", 127.0.0.1";
      addEdge(exchange, headers, spelling);
    }
    set(headers, spelling, "X-Forwarded-For", forwarded);
    set(headers, spelling, "X-Forwarded-Port", "443");
    set(headers, spelling, "X-Forwarded-Proto", "https");
    return headers;
  }

  /** An edge-optimized API is reached through a CloudFront distribution of AWS's own. */
  private static void addEdge(
      Exchange exchange, Map<String, List<String>> headers, Map<String, String> spelling) {
    set(headers, spelling, "CloudFront-Forwarded-Proto", "https");
    set(headers, spelling, "CloudFront-Is-Desktop-Viewer", "true");
    set(headers, spelling, "CloudFront-Is-Mobile-Viewer", "false");
    set(headers, spelling, "CloudFront-Is-SmartTV-Viewer", "false");
    set(headers, spelling, "CloudFront-Is-Tablet-Viewer", "false");
    set(headers, spelling, "CloudFront-Viewer-ASN", "64496");
    set(headers, spelling, "CloudFront-Viewer-Country", "US");
    set(headers, spelling, "Via", Edge.via(exchange));
    set(headers, spelling, "X-Amz-Cf-Id", Edge.id(exchange));
  }

  private static void set(
      Map<String, List<String>> headers, Map<String, String> spelling, String name, String value) {
    String sent = spelling.get(name);
    if (sent != null) {
      headers.remove(sent);
    }
    headers.put(name, List.of(value));
  }
}
