package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.http.QueryString.Parameter;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An S3 URL presigned by Signature Version 2: what {@code aws s3 presign} and boto3 still make by
 * default for us-east-1, and what S3 still takes there.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html">Signing
 *     and authenticating REST requests (AWS signature version 2)</a>
 */
final class PresignedV2 {
  private static final String KEY = "AWSAccessKeyId";
  private static final String SIGNATURE = "Signature";
  private static final String EXPIRES = "Expires";

  /** The parameters that are signed as a part of the resource; all others may be changed freely. */
  private static final Set<String> SIGNED =
      Set.of(
          "acl",
          "cors",
          "delete",
          "lifecycle",
          "location",
          "logging",
          "notification",
          "partNumber",
          "policy",
          "requestPayment",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "restore",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  private final HttpRequest request;
  private final QueryString query;

  PresignedV2(HttpRequest request) {
    this.request = request;
    this.query = request.query();
  }

  /** Tells whether a request says that it is presigned in this way. */
  static boolean claimed(HttpRequest request) {
    QueryString query = request.query();
    return query.has(KEY) || (query.has(SIGNATURE) && query.has(EXPIRES));
  }

  /**
   * Returns the id of the access key.
   *
   * @throws AwsException if a parameter is missing
   */
  String accessKeyId() {
    return required(KEY);
  }

  Optional<String> sessionToken() {
    return query.first("x-amz-security-token");
  }

  private String required(String name) {
    return query
        .first(name)
        .orElseThrow(
            () ->
                new AwsException(
                    "AccessDenied",
                    403,
                    "Query-string authentication requires the Signature, Expires and"
                        + " AWSAccessKeyId parameters"));
  }

  /**
   * Checks the time and the signature.
   *
   * @throws AwsException if either does not count, as S3 says it
   */
  void check(String secret, Instant now) {
    Instant end = expires();
    if (now.isAfter(end)) {
      throw new AwsException("AccessDenied", 403, "Request has expired")
          .with("Expires", end.toString())
          .with("ServerTime", Instant.ofEpochSecond(now.getEpochSecond()).toString());
    }
    String text = stringToSign();
    String provided = required(SIGNATURE);
    if (!MessageDigest.isEqual(
        sign(text, secret).getBytes(StandardCharsets.UTF_8),
        provided.getBytes(StandardCharsets.UTF_8))) {
      throw AuthenticationErrors.mismatch(accessKeyId(), text, provided);
    }
  }

  private Instant expires() {
    String written = required(EXPIRES);
    try {
      return Instant.ofEpochSecond(Math.min(Long.parseLong(written), Integer.MAX_VALUE * 100L));
    } catch (NumberFormatException e) {
      throw new AwsException(
          "AccessDenied", 403, "Invalid date (should be seconds since epoch): " + written);
    }
  }

  private String stringToSign() {
    return String.join(
            "\n",
            request.method(),
            request.header("Content-MD5").orElse(""),
            request.header("Content-Type").orElse(""),
            required(EXPIRES))
        + "\n"
        + amazonHeaders()
        + resource();
  }

  /** The headers x-amz-*, and those that a browser cannot send and the URL has instead. */
  private String amazonHeaders() {
    TreeMap<String, String> headers = new TreeMap<>();
    for (Parameter parameter : query.parameters()) {
      if (parameter.name().startsWith("x-amz-")) {
        headers.put(parameter.name(), parameter.value());
      }
    }
    for (HttpHeaders.Field field : request.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-")) {
        headers.put(name, String.join(",", request.headers().all(name)));
      }
    }
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(Collectors.joining());
  }

  private String resource() {
    String signed =
        query.parameters().stream()
            .filter(parameter -> SIGNED.contains(parameter.name()))
            .sorted(Comparator.comparing(Parameter::name))
            .map(each -> each.value().isEmpty() ? each.name() : each.name() + "=" + each.value())
            .collect(Collectors.joining("&"));
    return bucketOfHost() + request.rawPath() + (signed.isEmpty() ? "" : "?" + signed);
  }

  /** A bucket that is named by the host is signed as if it stood in the path. */
  private String bucketOfHost() {
    String host = request.hostName();
    int end = host.indexOf(".s3");
    return end > 0 && host.endsWith(".amazonaws.com") ? "/" + host.substring(0, end) : "";
  }

  static String sign(String text, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
