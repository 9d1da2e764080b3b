package dev.cloudtask.lambdaruntime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Lambda Runtime API on one connection that is kept open. Hand-made, because the
 * JDK's clients cost more to load than all the rest of a cold start.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
final class RuntimeApi {
  private static final String VERSION = "/2018-06-01/runtime";
  private static final byte[] NOTHING = {};

  private final String host;
  private final int port;
  private final String path;
  private @Nullable Connection connection;

  /**
   * Creates a client.
   *
   * @param address host and port, possibly followed by a path: {@code AWS_LAMBDA_RUNTIME_API}
   */
  RuntimeApi(String address) {
    int slash = address.indexOf('/');
    String authority = slash < 0 ? address : address.substring(0, slash);
    int colon = authority.lastIndexOf(':');
    host = colon < 0 ? authority : authority.substring(0, colon);
    port = colon < 0 ? 80 : Integer.parseInt(authority.substring(colon + 1));
    path = (slash < 0 ? "" : address.substring(slash)).concat(VERSION);
  }

  /** Waits for the next invocation. */
  Invocation next() throws IOException {
    Answer answer = exchange("GET", "/invocation/next", null, NOTHING, 0);
    if (answer.status != 200) {
      throw new IOException("the Runtime API answered ".concat(String.valueOf(answer.status)));
    }
    return new Invocation(
        answer.required("lambda-runtime-aws-request-id"),
        answer.required("lambda-runtime-invoked-function-arn"),
        Long.parseLong(answer.required("lambda-runtime-deadline-ms")),
        answer.headers.get("lambda-runtime-trace-id"),
        answer.headers.get("lambda-runtime-client-context"),
        answer.headers.get("lambda-runtime-cognito-identity"),
        answer.body);
  }

  /** Reports a result. */
  void respond(String requestId, ExposedBytes result) throws IOException {
    exchange(
        "POST",
        "/invocation/".concat(requestId).concat("/response"),
        null,
        result.array(),
        result.size());
  }

  /** Reports that an invocation failed. */
  void fail(String requestId, String errorType, byte[] error) throws IOException {
    exchange(
        "POST", "/invocation/".concat(requestId).concat("/error"), errorType, error, error.length);
  }

  /** Reports that the function could not be loaded. */
  void failInit(String errorType, byte[] error) throws IOException {
    exchange("POST", "/init/error", errorType, error, error.length);
  }

  private Answer exchange(
      String method, String resource, @Nullable String errorType, byte[] body, int length)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(resource).append(" HTTP/1.1\r\nHost: ");
    head.append(host).append(':').append(port).append("\r\n");
    if (method.equals("POST")) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
      head.append("\r\n");
    }
    if (errorType != null) {
      head.append("Lambda-Runtime-Function-Error-Type: ").append(errorType).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    Connection kept = connection;
    if (kept != null) {
      try {
        return kept.exchange(start, body, length);
      } catch (IOException e) {
        kept.close(); // closed by the other side while the function ran: once more on a new one
      }
    }
    Connection fresh = new Connection(host, port);
    connection = fresh;
    return fresh.exchange(start, body, length);
  }

  private static final class Answer {
    final int status;
    final Map<String, String> headers;
    final byte[] body;

    Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    String required(String header) throws IOException {
      String value = headers.get(header);
      if (value == null) {
        throw new IOException("the Runtime API sent no ".concat(header));
      }
      return value;
    }
  }

  private static final class Connection {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    Connection(String host, int port) throws IOException {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port));
      in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
      out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is given up anyway.
      }
    }

    Answer exchange(byte[] head, byte[] body, int length) throws IOException {
      out.write(head);
      out.write(body, 0, length);
      out.flush();
      String statusLine = line();
      int status = Integer.parseInt(statusLine.substring(9, 12));
      Map<String, String> headers = new HashMap<>();
      for (String field = line(); !field.isEmpty(); field = line()) {
        int colon = field.indexOf(':');
        headers.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      }
      String declared = headers.get("content-length");
      byte[] content = in.readNBytes(declared == null ? 0 : Integer.parseInt(declared));
      return new Answer(status, headers, content);
    }

    private String line() throws IOException {
      ExposedBytes line = new ExposedBytes(128);
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException("the Runtime API closed the connection");
        }
        if (octet != '\r') {
          line.write(octet);
        }
      }
      return line.toString(StandardCharsets.UTF_8);
    }
  }
}
