package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call with what S3 reads out of its host and path.
 *
 * @param call the call
 * @param bucketName the bucket, by virtual host or by path; empty for the service itself
 * @param objectKey the key; empty if the request is about the bucket
 * @param query the query parameters
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">Virtual
 *     hosting of buckets</a>
 */
record S3Request(
    ServiceCall call, Optional<String> bucketName, Optional<String> objectKey, QueryString query) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:(?<bucket>.+)\\.)?s3(?:[.-](?:dualstack\\.)?(?<region>[a-z]{2}(?:-[a-z]+)+-\\d))?"
              + "\\.amazonaws\\.com");

  static S3Request of(ServiceCall call) {
    HttpRequest http = call.http();
    Matcher host = HOST.matcher(call.awsHost());
    String path = http.rawPath().startsWith("/") ? http.rawPath().substring(1) : http.rawPath();
    Optional<String> bucket = Optional.empty();
    if (host.matches() && host.group("bucket") != null) {
      bucket = Optional.of(host.group("bucket"));
    } else if (!path.isEmpty()) {
      int slash = path.indexOf('/');
      bucket = Optional.of(PercentEncoding.decode(slash < 0 ? path : path.substring(0, slash)));
      path = slash < 0 ? "" : path.substring(slash + 1);
    }
    // S3 reads a plus sign in a path as a space: clients must send %2B for a plus.
    Optional<String> key =
        path.isEmpty() ? Optional.empty() : Optional.of(PercentEncoding.decodeForm(path));
    return new S3Request(call, bucket, key, http.query());
  }

  HttpRequest http() {
    return call.http();
  }

  Caller caller() {
    return call.caller();
  }

  Span span() {
    return call.span();
  }

  String method() {
    return http().method();
  }

  Optional<String> header(String name) {
    return http().header(name);
  }

  Optional<String> parameter(String name) {
    return query.first(name);
  }

  String bucket() {
    return bucketName.orElseThrow(() -> new IllegalStateException("no bucket in this request"));
  }

  String key() {
    String key = objectKey.orElseThrow(() -> new IllegalStateException("no key in this request"));
    int size = key.getBytes(StandardCharsets.UTF_8).length;
    if (size > 1024) {
      throw S3Errors.keyTooLong(size);
    }
    return key;
  }

  Optional<String> versionId() {
    Optional<String> id = parameter("versionId");
    if (id.filter(String::isEmpty).isPresent()) {
      throw S3Errors.invalidArgument("Version id cannot be the empty string", "versionId", "");
    }
    return id;
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  boolean isAnonymous() {
    return caller() instanceof Caller.Anonymous;
  }

  /** Returns a whole number from the query, or the default. */
  int number(String name, int fallback) {
    Optional<String> text = parameter(name).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return fallback;
    }
    int number;
    try {
      number = Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw S3Errors.invalidArgument(
          "Provided " + name + " not an integer or within integer range", name, text.get());
    }
    if (number < 0) {
      throw S3Errors.invalidArgument(
          "Argument " + name + " must be an integer between 0 and 2147483647", name, text.get());
    }
    return number;
  }

  /** Returns the XML body, which must have this root. */
  XmlElement xml(String root) {
    return SettingDocuments.received(Payload.of(this).content(), root);
  }
}
