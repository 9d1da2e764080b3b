package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets no stranger in.
 *
 * <p>A port on 127.0.0.1 and well-known credentials are within reach of every web page in the
 * student's browser, and functions run code. Two doors are shut: names that a stranger's DNS can
 * point here (DNS rebinding), and browser requests to the control plane that come from a page
 * elsewhere. The second covers everything a page can send without asking: form posts, {@code
 * text/plain}, images with presigned queries.
 */
final class BrowserGuard {
  private BrowserGuard() {}

  /** Tells whether a request was sent by a page that is not of this machine. */
  static boolean isForeignPage(HttpRequest request) {
    Optional<String> origin = request.header("Origin");
    if (origin.isPresent()) {
      return !isLoopbackOrigin(origin.get());
    }
    // Without Origin (a link, an image, a GET form) the browser still says where the page is from.
    String site = request.header("Sec-Fetch-Site").orElse("").toLowerCase(Locale.ROOT);
    if (site.equals("cross-site") || site.equals("same-site")) {
      return request.header("Referer").map(referer -> !isLoopbackOrigin(referer)).orElse(true);
    }
    return false;
  }

  private static boolean isLoopbackOrigin(String origin) {
    try {
      String host = new URI(origin).getHost();
      return host != null && AwsNames.isLoopback(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
