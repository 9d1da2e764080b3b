package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.HttpOrigins;
import dev.cloudtask.localcloud.ports.HttpOrigins.UnreachableException;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Behavior;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Custom;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Origin;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.trace.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks origins, with the headers CloudFront sends.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html">
 *     Request and response behavior for custom origins</a>
 */
final class OriginFetch {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final CloudEnvironment environment;
  private final HttpOrigins origins;
  private final Policies policies;

  OriginFetch(CloudEnvironment environment, HttpOrigins origins, Policies policies) {
    this.environment = environment;
    this.origins = origins;
    this.policies = policies;
  }

  /** What goes to the origin besides the path. */
  record Forwarding(CachePolicy key, OriginRequestPolicy more) {
    boolean header(String name) {
      return key.headers().includes(name) || more.headers().includes(name);
    }

    boolean cookie(String name) {
      return key.cookies().includes(name) || more.cookies().includes(name);
    }

    boolean query(String name) {
      return key.queryStrings().includes(name) || more.queryStrings().includes(name);
    }
  }

  CachePolicy cachePolicy(Behavior behavior) {
    return behavior
        .cachePolicyId()
        .map(policies::cachePolicy)
        .orElseGet(() -> CachePolicy.of(behavior.forwarded().orElseThrow(), behavior.compress()));
  }

  Forwarding forwarding(Behavior behavior, CachePolicy policy) {
    return new Forwarding(
        policy,
        behavior
            .originRequestPolicyId()
            .map(policies::originRequestPolicy)
            .orElse(OriginRequestPolicy.NOTHING));
  }

