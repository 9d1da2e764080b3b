package dev.cloudtask.localcloud.services.s3;

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
record AwsChunkedBody(byte[] content, HttpHeaders trailers, List<Chunk> chunks) {
  private static final int MAX_LINE = 16 * 1024;

  /** One chunk: a stretch of the content, and its signature (empty if unsigned). */
  record Chunk(int offset, int length, String signature) {}

  static AwsChunkedBody parse(byte[] raw) {
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
        throw S3Errors.incompleteBody();
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

  private static int size(String hex) {
    try {
      int size = Integer.parseInt(hex.strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw S3Errors.incompleteBody();
    }
    throw S3Errors.incompleteBody();
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

    String line() {
      int begin = at;
      while (at < raw.length && at - begin < MAX_LINE) {
        if (raw[at++] == '\n') {
          int end = at - 1 > begin && raw[at - 2] == '\r' ? at - 2 : at - 1;
          return new String(raw, begin, end - begin, StandardCharsets.ISO_8859_1);
        }
      }
      throw S3Errors.incompleteBody();
    }

    void copy(int size, ByteArrayOutputStream to) {
      if (size > raw.length - at) {
        throw S3Errors.incompleteBody();
      }
      to.write(raw, at, size);
      at += size;
    }
  }
}
