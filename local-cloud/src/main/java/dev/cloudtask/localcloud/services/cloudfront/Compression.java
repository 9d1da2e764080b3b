package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses what is worth it, with gzip.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html">Serve
 *     compressed files</a>
 */
final class Compression {
  private static final int MIN_BYTES = 1_000;
  private static final int MAX_BYTES = 10_000_000;

  private static final Set<String> TYPES =
      Set.of(
          "application/dash+xml",
          "application/eot",
          "application/font",
          "application/font-sfnt",
          "application/javascript",
          "application/json",
          "application/opentype",
          "application/otf",
          "application/pdf",
          "application/pkcs7-mime",
          "application/protobuf",
          "application/rss+xml",
          "application/truetype",
          "application/ttf",
          "application/vnd.apple.mpegurl",
          "application/vnd.mapbox-vector-tile",
          "application/vnd.ms-fontobject",
          "application/wasm",
          "application/xhtml+xml",
          "application/xml",
          "application/x-font-opentype",
          "application/x-font-truetype",
          "application/x-font-ttf",
          "application/x-httpd-cgi",
          "application/x-javascript",
          "application/x-mpegurl",
          "application/x-opentype",
          "application/x-otf",
          "application/x-perl",
          "application/x-ttf",
          "font/eot",
          "font/opentype",
          "font/otf",
          "font/ttf",
          "image/svg+xml",
          "text/css",
          "text/csv",
          "text/html",
          "text/javascript",
          "text/js",
          "text/plain",
          "text/richtext",
          "text/tab-separated-values",
          "text/x-component",
          "text/x-java-source",
          "text/x-script",
          "text/xml",
          "vnd.apple.mpegurl");

  private Compression() {}

  /** Tells whether the viewer takes gzip. */
  static boolean accepted(HttpRequest request) {
    return request
        .header("Accept-Encoding")
        .map(
            text ->
                Arrays.stream(text.toLowerCase(Locale.ROOT).split(","))
                    .map(String::strip)
                    .anyMatch(
                        coding ->
                            (coding.equals("gzip") || coding.startsWith("gzip;"))
                                && !coding.matches("gzip;\\s*q=0(\\.0*)?")))
        .orElse(false);
  }

  /** Returns the answer compressed if CloudFront would. */
  static HttpResponse gzip(HttpResponse response) {
    byte[] content = response.bytes();
    String type =
        response
            .headers()
            .first("Content-Type")
            .orElse("")
            .split(";")[0]
            .strip()
            .toLowerCase(Locale.ROOT);
    if (response.status() != 200
        || content.length < MIN_BYTES
        || content.length > MAX_BYTES
        || response.headers().has("Content-Encoding")
        || !TYPES.contains(type)) {
      return response;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HttpResponse compressed =
        response
            .withBody(bytes.toByteArray())
            .with("Content-Encoding", "gzip")
            .with("Vary", "Accept-Encoding");
    compressed = compressed.withHeaders(compressed.headers().without("Content-Length"));
    String etag = response.headers().first("ETag").orElse("");
    return etag.isEmpty() || etag.startsWith("W/")
        ? compressed
        : compressed.with("ETag", "W/" + etag);
  }
}
