package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses answers of APIs that want it, for clients that take it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html">Payload
 *     compression</a>
 */
final class Compression {
  private Compression() {}

  static HttpResponse apply(Exchange exchange, HttpResponse response) {
    Integer least = exchange.api().restApi().minimumCompressionSize();
    boolean wanted =
        least != null
            && response.bytes().length >= least
            && response.bytes().length > 0
            && !response.headers().has("Content-Encoding")
            && exchange
                .headers()
                .first("Accept-Encoding")
                .filter(e -> e.contains("gzip"))
                .isPresent();
    if (!wanted) {
      return response;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(response.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return response.withBody(out.toByteArray()).with("Content-Encoding", "gzip");
  }
}
