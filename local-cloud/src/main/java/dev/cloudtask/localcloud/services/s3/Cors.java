package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.services.s3.CorsConfiguration.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What S3 says to browsers: the preflight, and the headers of the answer itself.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html">OPTIONS
 *     object</a>
 */
final class Cors {
  private static final String VARY =
      "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

  private final BucketStore buckets;

  Cors(BucketStore buckets) {
    this.buckets = buckets;
  }

  HttpResponse preflight(S3Request request) {
    String origin =
        request
            .header("Origin")
            .orElseThrow(
                () ->
                    S3Errors.badRequest("Insufficient information. Origin request header needed."));
    String method = request.header("Access-Control-Request-Method").orElse("null");
    if (!List.of("GET", "PUT", "HEAD", "POST", "DELETE").contains(method)) {
      throw S3Errors.badRequest("Invalid Access-Control-Request-Method: " + method);
    }
    String resourceType = request.objectKey().isPresent() ? "OBJECT" : "BUCKET";
    Optional<CorsConfiguration> cors = buckets.find(request.bucket()).flatMap(Bucket::cors);
    if (cors.isEmpty()) {
      throw S3Errors.corsForbidden(
          "CORSResponse: CORS is not enabled for this bucket.", method, resourceType);
    }
    List<String> headers =
        request
            .header("Access-Control-Request-Headers")
            .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
            .orElse(List.of());
    Rule rule =
        cors.get()
            .match(origin, method, headers)
            .orElseThrow(
                () ->
                    S3Errors.corsForbidden(
                        "CORSResponse: This CORS request is not allowed. This is usually because the"
                            + " evalution of Origin, request method / Access-Control-Request-Method"
                            + " or Access-Control-Request-Headers are not whitelisted by the"
                            + " resource's CORS spec.",
                        method,
                        resourceType));
    HttpResponse response = allow(HttpResponse.of(200), rule, origin);
    return headers.isEmpty()
        ? response
        : response.with("Access-Control-Allow-Headers", String.join(", ", headers));
  }

  /** Adds the headers that let the page that asked read the answer, if a rule lets it. */
  HttpResponse decorate(S3Request request, HttpResponse response) {
    Optional<String> origin = request.header("Origin");
    if (origin.isEmpty() || request.bucketName().isEmpty()) {
      return response;
    }
    return buckets
        .find(request.bucket())
        .flatMap(Bucket::cors)
        .flatMap(cors -> cors.match(origin.get(), request.method(), List.of()))
        .map(rule -> allow(response, rule, origin.get()))
        .orElse(response);
  }

  /** Tells whether a bucket's owner lets pages of this origin use this method. */
  boolean allows(String bucket, String origin, String method) {
    return buckets
        .find(bucket)
        .flatMap(Bucket::cors)
        .flatMap(cors -> cors.match(origin, method, List.of()))
        .isPresent();
  }

  private static HttpResponse allow(HttpResponse response, Rule rule, String origin) {
    HttpResponse answer =
        response
            .with("Access-Control-Allow-Origin", rule.allowsAnyOrigin() ? "*" : origin)
            .with("Access-Control-Allow-Methods", String.join(", ", rule.methods()));
    if (!rule.exposed().isEmpty()) {
      answer = answer.with("Access-Control-Expose-Headers", String.join(", ", rule.exposed()));
    }
    if (rule.maxAge().isPresent()) {
      answer = answer.with("Access-Control-Max-Age", rule.maxAge().get());
    }
    if (!rule.allowsAnyOrigin()) {
      answer = answer.with("Access-Control-Allow-Credentials", "true");
    }
    return answer.with("Vary", VARY);
  }
}
