package dev.cloudtask.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer to a request over plain HTTP, as a stranger gets it.
 *
 * @param request what was asked, such as {@code GET http://127.0.0.1:4581/}
 * @param status the status code
 * @param headers the answer's headers
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record WebPage(String request, int status, HttpHeaders headers, byte[] body) {
  private static final Pattern ERROR_CODE = Pattern.compile("Code(?:: |>)(\\w+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Gets a page. */
  public static WebPage get(HttpClient http, URI url) {
    return send(http, "GET", url, new byte[0]);
  }

  /** Sends a request without credentials; headers are names and values in turn. */
  public static WebPage send(
      HttpClient http, String method, URI url, byte[] body, String... headers) {
    HttpRequest.BodyPublisher publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    String request = method + " " + url;
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(url).timeout(PATIENCE).method(method, publisher);
    for (int i = 0; i < headers.length; i += 2) {
      asked.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> answer =
          http.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new WebPage(request, answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw Finding.did(request).expected("an answer").got("none: " + e).found();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Finding.of(Finding.Kind.NOT_TESTED, request)
          .expected("an answer")
          .got("the test was interrupted")
          .found();
    }
  }

  /** Returns the first header of this name; empty if none was sent. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Returns the content type; empty if none was sent. */
  public String contentType() {
    return header("Content-Type");
  }

  /** Returns the body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns AWS's error code if the body tells one, else an empty string. */
  public String errorCode() {
    Matcher code = ERROR_CODE.matcher(text());
    return status >= 400 && code.find() ? code.group(1) : "";
  }

  /** Returns status and error code for people. */
  public String words() {
    return status + (errorCode().isEmpty() ? "" : " " + errorCode());
  }
}
