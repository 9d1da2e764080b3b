package dev.cloudtask.localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class CoreHttpServerTest {
  private final BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();

  private HttpResponse echo(HttpRequest request) {
    request.body().bytes();
    seen.add(request);
    return HttpResponse.of(200, "text/plain", "ok").with("X-CaSe", "kept");
  }

  private static String send(int port, String raw) throws IOException {
    try (Socket socket = new Socket(HttpServer.loopback(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void request_isHandedOnAsItWasSent() throws Exception {
    try (HttpServer server = CoreHttpServer.start(0, null, this::echo)) {
      String target = "/a//b/../c%2Fd/%zz|{x}?q=%20a+b&q=2&|";
      String answer =
          send(
              server.port(),
              "PUT "
                  + target
                  + " HTTP/1.1\r\nhOsT: x.example\r\ntEsT-HEADeR: 1\r\nTEST-header: 2\r\n"
                  + "Content-Length: 2\r\nConnection: close\r\n\r\nhi");

      assertThat(answer).startsWith("HTTP/1.1 200").contains("X-CaSe: kept").endsWith("\r\n\r\nok");
      HttpRequest request = seen.take();
      assertThat(request.target()).isEqualTo(target);
      assertThat(request.headers().fields())
          .contains(
              new HttpHeaders.Field("tEsT-HEADeR", "1"), new HttpHeaders.Field("TEST-header", "2"));
      assertThat(request.body().text()).isEqualTo("hi");
      assertThat(request.connection().localPort()).isEqualTo(server.port());
    }
  }

  @Test
  void targetWithTwoLeadingSlashes_isKept() throws Exception {
    try (HttpServer server = CoreHttpServer.start(0, null, this::echo)) {
      send(server.port(), "GET //evil/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(seen.take().target()).isEqualTo("//evil/x");
    }
  }

  @Test
  void absoluteTarget_isKept() throws Exception {
    try (HttpServer server = CoreHttpServer.start(0, null, this::echo)) {
      send(
          server.port(),
          "GET http://b.example/x?y HTTP/1.1\r\nHost: b.example\r\nConnection: close\r\n\r\n");
      assertThat(seen.take().rawPath()).isEqualTo("/x");
    }
  }

  @Test
  void clientThatFallsSilent_gets408_andBlocksNobody() throws Exception {
    try (HttpServer server = CoreHttpServer.start(0, null, this::echo, 300);
        Socket slow = new Socket(HttpServer.loopback(), server.port())) {
      slow.setSoTimeout(10_000);
      slow.getOutputStream()
          .write("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();

      assertThat(send(server.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void head_tellsTheLengthItIsGiven_withoutBody() throws Exception {
    try (HttpServer server =
        CoreHttpServer.start(
            0, null, request -> HttpResponse.of(200).with("Content-Length", "12345"))) {
      String answer =
          send(server.port(), "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).contains("Content-Length: 12345").endsWith("\r\n\r\n");
    }
  }

  @Test
  void expect100_isAnsweredBeforeTheBody() throws Exception {
    try (HttpServer server = CoreHttpServer.start(0, null, this::echo);
        Socket socket = new Socket(HttpServer.loopback(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
      socket.getOutputStream().write('!');
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("HTTP/1.1 200");
      assertThat(seen.take().body().text()).isEqualTo("!");
    }
  }
}
