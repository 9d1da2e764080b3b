package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.RestXmlFailure;
import dev.cloudtask.localcloud.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S3's REST API as the front desk sees it. */
final class S3Endpoint implements ServiceEndpoint {
  private final CloudEnvironment environment;
  private final S3Operations operations;
  private final Cors cors;

  S3Endpoint(CloudEnvironment environment, S3Operations operations, Cors cors) {
    this.environment = environment;
    this.operations = operations;
    this.cors = cors;
  }

  @Override
  public String signingName() {
    return "s3";
  }

  /** The desk hands S3 whatever nobody else recognises: its paths look like anything. */
  @Override
  public boolean recognises(HttpRequest request) {
    return false;
  }

  /** Anonymous requests come in; the bucket policy decides. */
  @Override
  public boolean allowsAnonymous(HttpRequest request) {
    return true;
  }

  /**
   * Pages may read objects, as they may on AWS: what they get to see, CORS decides. They may write
   * with a signature only if the bucket's CORS rules name them: the credentials here are well
   * known, so a signature proves nothing. Anonymous writes are the bucket policy's to refuse.
   */
  @Override
  public boolean isOpenToBrowsers(HttpRequest request) {
    S3Request parsed =
        S3Request.of(
            new ServiceCall(
                request,
                request.hostName(),
                new Caller.Anonymous(),
                "",
                environment.clock().instant(),
                Span.detached("s3", "browser")));
    if (parsed.bucketName().isEmpty()) {
      return false;
    }
    if (parsed.method().equals("OPTIONS")) {
      return true;
    }
    boolean signed =
        parsed.header("Authorization").isPresent()
            || parsed.query().has("X-Amz-Signature")
            || parsed.query().has("AWSAccessKeyId");
    boolean form =
        parsed.header("Content-Type").filter(t -> t.startsWith("multipart/form-data")).isPresent();
    if (!signed && !form) {
      return true;
    }
    boolean read = List.of("GET", "HEAD").contains(parsed.method());
    if (read && parsed.objectKey().isPresent()) {
      return true;
    }
    return parsed
        .header("Origin")
        .filter(origin -> cors.allows(parsed.bucket(), origin, parsed.method()))
        .isPresent();
  }

  @Override
  public HttpResponse handle(ServiceCall call) {
    takeIn(call.http());
    S3Request request = S3Request.of(call);
    if (request.method().equals("OPTIONS") && request.bucketName().isPresent()) {
      return common(call, cors.preflight(request));
    }
    S3Operations.Operation operation = operations.find(request);
    try (Span span = call.span().child("s3", operation.name())) {
      request.bucketName().ifPresent(bucket -> span.note("bucket", bucket));
      S3Request spanned =
          new S3Request(call.in(span), request.bucketName(), request.objectKey(), request.query());
      try {
        return common(call, cors.decorate(spanned, operation.handler().handle(spanned)));
      } catch (AwsException e) {
        span.fail(e.code() + ": " + e.message());
        throw e;
      }
    }
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    takeIn(call.http());
    S3Request request = S3Request.of(call);
    AwsException body = failure;
    if (failure.code().equals("InternalFailure")) {
      body = new AwsException("InternalError", 500, failure.message());
    }
    AwsException elements = new AwsException(body.code(), body.status(), body.message());
    HttpResponse headers = HttpResponse.of(body.status());
    for (Map.Entry<String, String> detail : body.details().entrySet()) {
      if (detail.getKey().startsWith("x-amz-")) {
        headers = headers.with(detail.getKey(), detail.getValue());
      } else {
        elements = elements.with(detail.getKey(), detail.getValue());
      }
    }
    HttpResponse response = headers;
    boolean bodiless = request.isHead() || body.status() == 304;
    if (!bodiless) {
      HttpResponse xml = RestXmlFailure.bare(elements, call.requestId(), hostId());
      response = response.with("Content-Type", "application/xml").withBody(xml.bytes());
    } else if (request.isHead()) {
      response = response.with("Content-Type", "application/xml");
    }
    if (body.status() == 405) {
      response = response.with("Allow", "GET, HEAD, PUT, DELETE, POST");
    }
    Optional<String> bucket = request.bucketName();
    if (bucket.isPresent() && request.isHead()) {
      response = response.with("x-amz-bucket-region", environment.region());
    }
    return common(call, cors.decorate(request, response));
  }

  /** A refusal that leaves the body unread would leave it to the connection's next request. */
  private static void takeIn(HttpRequest http) {
    try {
      http.body().bytes();
    } catch (RequestBody.TooLargeException e) {
      throw S3Errors.entityTooLarge(
          http.body().declaredLength().orElse(RequestBody.MAX_BYTES), Payload.MAX_SINGLE_PUT);
    }
  }

  private HttpResponse common(ServiceCall call, HttpResponse response) {
    return response
        .with("x-amz-request-id", call.requestId())
        .with("x-amz-id-2", hostId())
        .with("Server", "AmazonS3");
  }

  private String hostId() {
    return environment.ids().base64(56);
  }
}