  /**
   * Sends a request to an origin.
   *
   * @param path the raw path as the behavior sees it
   * @param conditions headers that ask whether kept content is still good
   */
  HttpResponse fetch(
      Distribution distribution,
      Origin origin,
      Forwarding forwarding,
      HttpRequest viewer,
      String method,
      String path,
      HttpHeaders conditions,
      Span parent)
      throws UnreachableException {
    Optional<Custom> custom = origin.custom();
    String policy = custom.map(Custom::protocolPolicy).orElse("https-only");
    boolean https =
        policy.equals("https-only")
            || (policy.equals("match-viewer") && viewer.connection().secure());
    int port =
        https ? custom.map(Custom::httpsPort).orElse(443) : custom.map(Custom::httpPort).orElse(80);
    String query = query(viewer, forwarding);
    String target = origin.path() + path + (query.isEmpty() ? "" : "?" + query);
    HttpRequest request =
        new HttpRequest(
            method,
            target,
            headers(origin, forwarding, viewer, method, conditions),
            WITH_BODY.contains(method)
                ? RequestBody.of(viewer.body().bytes())
                : RequestBody.empty(),
            viewer.connection());
    try (Span span = parent.child("origin", method + " " + origin.domainName() + target)) {
      span.note("scheme", https ? "https" : "http");
      HttpResponse response =
          origins.fetchAs(
              signer(distribution, origin),
              https ? "https" : "http",
              origin.domainName(),
              port,
              request,
              span);
      span.note("status", response.status());
      return buffered(response);
    } catch (UnreachableException e) {
      parent.fail(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Caller signer(Distribution distribution, Origin origin) {
    boolean signed =
        origin
            .accessControlId()
            .map(policies::originAccessControl)
            .flatMap(control -> control.childText("SigningBehavior"))
            .filter(behavior -> !behavior.equals("never"))
            .isPresent();
    return signed
        ? new Caller.Service(
            "cloudfront.amazonaws.com", distribution.arn(), environment.accountId())
        : new Caller.Anonymous();
  }

  private HttpHeaders headers(
      Origin origin,
      Forwarding forwarding,
      HttpRequest viewer,
      String method,
      HttpHeaders conditions) {
    List<HttpHeaders.Field> fields = new ArrayList<>();
    boolean ownHost = origin.custom().isPresent() && forwarding.header("Host");
    fields.add(
        new HttpHeaders.Field(
            "Host", ownHost ? viewer.header("Host").orElse("") : origin.domainName()));
    for (HttpHeaders.Field field : viewer.headers()) {
      if (isForwarded(field.name(), forwarding, method)) {
        fields.add(field);
      }
    }
    if (!forwarding.header("User-Agent")) {
      fields.add(new HttpHeaders.Field("User-Agent", "Amazon CloudFront"));
    }
    String cookies = cookies(viewer, forwarding);
    if (!cookies.isEmpty()) {
      fields.add(new HttpHeaders.Field("Cookie", cookies));
    }
    HttpHeaders headers = HttpHeaders.of(fields);
    String address = viewer.connection().remoteAddress();
    headers =
        headers
            .with(
                "X-Forwarded-For",
                viewer.header("X-Forwarded-For").map(before -> before + ", ").orElse("") + address)
            .with("Via", "1.1 " + environment.ids().hex(32) + ".cloudfront.net (CloudFront)")
            .with("X-Amz-Cf-Id", EdgeSite.requestId(environment));
    if (forwarding.header("CloudFront-Forwarded-Proto")) {
      headers =
          headers.with(
              "CloudFront-Forwarded-Proto", viewer.connection().secure() ? "https" : "http");
    }
    for (HttpHeaders.Field condition : conditions) {
      headers = headers.with(condition.name(), condition.value());
    }
    for (var custom : origin.customHeaders().entrySet()) {
      headers = headers.with(custom.getKey(), custom.getValue());
    }
    return headers;
  }

  private static boolean isForwarded(String name, Forwarding forwarding, String method) {
    boolean never =
        Set.of(
                "host",
                "cookie",
                "connection",
                "content-length",
                "transfer-encoding",
                "x-forwarded-for",
                "via",
                "accept-encoding",
                "if-none-match",
                "if-modified-since",
                "range",
                "expect",
                "upgrade")
            .contains(name.toLowerCase(java.util.Locale.ROOT));
    boolean ofBody =
        WITH_BODY.contains(method)
            && (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Authorization"));
    return !never && (ofBody || forwarding.header(name));
  }

  /** Returns the query parameters that are in the key or forwarded, as the viewer wrote them. */
  static String query(HttpRequest viewer, Forwarding forwarding) {
    return viewer
        .rawQuery()
        .map(
            raw ->
                Arrays.stream(raw.split("&"))
                    .filter(pair -> !pair.isEmpty() && forwarding.query(nameOf(pair)))
                    .reduce((a, b) -> a + "&" + b)
                    .orElse(""))
        .orElse("");
  }

  private static String nameOf(String pair) {
    return QueryString.parse(pair).parameters().get(0).name();
  }

  private static String cookies(HttpRequest viewer, Forwarding forwarding) {
    List<String> kept = new ArrayList<>();
    for (String header : viewer.headers().all("Cookie")) {
      for (String cookie : header.split(";")) {
        String name = cookie.strip().split("=", 2)[0];
        if (!name.isEmpty() && forwarding.cookie(name)) {
          kept.add(cookie.strip());
        }
      }
    }
    return String.join("; ", kept);
  }

  /**
   * Returns what tells kept answers apart: path, and the chosen parameters, headers and cookies.
   */
  static String cacheKey(
      String distributionId,
      String method,
      String path,
      HttpRequest viewer,
      CachePolicy policy,
      boolean gzip) {
    Forwarding keyOnly = new Forwarding(policy, OriginRequestPolicy.NOTHING);
    StringBuilder key = new StringBuilder();
    key.append(distributionId).append(' ').append(method.equals("OPTIONS") ? "OPTIONS" : "GET");
    key.append(' ').append(path).append('?').append(query(viewer, keyOnly)).append('\n');
    TreeSet<String> headers = new TreeSet<>();
    for (HttpHeaders.Field field : viewer.headers()) {
      if (policy.headers().includes(field.name())) {
        headers.add(field.name().toLowerCase(java.util.Locale.ROOT) + ": " + field.value());
      }
    }
    headers.forEach(header -> key.append(header).append('\n'));
    key.append(cookies(viewer, keyOnly)).append('\n').append(gzip ? "gzip" : "identity");
    return key.toString();
  }

  private static HttpResponse buffered(HttpResponse response) {
    if (response.body() instanceof HttpResponse.Stream stream) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        stream.writeTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return response.withBody(bytes.toByteArray());
    }
    return response;
  }
}
