package dev.cloudtask.localcloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpResponseFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerConnection;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.io.support.BasicHttpServerRequestHandler;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** {@link dev.cloudtask.localcloud.http.HttpServer} on Apache HttpCore's blocking server. */
public final class CoreHttpServer implements dev.cloudtask.localcloud.http.HttpServer {
  /** How long a connection may be silent, in seconds: then a half-sent request is answered 408. */
  static final int SILENCE_SECONDS = 60;

  /** The most header bytes of a line and header lines of a request. AWS's limits are stricter. */
  private static final int MAX_LINE_LENGTH = 64 * 1024;

  private static final int MAX_HEADER_COUNT = 500;

  private final HttpServer server;

  private CoreHttpServer(HttpServer server) {
    this.server = server;
  }

  /** Starts a server on loopback; see {@link dev.cloudtask.localcloud.http.HttpServer.Factory}. */
  public static CoreHttpServer start(int port, @Nullable SSLContext tls, HttpHandler handler)
      throws IOException {
    return start(port, tls, handler, TimeUnit.SECONDS.toMillis(SILENCE_SECONDS));
  }

  static CoreHttpServer start(
      int port, @Nullable SSLContext tls, HttpHandler handler, long silenceMillis)
      throws IOException {
    // No interceptor adds a Server header or rejects a request on its own: what is answered is
    // AWS's to say.
    HttpProcessor processor =
        new DefaultHttpProcessor(new ResponseDate(), new ResponseConnControl());
    Http1Config config =
        Http1Config.custom()
            .setMaxLineLength(MAX_LINE_LENGTH)
            .setMaxHeaderCount(MAX_HEADER_COUNT)
            .build();
    CharCodingConfig coding =
        CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build();
    HttpService service =
        new TimeoutAnsweringService(
            processor,
            new BasicHttpServerExpectationDecorator(
                new BasicHttpServerRequestHandler(
                    (request, context) ->
                        (in, out, requestContext) ->
                            answer(in, out, requestContext, handler, tls != null),
                    DefaultClassicHttpResponseFactory.INSTANCE)),
            config);
    HttpServer server =
        new HttpServer(
            port,
            service,
            dev.cloudtask.localcloud.http.HttpServer.loopback(),
            SocketConfig.custom()
                .setSoTimeout(Timeout.ofMilliseconds(silenceMillis))
                .setTcpNoDelay(true)
                // A restart must get its port back while old connections still linger. On Windows
                // the same option would let others take a port that is in use.
                .setSoReuseAddress(!System.getProperty("os.name").startsWith("Windows"))
                .setBacklogSize(1024)
                .build(),
            tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory(),
            DefaultBHttpServerConnectionFactory.builder()
                .scheme(tls == null ? URIScheme.HTTP.id : URIScheme.HTTPS.id)
                .http1Config(config)
                .charCodingConfig(coding)
                .requestParserFactory(
                    new DefaultHttpRequestParserFactory(config, null, RawTargetRequest.FACTORY))
                .build(),
            tls,
            null,
            new Quiet());
    server.start();
    return new CoreHttpServer(server);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    server.initiateShutdown();
    server.close(CloseMode.IMMEDIATE);
    try {
      server.awaitTermination(TimeValue.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(
      ClassicHttpRequest in,
      ClassicHttpResponse out,
      HttpContext context,
      HttpHandler handler,
      boolean secure)
      throws IOException {
    HttpResponse response;
    try {
      response = handler.handle(read(in, context, secure));
    } catch (RuntimeException | StackOverflowError e) {
      System.getLogger("local-cloud").log(System.Logger.Level.ERROR, "a request failed here", e);
      response = HttpResponse.of(500, "text/plain", "local-cloud failed here: " + e);
    }
    write(response, in, out);
  }

  private static HttpRequest read(ClassicHttpRequest in, HttpContext context, boolean secure)
      throws IOException {
    List<HttpHeaders.Field> fields = new ArrayList<>();
    for (Header header : in.getHeaders()) {
      fields.add(new HttpHeaders.Field(header.getName(), String.valueOf(header.getValue())));
    }
    HttpEntity entity = in.getEntity();
    RequestBody body =
        entity == null
            ? RequestBody.empty()
            : RequestBody.of(entity.getContent(), entity.getContentLength());
    InetSocketAddress remote = null;
    InetSocketAddress local = null;
    if (context instanceof org.apache.hc.core5.http.protocol.HttpCoreContext core
        && core.getEndpointDetails() != null) {
      remote = (InetSocketAddress) core.getEndpointDetails().getRemoteAddress();
      local = (InetSocketAddress) core.getEndpointDetails().getLocalAddress();
    }
    return new HttpRequest(
        in.getMethod(),
        target(in),
        HttpHeaders.of(fields),
        body,
        new HttpRequest.Connection(
            local == null ? 0 : local.getPort(),
            remote == null ? "127.0.0.1" : remote.getAddress().getHostAddress(),
            secure));
  }

  private static String target(ClassicHttpRequest in) {
    return in instanceof RawTargetRequest raw ? raw.target() : in.getRequestUri();
  }

  private static void write(HttpResponse response, ClassicHttpRequest in, ClassicHttpResponse out) {
    out.setCode(response.status());
    for (HttpHeaders.Field field : response.headers()) {
      if (!field.name().equalsIgnoreCase("Content-Length")) {
        out.addHeader(field.name(), field.value());
      }
    }
    boolean bodiless =
        response.status() == 204 || response.status() == 304 || response.status() < 200;
    if (response.body() instanceof HttpResponse.Stream stream) {
      out.setEntity(new StreamEntity(stream));
      out.addHeader("Transfer-Encoding", "chunked");
      return;
    }
    byte[] content = ((HttpResponse.Bytes) response.body()).content();
    boolean head = in.getMethod().toUpperCase(Locale.ROOT).equals("HEAD");
    if (head) {
      out.addHeader(
          "Content-Length",
          response.headers().first("Content-Length").orElse(String.valueOf(content.length)));
    } else if (!bodiless) {
      out.addHeader("Content-Length", String.valueOf(content.length));
      out.setEntity(new ByteArrayEntity(content, null));
    }
  }

  /** Answers 408 to a client that falls silent in the middle of a request. */
  private static final class TimeoutAnsweringService extends HttpService {
    TimeoutAnsweringService(
        HttpProcessor processor,
        org.apache.hc.core5.http.io.HttpServerRequestHandler handler,
        Http1Config config) {
      super(processor, handler, config, null, null);
    }

    @Override
    public void handleRequest(HttpServerConnection connection, HttpContext context)
        throws IOException, HttpException {
      try {
        super.handleRequest(connection, context);
      } catch (SocketTimeoutException e) {
        ClassicHttpResponse timeout = new BasicClassicHttpResponse(408);
        timeout.addHeader("Connection", "close");
        timeout.addHeader("Content-Length", "0");
        connection.sendResponseHeader(timeout);
        connection.flush();
        connection.close(CloseMode.GRACEFUL);
      }
    }
  }

  /** Clients come and go; only what is our defect is worth a word. */
  private static final class Quiet implements ExceptionListener {
    @Override
    public void onError(Exception e) {
      // The accept loop's end at close().
    }

    @Override
    public void onError(HttpConnection connection, Exception e) {
      if (!(e instanceof IOException) && !(e instanceof ConnectionClosedException)) {
        System.getLogger("local-cloud").log(System.Logger.Level.WARNING, "connection failed", e);
      }
    }
  }

  private static final class StreamEntity extends AbstractHttpEntity {
    private final HttpResponse.Stream stream;

    StreamEntity(HttpResponse.Stream stream) {
      super((String) null, null, true);
      this.stream = stream;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      stream.writeTo(out);
    }

    @Override
    public InputStream getContent() {
      throw new UnsupportedOperationException("this entity is only written");
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void close() {}
  }
}
