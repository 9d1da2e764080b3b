package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.ports.HttpOrigins.UnreachableException;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Behavior;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.ErrorRule;
import dev.cloudtask.localcloud.services.cloudfront.DistributionConfig.Origin;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.services.cloudfront.OriginFetch.Forwarding;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The edge. A request's journey: viewer protocol, method, cache, origin, error page, compression,
 * headers. Requests for the same thing at the same time ask the origin once.
 */
final class EdgeSite implements Site {
  private static final int LOCKS = 64;
  private static final String POP = "IAD89-P1";

  private final CloudEnvironment environment;
  private final DistributionStore distributions;
  private final Policies policies;
  private final OriginFetch fetch;
  private final EdgeCache cache;
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  EdgeSite(
      CloudEnvironment environment,
      DistributionStore distributions,
      Policies policies,
      OriginFetch fetch,
      EdgeCache cache) {
    this.environment = environment;
    this.distributions = distributions;
    this.policies = policies;
    this.fetch = fetch;
    this.cache = cache;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  static String requestId(CloudEnvironment environment) {
    return Base64.getUrlEncoder().encodeToString(environment.ids().bytes(40));
  }

  @Override
  public boolean answersFor(String awsHost) {
    return awsHost.endsWith(".cloudfront.net");
  }

  @Override
  public boolean speaksHttps(String awsHost) {
    return true;
  }

  /** An answer on its way out and where it came from, for {@code X-Cache}. */
  private record Served(HttpResponse response, String result) {
    Served with(HttpResponse changed) {
      return new Served(changed, result);
    }
  }

  @Override
  public HttpResponse serve(ServiceCall call) {
    try (Span span =
        call.span().child("cloudfront", call.http().method() + " " + call.http().rawPath())) {
      String requestId = requestId(environment);
      Served served = answer(call, span, requestId);
      span.note("x-cache", served.result());
      HttpResponse response = served.response();
      String via = response.headers().first("Via").map(before -> before + ", ").orElse("");
      return response
          .with("X-Cache", served.result() + " from cloudfront")
          .with("Via", via + "1.1 " + environment.ids().hex(32) + ".cloudfront.net (CloudFront)")
          .with("X-Amz-Cf-Pop", POP)
          .with("X-Amz-Cf-Id", requestId);
    }
  }

  private Served answer(ServiceCall call, Span span, String requestId) {
    HttpRequest viewer = call.http();
    Optional<Distribution> found =
        distributions.ofHost(call.awsHost()).filter(each -> distributions.config(each).enabled());
    if (found.isEmpty()) {
      span.fail("no enabled distribution has the name " + call.awsHost());
      return error(403, EdgePages.BAD_REQUEST, requestId);
    }
    Distribution distribution = found.get();
    DistributionConfig config = distributions.config(distribution);
    String path = viewer.rawPath();
    if (path.equals("/") && !config.defaultRootObject().isEmpty()) {
      path = "/" + config.defaultRootObject();
    }
    Behavior behavior = behavior(config, path);
    span.note("behavior", behavior.pathPattern().orElse("default"));
    if (!viewer.connection().secure()) {
      if (behavior.viewerProtocolPolicy().equals("redirect-to-https")) {
        String location = "https://" + call.awsHost() + viewer.target();
        return new Served(EdgePages.toHttps(viewer.method(), location), "Redirect");
      }
      if (behavior.viewerProtocolPolicy().equals("https-only")) {
        span.fail("this behavior takes HTTPS only");
        return error(403, EdgePages.BAD_REQUEST, requestId);
      }
    }
    if (!behavior.allowedMethods().contains(viewer.method())) {
      span.fail("the behavior does not allow " + viewer.method());
      return error(403, EdgePages.METHOD_NOT_ALLOWED, requestId);
    }
    Served served = obtain(distribution, config, behavior, viewer, path, span, requestId);
    served = customError(distribution, config, viewer, served, span, requestId);
    HttpResponse response = served.response();
    if (response.status() == 200 && served.result().equals("Hit")) {
      response = EdgeConditions.apply(viewer, response);
    } else if (response.status() == 200 && viewer.method().equals("GET")) {
      response = EdgeConditions.range(viewer, response);
    }
    if (behavior.responseHeadersPolicyId().isPresent()) {
      response =
          policies
              .responseHeadersPolicy(behavior.responseHeadersPolicyId().get())
              .apply(viewer, response);
    }
    return served.with(response);
  }

  private static Behavior behavior(DistributionConfig config, String path) {
    return config.behaviors().stream()
        .filter(
            each ->
                each.pathPattern().map(pattern -> PathPatterns.matches(pattern, path)).orElse(true))
        .findFirst()
        .orElseThrow();
  }

  private Served error(int status, String reason, String requestId) {
    return new Served(EdgePages.error(status, reason, requestId), "Error");
  }

  /** Gets the answer from the cache or from the origin. */
  private Served obtain(
      Distribution distribution,
      DistributionConfig config,
      Behavior behavior,
      HttpRequest viewer,
      String path,
      Span span,
      String requestId) {
    Origin origin = config.origin(behavior.targetOriginId());
    CachePolicy policy = fetch.cachePolicy(behavior);
    Forwarding forwarding = fetch.forwarding(behavior, policy);
    boolean cacheable = behavior.cachedMethods().contains(viewer.method()) && policy.maxTtl() > 0;
    try {
      if (!cacheable) {
        HttpResponse response =
            fetch.fetch(
                distribution,
                origin,
                forwarding,
                viewer,
                viewer.method(),
                path,
                HttpHeaders.empty(),
                span);
        return new Served(clean(response), response.status() >= 400 ? "Error" : "Miss");
      }
      boolean gzip = behavior.compress() && policy.gzip() && Compression.accepted(viewer);
      String key =
          OriginFetch.cacheKey(distribution.id(), viewer.method(), path, viewer, policy, gzip);
      ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
      Optional<Served> fresh = fresh(key);
      if (fresh.isPresent()) {
        return fresh.get();
      }
      lock.lock();
      try {
        Optional<Served> meanwhile = fresh(key);
        if (meanwhile.isPresent()) {
          return meanwhile.get();
        }
        return ask(distribution, config, origin, policy, forwarding, viewer, path, key, gzip, span);
      } finally {
        lock.unlock();
      }
    } catch (UnreachableException e) {
      return e.reason() == UnreachableException.Cause.NO_SUCH_HOST
          ? error(502, EdgePages.NOT_RESOLVED, requestId)
          : error(504, EdgePages.NO_CONNECTION, requestId);
    }
  }

  private Optional<Served> fresh(String key) {
    Instant now = environment.clock().instant();
    return cache
        .get(key)
        .filter(entry -> now.isBefore(entry.freshUntil()))
        .map(
            entry -> {
              long age = Math.max(0, Duration.between(entry.storedAt(), now).toSeconds());
              HttpResponse kept = entry.response();
              return new Served(
                  kept.status() >= 400 ? kept : kept.with("Age", Long.toString(age)),
                  kept.status() >= 400 ? "Error" : "Hit");
            });
  }

  private Served ask(
      Distribution distribution,
      DistributionConfig config,
      Origin origin,
      CachePolicy policy,
      Forwarding forwarding,
      HttpRequest viewer,
      String path,
      String key,
      boolean gzip,
      Span span)
      throws UnreachableException {
    Optional<EdgeCache.Entry> stale = cache.get(key).filter(e -> e.response().status() < 400);
    HttpHeaders conditions = HttpHeaders.empty();
    if (stale.isPresent()) {
      HttpHeaders known = stale.get().response().headers();
      if (known.has("ETag")) {
        String etag = known.first("ETag").orElseThrow();
        conditions =
            conditions.and("If-None-Match", etag.startsWith("W/") ? etag.substring(2) : etag);
      } else if (known.has("Last-Modified")) {
        conditions =
            conditions.and("If-Modified-Since", known.first("Last-Modified").orElseThrow());
      }
    }
    String method = viewer.method().equals("HEAD") ? "GET" : viewer.method();
    HttpResponse response =
        clean(
            fetch.fetch(distribution, origin, forwarding, viewer, method, path, conditions, span));
    Instant now = environment.clock().instant();
    String result = response.status() >= 400 ? "Error" : "Miss";
    if (response.status() == 304 && stale.isPresent()) {
      HttpResponse kept = stale.get().response();
      for (String name : new String[] {"Cache-Control", "Expires", "Date"}) {
        Optional<String> value = response.headers().first(name);
        if (value.isPresent()) {
          kept = kept.with(name, value.get());
        }
      }
      response = kept;
      result = "RefreshHit";
    } else if (gzip) {
      response = Compression.gzip(response);
    }
    int status = response.status();
    Optional<Long> errorMinTtl =
        config.errorRules().stream()
            .filter(rule -> rule.code() == status)
            .findFirst()
            .flatMap(ErrorRule::minTtl);
    OptionalLong seconds = Freshness.seconds(response, policy, errorMinTtl, now);
    if (seconds.isPresent()) {
      cache.put(
          key,
          new EdgeCache.Entry(
              distribution.id(),
              path + viewer.rawQuery().map(query -> "?" + query).orElse(""),
              response,
              now,
              now.plusSeconds(seconds.getAsLong())));
    } else {
      cache.remove(key);
    }
    return new Served(response, result);
  }

  /**
   * Replaces an error of the origin (or of reaching it) by the page the distribution names for it.
   */
  private Served customError(
      Distribution distribution,
      DistributionConfig config,
      HttpRequest viewer,
      Served served,
      Span span,
      String requestId) {
    int status = served.response().status();
    Optional<ErrorRule> rule =
        config.errorRules().stream()
            .filter(each -> each.code() == status && each.pagePath().isPresent())
            .findFirst();
    if (rule.isEmpty()) {
      return served;
    }
    String path = rule.get().pagePath().orElseThrow();
    HttpRequest request =
        new HttpRequest(
            "GET",
            path,
            viewer.headers().without("Range").without("If-None-Match").without("If-Modified-Since"),
            dev.cloudtask.localcloud.http.RequestBody.empty(),
            viewer.connection());
    try (Span page = span.child("cloudfront", "error page " + path)) {
      Served document =
          obtain(distribution, config, behavior(config, path), request, path, page, requestId);
      if (document.response().status() >= 400) {
        return served; // the page is not there: the viewer gets the error as it came
      }
      HttpResponse response = document.response();
      return new Served(
          new HttpResponse(
              rule.get().responseCode().orElse(status), response.headers(), response.body()),
          "Error");
    }
  }

  /** Removes what belongs to the connection to the origin alone. */
  private static HttpResponse clean(HttpResponse response) {
    HttpHeaders headers = response.headers();
    for (String name : new String[] {"Connection", "Keep-Alive", "Transfer-Encoding", "Trailer"}) {
      headers = headers.without(name);
    }
    return response.withHeaders(headers);
  }
}
