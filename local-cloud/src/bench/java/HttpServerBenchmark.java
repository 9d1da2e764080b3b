import dev.cloudtask.localcloud.certificate.LoopbackCertificate;
import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * HttpCore against Undertow, as local-cloud would use either: not part of the build. How to run it
 * stands in docs/decisions/0005-http-server.md. Prints, for each:
 *
 * <ul>
 *   <li>the time from the JVM's birth to the first answer;
 *   <li>requests a second over kept-alive connections, plain and with TLS;
 *   <li>TLS connections a second, each with a full handshake and one request;
 *   <li>server-sent events a second to one listener, each flushed;
 *   <li>of 200 listeners whose streams stay open, how many have their first event in two seconds.
 * </ul>
 */
public final class HttpServerBenchmark {
  private static final byte[] BODY = new byte[1024];
  private static final byte[] EVENT =
      "event: span\ndata: {\"n\":1}\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int EVENTS = 20_000;
  private static final int LISTENERS = 200;

  /** Streams of listeners that were asked to stay open wait here. */
  private static volatile CountDownLatch end = new CountDownLatch(1);

  private record Running(int port, AutoCloseable server) {}

  public static void main(String[] arguments) throws Exception {
    Arrays.fill(BODY, (byte) 'x');
    boolean undertow = arguments[0].equals("undertow");
    Running plain = undertow ? undertow(null) : httpCore(null);
    SocketFactory sockets = SocketFactory.getDefault();
    run(plain.port(), sockets, 1, 1);
    long born = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    System.out.printf(
        "%-9s first answer after %d ms", arguments[0], System.currentTimeMillis() - born);
    run(plain.port(), sockets, 1, 5_000);
    System.out.printf(" · 1 client %,.0f/s", run(plain.port(), sockets, 1, 20_000));
    System.out.printf(" · 200 clients %,.0f/s", run(plain.port(), sockets, 200, 300));

    Path folder = Files.createTempDirectory("bench-tls-");
    LoopbackCertificate certificate = LoopbackCertificate.in(folder, Clock.systemUTC());
    Running tls =
        undertow ? undertow(certificate.serverContext()) : httpCore(certificate.serverContext());
    run(tls.port(), trusting(certificate), 1, 5_000);
    System.out.printf(
        " · TLS 1 client %,.0f/s", run(tls.port(), trusting(certificate), 1, 20_000));
    System.out.printf(
        " · TLS 200 clients %,.0f/s", run(tls.port(), trusting(certificate), 200, 300));
    handshakes(tls.port(), certificate, 50);
    System.out.printf(" · handshakes %,.0f/s", handshakes(tls.port(), certificate, 300));

    events(plain.port());
    System.out.printf(" · events %,.0f/s", events(plain.port()));
    System.out.printf(" · listeners served %d of %d%n", listeners(plain.port()), LISTENERS);
    plain.server().close();
    tls.server().close();
    System.exit(0);
  }

  private static Running undertow(SSLContext tls) {
    Undertow.Builder builder = Undertow.builder();
    if (tls == null) {
      builder.addHttpListener(0, "127.0.0.1");
    } else {
      builder.addHttpsListener(0, "127.0.0.1", tls);
    }
    Undertow started =
        builder
            .setHandler(
                new BlockingHandler(
                    exchange -> {
                      String path = exchange.getRequestPath();
                      if (path.startsWith("/events")) {
                        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
                        writeEvents(exchange.getOutputStream(), path);
                        return;
                      }
                      exchange.getInputStream().readAllBytes();
                      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                      exchange.getOutputStream().write(BODY);
                    }))
            .build();
    started.start();
    int port = ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort();
    return new Running(port, started::stop);
  }

  private static Running httpCore(SSLContext tls) throws IOException {
    CoreHttpServer started =
        CoreHttpServer.start(
            0,
            tls,
            request -> {
              if (request.rawPath().startsWith("/events")) {
                return new HttpResponse(
                    200,
                    HttpHeaders.of("Content-Type", "text/event-stream"),
                    (HttpResponse.Stream) out -> writeEvents(out, request.rawPath()));
              }
              request.body().bytes();
              return HttpResponse.of(200, "text/plain", BODY);
            });
    return new Running(started.port(), started);
  }

  private static void writeEvents(OutputStream out, String path) throws IOException {
    boolean staysOpen = path.endsWith("/open");
    for (int i = 0; i < (staysOpen ? 1 : EVENTS); i++) {
      out.write(EVENT);
      out.flush();
    }
    if (staysOpen) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns sockets of a session cache of their own: the first connection is a full handshake. */
  private static SocketFactory trusting(LoopbackCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate.trustStoreFile())) {
      store.load(in, LoopbackCertificate.TRUST_STORE_PASSWORD.toCharArray());
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static double handshakes(int port, LoopbackCertificate certificate, int count)
      throws Exception {
    List<SocketFactory> factories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      factories.add(trusting(certificate));
    }
    long start = System.nanoTime();
    for (SocketFactory factory : factories) {
      try (Socket socket = factory.createSocket(InetAddress.getLoopbackAddress(), port)) {
        call(socket, new BufferedInputStream(socket.getInputStream(), 8192));
      }
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  /** Returns events a second to one listener. */
  private static double events(int port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      ask(socket, "/events");
      InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
      long start = System.nanoTime();
      int seen = 0;
      while (seen < EVENTS) {
        int c = in.read();
        if (c < 0) {
          throw new IOException("closed after " + seen + " events");
        }
        if (c == '}') {
          seen++;
        }
      }
      return EVENTS / ((System.nanoTime() - start) / 1e9);
    }
  }

  /** Returns how many listeners have their first event within two seconds, all staying. */
  private static int listeners(int port) throws Exception {
    end = new CountDownLatch(1);
    AtomicInteger served = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(LISTENERS);
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < LISTENERS; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      open.add(socket);
      Thread reader =
          new Thread(
              () -> {
                try {
                  ask(socket, "/events/open");
                  int c;
                  do {
                    c = socket.getInputStream().read();
                  } while (c >= 0 && c != '}');
                  if (c >= 0) {
                    served.incrementAndGet();
                    all.countDown();
                  }
                } catch (IOException e) {
                  // Closed below, unserved.
                }
              });
      reader.setDaemon(true);
      reader.start();
    }
    boolean everybody = all.await(2, TimeUnit.SECONDS);
    int count = everybody ? LISTENERS : served.get();
    for (Socket socket : open) {
      socket.close();
    }
    end.countDown();
    return count;
  }

  /** Returns requests a second. */
  private static double run(int port, SocketFactory sockets, int clients, int each)
      throws Exception {
    CountDownLatch ready = new CountDownLatch(clients);
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket =
                    sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
                  socket.setTcpNoDelay(true);
                  InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
                  if (each > 1) {
                    call(socket, in);
                  }
                  ready.countDown();
                  begin.await();
                  for (int n = 0; n < each; n++) {
                    call(socket, in);
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    ready.await();
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return clients * (double) each / ((System.nanoTime() - start) / 1e9);
  }

  private static void ask(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void call(Socket socket, InputStream in) throws IOException {
    ask(socket, "/x");
    int state = 0;
    int length = 0;
    StringBuilder head = new StringBuilder();
    while (state < 4) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed");
      }
      head.append((char) c);
      state = c == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : c == '\r' ? 1 : 0;
    }
    int at = head.toString().toLowerCase().indexOf("content-length:");
    length = Integer.parseInt(head.substring(at + 15, head.indexOf("\r", at)).trim());
    in.skipNBytes(length);
  }
}
