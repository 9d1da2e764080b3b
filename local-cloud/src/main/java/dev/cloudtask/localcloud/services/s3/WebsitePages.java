package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Map;
import java.util.Optional;

/**
 * The website endpoint's own HTML pages, to the letter (FIDELITY WEB-008, WEB-012, WEB-013,
 * WEB-015).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html">Custom
 *     error document</a>
 */
final class WebsitePages {
  private static final String HTML = "text/html; charset=utf-8";

  private WebsitePages() {}

  /**
   * Returns the page of an error.
   *
   * @param document why the custom error document could not be shown, if there was to be one
   */
  static HttpResponse error(
      AwsException failure, Optional<AwsException> document, String requestId, String hostId) {
    String title = failure.status() + " " + phrase(failure.status());
    StringBuilder page = new StringBuilder(512);
    page.append("<html>\n<head><title>").append(title).append("</title></head>\n<body>\n<h1>");
    page.append(title).append("</h1>\n<ul>\n");
    items(page, failure);
    item(page, "RequestId", requestId);
    item(page, "HostId", hostId);
    page.append("</ul>\n");
    document.ifPresent(
        why -> {
          page.append("<h3>")
              .append("An Error Occurred While Attempting to Retrieve a Custom Error Document")
              .append("</h3>\n<ul>\n");
          items(page, why);
          page.append("</ul>\n");
        });
    page.append("<hr/>\n</body>\n</html>\n");
    return marked(HttpResponse.of(failure.status(), HTML, page.toString()), failure);
  }

  /** Sets the headers in which an error of the endpoint tells what it was. */
  static HttpResponse marked(HttpResponse response, AwsException failure) {
    HttpResponse answer =
        response
            .with("x-amz-error-code", failure.code())
            .with("x-amz-error-message", failure.message());
    for (Map.Entry<String, String> detail : failure.details().entrySet()) {
      answer = answer.with("x-amz-error-detail-" + detail.getKey(), header(detail.getValue()));
    }
    return answer;
  }

  private static String header(String value) {
    return dev.cloudtask.localcloud.http.PercentEncoding.encodePath(value);
  }

  /** Returns the page of a redirect. */
  static HttpResponse redirect(int status, String location) {
    String title = status + " " + phrase(status);
    return HttpResponse.of(
            status,
            HTML,
            "<html>\n<head><title>"
                + title
                + "</title></head>\n<body>\n<h1>"
                + title
                + "</h1>\n<ul>\n<li>Code: "
                + (status == 302 ? "Found" : "MovedPermanently")
                + "</li>\n<li>Message: Resource Found</li>\n</ul>\n<hr/>\n</body>\n</html>\n")
        .with("Location", location);
  }

  private static void items(StringBuilder page, AwsException failure) {
    item(page, "Code", failure.code());
    item(page, "Message", failure.message());
    failure.details().forEach((name, value) -> item(page, name, value));
  }

  private static void item(StringBuilder page, String name, String value) {
    page.append("<li>").append(name).append(": ").append(escaped(value)).append("</li>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String phrase(int status) {
    return switch (status) {
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 412 -> "Precondition Failed";
      case 416 -> "Requested Range Not Satisfiable";
      case 500 -> "Internal Server Error";
      default -> "Error";
    };
  }
}
