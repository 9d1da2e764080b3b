package dev.cloudtask.localcloud.services.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no well-behaved client would, such as a Host header of its own. */
final class RawHttp {
  private RawHttp() {}

  /** Sends a GET for a host name and returns the whole answer as text. */
  static String get(URI endpoint, String host, String target) throws IOException {
    return send(
        endpoint, "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  /** Sends these lines and returns the whole answer as text. */
  static String send(URI endpoint, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
