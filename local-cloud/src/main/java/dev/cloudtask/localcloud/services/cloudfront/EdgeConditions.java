package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditional and range requests that the edge answers out of its cache. */
final class EdgeConditions {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private EdgeConditions() {}

  static HttpResponse apply(HttpRequest viewer, HttpResponse response) {
    Optional<String> ifNoneMatch = viewer.header("If-None-Match");
    Optional<String> etag = response.headers().first("ETag");
    boolean same =
        ifNoneMatch.isPresent()
            ? etag.isPresent()
                && Arrays.stream(ifNoneMatch.get().split(","))
                    .map(EdgeConditions::strong)
                    .anyMatch(tag -> tag.equals("*") || tag.equals(strong(etag.get())))
            : viewer
                .header("If-Modified-Since")
                .equals(response.headers().first("Last-Modified").or(() -> Optional.of("")));
    if (same) {
      return new HttpResponse(304, response.headers().without("Content-Length"), response.body())
          .withBody(new byte[0]);
    }
    return range(viewer, response);
  }

  private static String strong(String tag) {
    String stripped = tag.strip();
    return stripped.startsWith("W/") ? stripped.substring(2) : stripped;
  }

  static HttpResponse range(HttpRequest viewer, HttpResponse response) {
    Matcher matcher = RANGE.matcher(viewer.header("Range").orElse(""));
    if (!matcher.matches() || matcher.group().equals("bytes=-")) {
      return response;
    }
    byte[] content = response.bytes();
    long first;
    long last = content.length - 1L;
    if (matcher.group(1).isEmpty()) {
      first = Math.max(0, content.length - Long.parseLong(matcher.group(2)));
    } else {
      first = Long.parseLong(matcher.group(1));
      if (!matcher.group(2).isEmpty()) {
        last = Math.min(last, Long.parseLong(matcher.group(2)));
      }
    }
    if (first > last) {
      return new HttpResponse(416, response.headers().without("Content-Length"), response.body())
          .withBody(new byte[0])
          .with("Content-Range", "bytes */" + content.length);
    }
    return new HttpResponse(206, response.headers().without("Content-Length"), response.body())
        .withBody(Arrays.copyOfRange(content, (int) first, (int) last + 1))
        .with("Content-Range", "bytes " + first + "-" + last + "/" + content.length);
  }
}
