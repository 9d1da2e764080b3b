import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.http.HttpResponse;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * HttpCore against Undertow, as local-cloud would use either: not part of the build. How to run it
 * stands in docs/decisions/0005-http-server.md. Prints, for each, the time from the JVM's birth to
 * the first answer, and requests a second over kept-alive connections.
 */
public final class HttpServerBenchmark {
  private static final byte[] BODY = new byte[1024];

  public static void main(String[] arguments) throws Exception {
    Arrays.fill(BODY, (byte) 'x');
    boolean undertow = arguments[0].equals("undertow");
    AutoCloseable server;
    int port;
    if (undertow) {
      Undertow started =
          Undertow.builder()
              .addHttpListener(0, "127.0.0.1")
              .setHandler(
                  new BlockingHandler(
                      exchange -> {
                        exchange.getInputStream().readAllBytes();
                        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                        exchange.getOutputStream().write(BODY);
                      }))
              .build();
      started.start();
      port = ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort();
      server = started::stop;
    } else {
      CoreHttpServer started =
          CoreHttpServer.start(
              0,
              null,
              request -> {
                request.body().bytes();
                return HttpResponse.of(200, "text/plain", BODY);
              });
      port = started.port();
      server = started;
    }
    run(port, 1, 1);
    long born = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    System.out.printf(
        "%-9s first answer after %d ms", arguments[0], System.currentTimeMillis() - born);
    run(port, 1, 5_000);
    System.out.printf(" · 1 client %,.0f/s", run(port, 1, 20_000));
    System.out.printf(" · 200 clients %,.0f/s%n", run(port, 200, 300));
    server.close();
    System.exit(0);
  }

  /** Returns requests a second. */
  private static double run(int port, int clients, int each) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  socket.setTcpNoDelay(true);
                  InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
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
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return clients * (double) each / ((System.nanoTime() - start) / 1e9);
  }

  private static void call(Socket socket, InputStream in) throws IOException {
    socket
        .getOutputStream()
        .write("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
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
