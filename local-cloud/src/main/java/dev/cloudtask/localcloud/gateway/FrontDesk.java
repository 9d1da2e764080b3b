package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpHandler;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.HttpServer;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.HttpOrigins;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The one door of the cloud. A request's journey, in order:
 *
 * <ol>
 *   <li>it gets an id and a trace;
 *   <li>{@link Routing} finds whom it is for, by port, host name, path, credential scope;
 *   <li>strangers' host names, and foreign web pages at the control plane, are turned away;
 *   <li>a service's caller is found by the signature ({@link Authentication});
 *   <li>local names in {@code Host}, {@code Origin} and {@code Referer} become AWS names;
 *   <li>the service or data plane answers; a failure is put on the wire in its own protocol;
 *   <li>AWS names in {@code Location}, {@code Link} and {@code Access-Control-Allow-Origin} become
 *       local names again. Bodies are never touched.
 * </ol>
 */
public final class FrontDesk implements HttpHandler, HttpOrigins, AutoCloseable {
  private static final List<String> TRANSLATED_BACK =
      List.of("Location", "Link", "Access-Control-Allow-Origin");

  private final CloudEnvironment environment;
  private final NameTable names;
  private final Routing routing;
  private final Authentication authentication;
  private final HttpServer.Factory servers;
  private @Nullable HttpServer server;

  /**
   * Builds the desk; nothing listens before {@link #open}.
   *
   * @param tls the certificate of the distributions' TLS ports; null for none
   */
  public FrontDesk(
      CloudEnvironment environment,
      CredentialSource credentials,
      HttpServer.Factory servers,
      @Nullable SSLContext tls) {
    this.environment = environment;
    this.servers = servers;
    this.names = new NameTable(environment.store(), servers, environment.region(), tls);
    this.routing = new Routing(names, environment.region());
    this.authentication = new Authentication(credentials, environment.clock());
  }

  /** Adds a service's API. */
  public void add(ServiceEndpoint service) {
    routing.add(service);
  }

  /** Adds a data plane. */
  public void add(Site site) {
    routing.add(site);
  }

  /** Adds a page of local-cloud's own. */
  public void add(LocalPage page) {
    routing.add(page);
  }

  /** Returns the table of names. */
  public LocalNames names() {
    return names;
  }

