package dev.cloudtask.localcloud.http;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that listens on loopback and hands on what was sent.
 *
 * <p>The one place that knows which HTTP library is used; see {@code docs/decisions}.
 */
public interface HttpServer extends AutoCloseable {
  /** Returns the port it listens on. */
  int port();

  /** Stops listening and closes every connection. */
  @Override
  void close();

  /** Starts servers. */
  @FunctionalInterface
  interface Factory {
    /**
     * Starts a server on 127.0.0.1.
     *
     * @param port the port; 0 for any free one
     * @param tls the certificate to use, or null for plain HTTP
     * @throws IOException if the port is taken
     */
    HttpServer start(int port, @Nullable SSLContext tls, HttpHandler handler) throws IOException;
  }

  /** Returns the only address servers bind to. */
  static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
