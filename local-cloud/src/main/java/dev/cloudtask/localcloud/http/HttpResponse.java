package dev.cloudtask.localcloud.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer on its way to the client. Header names go out in the case they have here.
 *
 * @param status the status code
 * @param headers the header fields; {@code Content-Length}, {@code Connection} and {@code Date} are
 *     the server's to add
 * @param body what follows
 */
public record HttpResponse(int status, HttpHeaders headers, Body body) {

  /** What an answer carries: bytes known beforehand, or a stream that ends when it ends. */
  public sealed interface Body permits Bytes, Stream {}

  /** A body that is there. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Bytes(byte[] content) implements Body {}

  /** A body that is written piece by piece, chunked: server-sent events, for instance. */
  @FunctionalInterface
  public non-sealed interface Stream extends Body {
    /** Writes the body; returns when it is complete or the client has gone. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Returns an answer without a body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, HttpHeaders.empty(), new Bytes(new byte[0]));
  }

  /** Returns an answer with this text in UTF-8 and this content type. */
  public static HttpResponse of(int status, String contentType, String text) {
    return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns an answer with these bytes and this content type. */
  public static HttpResponse of(int status, String contentType, byte[] content) {
    return new HttpResponse(
        status, HttpHeaders.of("Content-Type", contentType), new Bytes(content));
  }

  /** Returns this answer with a header set. */
  public HttpResponse with(String name, String value) {
    return new HttpResponse(status, headers.with(name, value), body);
  }

  /** Returns this answer with other headers. */
  public HttpResponse withHeaders(HttpHeaders changed) {
    return new HttpResponse(status, changed, body);
  }

  /** Returns this answer with other content. */
  public HttpResponse withBody(byte[] content) {
    return new HttpResponse(status, headers, new Bytes(content));
  }

  /**
   * Returns the body's bytes.
   *
   * @throws IllegalStateException if the body is a stream
   */
  public byte[] bytes() {
    if (body instanceof Bytes bytes) {
      return bytes.content();
    }
    throw new IllegalStateException("this answer is a stream");
  }

  /** Returns the body as UTF-8 text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
