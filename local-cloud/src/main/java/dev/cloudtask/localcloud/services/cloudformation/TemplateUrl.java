package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which object a TemplateURL means. Nothing is ever fetched from the network: the object is
 * read from this cloud's S3.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">
 *     Virtual-hosted-style and path-style requests</a>
 */
final class TemplateUrl {
  /** Where the object is. */
  record Location(String bucket, String key, Optional<String> versionId) {}

  private static final Pattern VIRTUAL =
      Pattern.compile("(.+)\\.s3([.-](dualstack\\.)?[a-z0-9-]+)?\\.amazonaws\\.com");
  private static final Pattern PATH =
      Pattern.compile("s3([.-](dualstack\\.)?[a-z0-9-]+)?\\.amazonaws\\.com");

  private TemplateUrl() {}

  static Location location(String url) {
    URI uri = parse(url);
    String host = uri.getHost();
    if (uri.getScheme() == null || host == null) {
      throw unsupported();
    }
    if (uri.getScheme().equals("s3")) {
      throw notS3(host);
    }
    if (!uri.getScheme().equals("https") && !uri.getScheme().equals("http")) {
      throw unsupported();
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    Optional<String> version =
        QueryString.parse(uri.getRawQuery() == null ? "" : uri.getRawQuery()).parameters().stream()
            .filter(parameter -> parameter.name().equals("versionId"))
            .map(QueryString.Parameter::value)
            .findFirst();
    Matcher virtual = VIRTUAL.matcher(host);
    if (virtual.matches()) {
      return new Location(virtual.group(1), key(path), version);
    }
    boolean local = host.equals("127.0.0.1") || host.equals("localhost");
    if (PATH.matcher(host).matches() || local) {
      int slash = path.indexOf('/', 1);
      if (slash < 0) {
        throw unsupported();
      }
      return new Location(path.substring(1, slash), key(path.substring(slash)), version);
    }
    throw notS3(host.contains(".") ? host.substring(0, host.indexOf('.')) : host);
  }

  private static String key(String rawPath) {
    String key = PercentEncoding.decode(rawPath.startsWith("/") ? rawPath.substring(1) : rawPath);
    if (key.isEmpty()) {
      throw unsupported();
    }
    return key;
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw unsupported();
    }
  }

  private static RuntimeException unsupported() {
    return StackErrors.validation("TemplateURL must be a supported URL.");
  }

  private static RuntimeException notS3(String bucket) {
    return StackErrors.validation(
        "S3 error: Domain name specified in " + bucket + " is not a valid S3 domain");
  }
}
