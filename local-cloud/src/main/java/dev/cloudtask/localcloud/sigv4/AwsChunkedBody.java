package dev.cloudtask.localcloud.sigv4;

import dev.cloudtask.localcloud.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes {@code aws-chunked} content apart: chunks with an optional signature each, then optional
 * trailers.
 *
 * <pre>{@code SIZE-IN-HEX[;chunk-signature=…]\r\n BYTES \r\n … 0\r\n name:value\r\n \r\n}</pre>
 *
 * @param content the bytes of all chunks
 * @param trailers the fields after the last chunk
 * @param chunks each chunk and the signature it came with, for whoever verifies them
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature
 *     calculations: transferring a payload in multiple chunks</a>
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record AwsChunkedBody(byte[] content, HttpHeaders trailers, List<Chunk> chunks) {
  /** The trailer that carries the signature of all other trailers. */
  static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private static final int MAX_LINE = 16 * 1024;

  /** Thrown when the content ends too early, or is not {@code aws-chunked} at all. */
  public static final class IncompleteException extends Exception {
    private static final long serialVersionUID = 1L;

    IncompleteException() {
      super("the aws-chunked content is not complete");
    }
  }

  /** One chunk: a stretch of the content, and its signature (empty if unsigned). */
  public record Chunk(int offset, int length, String signature) {}

  /**
   * Takes content apart.
   *
   * @throws IncompleteException if it does not end as it must
   */
  public static AwsChunkedBody parse(byte[] raw) throws IncompleteException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(raw.length);
    List<Chunk> chunks = new ArrayList<>();
    Reader reader = new Reader(raw);
    while (true) {
      String line = reader.line();
      int semicolon = line.indexOf(';');
      int size = size(semicolon < 0 ? line : line.substring(0, semicolon));
      String signature =
          semicolon >= 0 && line.startsWith("chunk-signature=", semicolon + 1)
              ? line.substring(semicolon + 1 + "chunk-signature=".length())
              : "";
      chunks.add(new Chunk(content.size(), size, signature));
      if (size == 0) {
        break;
      }
      reader.copy(size, content);
      if (!reader.line().isEmpty()) {
        throw new IncompleteException();
      }
    }
    List<HttpHeaders.Field> trailers = new ArrayList<>();
    while (reader.hasMore()) {
      String line = reader.line();
      int colon = line.indexOf(':');
      if (colon > 0) {
        trailers.add(
            new HttpHeaders.Field(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      }
    }
    return new AwsChunkedBody(content.toByteArray(), HttpHeaders.of(trailers), chunks);
  }

  private static int size(String hex) throws IncompleteException {
    try {
      int size = Integer.parseInt(hex.strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new IncompleteException();
    }
    throw new IncompleteException();
  }

  private static final class Reader {
    private final byte[] raw;
    private int at;

    Reader(byte[] raw) {
      this.raw = raw;
    }

    boolean hasMore() {
      return at < raw.length;
    }

    String line() throws IncompleteException {
      int begin = at;
      while (at < raw.length && at - begin < MAX_LINE) {
        if (raw[at++] == '\n') {
          int end = at - 1 > begin && raw[at - 2] == '\r' ? at - 2 : at - 1;
          return new String(raw, begin, end - begin, StandardCharsets.ISO_8859_1);
        }
      }
      throw new IncompleteException();
    }

    void copy(int size, ByteArrayOutputStream to) throws IncompleteException {
      if (size > raw.length - at) {
        throw new IncompleteException();
      }
      to.write(raw, at, size);
      at += size;
    }
  }
}