  /**
   * Opens the main port.
   *
   * @param port the port, or 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  public void open(int port) {
    try {
      HttpServer started = servers.start(port, null, this);
      server = started;
      names.open(this, started.port(), port != 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " on 127.0.0.1 is taken", e);
    }
  }

  /** Returns the shared endpoint, {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return names.endpoint();
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    Instant now = environment.clock().instant();
    String requestId = environment.ids().uuid();
    Destination destination = routing.find(request);
    if (destination instanceof Destination.ToPage page) {
      return BrowserGuard.isForeignPage(request)
          ? turnedAway(request)
          : page.page().serve(page.request());
    }
    Trace trace =
        environment
            .tracer()
            .begin(requestId, now, "gateway", request.method() + " " + request.rawPath());
    try (Span span = trace.root()) {
      HttpResponse response = answer(destination, request, requestId, now, span);
      span.note("status", response.status());
      return destination.local() ? translatedBack(response, request) : response;
    }
  }

  private HttpResponse answer(
      Destination destination, HttpRequest request, String requestId, Instant now, Span span) {
    if (destination instanceof Destination.ToSite to) {
      span.note("host", to.awsHost());
      HttpRequest translated = translated(to.request(), to.awsHost());
      Caller caller = authentication.callerIfSigned(request);
      return to.site()
          .serve(new ServiceCall(translated, to.awsHost(), caller, requestId, now, span));
    }
    if (destination instanceof Destination.ToService to) {
      span.note("service", to.service().signingName());
      if (BrowserGuard.isForeignPage(request) && !to.service().isOpenToBrowsers(request)) {
        span.decide(false, "a web page of another origin may not reach the control plane");
        return turnedAway(request);
      }
      return serve(to, requestId, now, span);
    }
    if (destination instanceof Destination.Unknown unknown) {
      span.fail("unknown: " + unknown.what());
      return NotHere.answer(request, unknown.what(), routing.serviceNames(), requestId);
    }
    span.decide(false, "the host name is neither loopback nor a name of this cloud");
    return HttpResponse.of(
        403,
        "text/plain; charset=utf-8",
        "local-cloud answers to 127.0.0.1, localhost and the AWS names it owns, not to \""
            + ((Destination.Refused) destination).host()
            + "\".\n");
  }

  private static HttpResponse turnedAway(HttpRequest request) {
    return HttpResponse.of(
        403,
        "text/plain; charset=utf-8",
        "local-cloud takes no requests to its control plane from web pages of another origin ("
            + request.header("Origin").orElse("cross-site")
            + ").\n");
  }

  private HttpResponse serve(Destination.ToService to, String requestId, Instant now, Span span) {
    ServiceCall unsigned =
        new ServiceCall(
            translated(to.request(), to.awsHost()),
            to.awsHost(),
            new Caller.Anonymous(),
            requestId,
            now,
            span);
    try {
      Caller caller = authentication.callerOf(to.request(), to.service());
      span.note("caller", caller.arn());
      return to.service()
          .handle(new ServiceCall(unsigned.http(), to.awsHost(), caller, requestId, now, span));
    } catch (AwsException e) {
      span.fail(e.code() + ": " + e.message());
      return to.service().failure(e, unsigned);
    } catch (RuntimeException e) {
      System.getLogger("local-cloud")
          .log(System.Logger.Level.ERROR, "a defect of local-cloud, request " + requestId, e);
      span.fail("a defect of local-cloud: " + e);
      return to.service()
          .failure(
              new AwsException("InternalFailure", 500, "local-cloud failed here: " + e), unsigned);
    }
  }

  /**
   * Sends a request to a service's API as the account's root, from inside the process: for what
   * deploys into this cloud.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public HttpResponse asRoot(String signingName, HttpRequest request) {
    ServiceEndpoint service =
        routing
            .named(signingName)
            .orElseThrow(() -> new IllegalArgumentException("no service " + signingName));
    String requestId = environment.ids().uuid();
    Instant now = environment.clock().instant();
    Trace trace =
        environment
            .tracer()
            .begin(requestId, now, "gateway", request.method() + " " + request.rawPath());
    String awsHost = service.endpointPrefix() + "." + environment.region() + ".amazonaws.com";
    try (Span span = trace.root()) {
      ServiceCall call =
          new ServiceCall(
              request.withHeaders(request.headers().with("Host", awsHost)),
              awsHost,
              new Caller.Root(environment.accountId()),
              requestId,
              now,
              span);
      return handledBy(service, call);
    }
  }

  @Override
  public HttpResponse fetchAs(
      Caller caller, String scheme, String host, int port, HttpRequest request, Span span)
      throws UnreachableException {
    boolean https = scheme.equals("https");
    if (port != (https ? 443 : 80)) {
      throw new UnreachableException(
          UnreachableException.Cause.CONNECTION_REFUSED, "nothing listens at " + host + ":" + port);
    }
    ServiceCall call =
        new ServiceCall(
            new HttpRequest(
                request.method(),
                request.target(),
                request.headers().with("Host", host),
                request.body(),
                new HttpRequest.Connection(0, request.connection().remoteAddress(), https)),
            host,
            caller,
            environment.ids().uuid(),
            environment.clock().instant(),
            span);
    Optional<Site> site = routing.site(host);
    if (site.isPresent()) {
      if (https && !site.get().speaksHttps(host)) {
        throw new UnreachableException(
            UnreachableException.Cause.CONNECTION_REFUSED, host + " does not speak HTTPS");
      }
      return site.get().serve(call);
    }
    ServiceEndpoint service =
        routing
            .service(host)
            .orElseThrow(
                () ->
                    new UnreachableException(
                        UnreachableException.Cause.NO_SUCH_HOST, "no such host: " + host));
    return handledBy(service, call);
  }

  private static HttpResponse handledBy(ServiceEndpoint service, ServiceCall call) {
    try {
      return service.handle(call);
    } catch (AwsException e) {
      call.span().fail(e.code() + ": " + e.message());
      return service.failure(e, call);
    }
  }

  private HttpRequest translated(HttpRequest request, String awsHost) {
    HttpHeaders headers = request.headers();
    if (!AwsNames.isAws(request.hostName())) {
      headers = headers.with("Host", awsHost);
    }
    for (String name : List.of("Origin", "Referer")) {
      Optional<String> value = headers.first(name);
      if (value.isPresent()) {
        headers = headers.with(name, names.toAws(value.get()));
      }
    }
    return request.withHeaders(headers);
  }

  private HttpResponse translatedBack(HttpResponse response, HttpRequest request) {
    HttpHeaders headers = response.headers();
    for (String name : TRANSLATED_BACK) {
      for (String value : headers.all(name)) {
        headers = headers.with(name, translatedBack(name, value, request));
      }
    }
    return response.withHeaders(headers);
  }

  private String translatedBack(String name, String value, HttpRequest request) {
    if (name.equals("Link")) {
      int start = value.indexOf('<');
      int end = value.indexOf('>');
      return start < 0 || end < start
          ? value
          : value.substring(0, start + 1)
              + names.toLocal(value.substring(start + 1, end))
              + value.substring(end);
    }
    if (name.equals("Location")) {
      return request.connection().secure() ? names.toLocalTls(value) : names.toLocal(value);
    }
    // A site may have several local origins: the browser must read the one it sent.
    return request
        .header("Origin")
        .filter(origin -> names.toAws(origin).equals(value))
        .orElseGet(() -> names.toLocal(value));
  }

  @Override
  public void close() {
    HttpServer started = server;
    if (started != null) {
      started.close();
    }
    names.close();
  }
}
