package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.s3.WebsiteConfiguration.RoutingRule;
import dev.cloudtask.localcloud.trace.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The website endpoint: plain HTTP, GET and HEAD only, HTML errors, and only what everybody may
 * read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html">Website
 *     endpoints</a>
 */
final class S3Website implements Site {
  private final CloudEnvironment environment;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final Access access;
  private final Cors cors;
  private final LocalNames names;
  private final Pattern host;

  S3Website(
      CloudEnvironment environment,
      BucketStore buckets,
      ObjectStore objects,
      Access access,
      Cors cors,
      LocalNames names) {
    this.environment = environment;
    this.buckets = buckets;
    this.objects = objects;
    this.access = access;
    this.cors = cors;
    this.names = names;
    this.host =
        Pattern.compile(
            "(.+)\\.s3-website[.-]" + Pattern.quote(environment.region()) + "\\.amazonaws\\.com");
  }

  /** Returns the host name of a bucket's website. */
  static String hostOf(String bucket, String region) {
    return bucket + ".s3-website-" + region + ".amazonaws.com";
  }

  /** Gives a website its port when it appears and takes it away when it goes. */
  void websiteChanged(String bucket, Optional<WebsiteConfiguration> website) {
    String awsHost = hostOf(bucket, environment.region());
    if (website.isPresent()) {
      names.publish(awsHost, LocalNames.Kind.WEBSITE);
    } else {
      names.withdraw(awsHost);
    }
  }

  /** Opens the ports of all websites again. */
  void republish() {
    for (Bucket bucket : buckets.all()) {
      if (bucket.website().isPresent()) {
        websiteChanged(bucket.name(), bucket.website());
      }
    }
  }

  @Override
  public boolean answersFor(String awsHost) {
    return host.matcher(awsHost).matches();
  }

  @Override
  public boolean speaksHttps(String awsHost) {
    return false;
  }

  @Override
  public HttpResponse serve(ServiceCall call) {
    try (Span span =
        call.span().child("s3-website", call.http().method() + " " + call.http().rawPath())) {
      String hostId = environment.ids().base64(56);
      S3Request request = request(call, span);
      HttpResponse response;
      try {
        response = cors.decorate(request, answer(request, call.requestId(), hostId));
      } catch (AwsException e) {
        span.fail(e.code() + ": " + e.message());
        response =
            e.status() == 304
                ? HttpResponse.of(304)
                : WebsitePages.error(e, Optional.empty(), call.requestId(), hostId);
      }
      span.note("status", response.status());
      return response
          .with("x-amz-request-id", call.requestId())
          .with("x-amz-id-2", hostId)
          .with("Server", "AmazonS3");
    }
  }

  /** Whoever signs a request to a website is nobody in particular there. */
  private S3Request request(ServiceCall call, Span span) {
    Matcher matcher = host.matcher(call.awsHost());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a website: " + call.awsHost());
    }
    HttpRequest http = call.http();
    String path = http.rawPath();
    String key = PercentEncoding.decodeForm(path.startsWith("/") ? path.substring(1) : path);
    span.note("bucket", matcher.group(1));
    return new S3Request(
        new ServiceCall(
            http, call.awsHost(), new Caller.Anonymous(), call.requestId(), call.at(), span),
        Optional.of(matcher.group(1)),
        Optional.of(key),
        http.query());
  }

  private HttpResponse answer(S3Request request, String requestId, String hostId) {
    if (request.method().equals("OPTIONS")) {
      return cors.preflight(request);
    }
    if (!List.of("GET", "HEAD").contains(request.method())) {
      request.http().body().bytes();
      throw S3Errors.methodNotAllowed(request.method(), "OBJECT");
    }
    Bucket bucket = buckets.get(request.bucket());
    WebsiteConfiguration website =
        bucket.website().orElseThrow(() -> BucketSetting.WEBSITE.absent(bucket.name()));
    String key = request.key();
    if (website.redirectAll().isPresent()) {
      WebsiteConfiguration.RedirectAll to = website.redirectAll().get();
      return WebsitePages.redirect(
          301, to.protocol().orElse("http") + "://" + to.host() + request.http().target());
    }
    Optional<RoutingRule> rule =
        key.isEmpty()
            ? Optional.empty()
            : website.rules().stream()
                .filter(each -> each.errorCode().isEmpty() && each.matchesKey(key))
                .findFirst();
    if (rule.isPresent()) {
      request.span().note("routingRule", rule.get());
      return redirect(request, rule.get(), key);
    }
    String suffix = website.indexSuffix().orElse("");
    String wanted = key.isEmpty() || key.endsWith("/") ? key + suffix : key;
    try {
      return object(request, bucket, wanted, 200);
    } catch (AwsException e) {
      if (e.status() == 304) {
        throw e;
      }
      if (!key.isEmpty()
          && !key.endsWith("/")
          && isReadable(request, bucket, key + "/" + suffix)
          && objects.current(bucket.name(), key).isEmpty()) {
        return WebsitePages.redirect(302, "/" + PercentEncoding.encodePath(key) + "/");
      }
      return failed(request, bucket, website, key, e, requestId, hostId);
    }
  }

  private HttpResponse failed(
      S3Request request,
      Bucket bucket,
      WebsiteConfiguration website,
      String key,
      AwsException failure,
      String requestId,
      String hostId) {
    request.span().fail(failure.code() + ": " + failure.message());
    Optional<RoutingRule> rule =
        website.rules().stream()
            .filter(
                each ->
                    each.errorCode().filter(code -> code.equals("" + failure.status())).isPresent())
            .filter(each -> each.matchesKey(key))
            .findFirst();
    if (rule.isPresent()) {
      return redirect(request, rule.get(), key);
    }
    Optional<AwsException> documentFailure = Optional.empty();
    if (website.errorKey().isPresent() && failure.status() < 500) {
      try {
        return WebsitePages.marked(
            object(unconditional(request), bucket, website.errorKey().get(), failure.status()),
            failure);
      } catch (AwsException e) {
        documentFailure = Optional.of(e);
      }
    }
    return WebsitePages.error(failure, documentFailure, requestId, hostId);
  }

  /** The error document is sent whole whatever was asked of the object. */
  private static S3Request unconditional(S3Request request) {
    ServiceCall call = request.call();
    HttpRequest http = call.http();
    for (String name :
        List.of("Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")) {
      http = http.withHeaders(http.headers().without(name));
    }
    return new S3Request(
        new ServiceCall(
            http, call.awsHost(), call.caller(), call.requestId(), call.at(), call.span()),
        request.bucketName(),
        request.objectKey(),
        request.query());
  }

  private HttpResponse redirect(S3Request request, RoutingRule rule, String key) {
    String location =
        rule.protocol().orElse("http")
            + "://"
            + rule.host().orElse(request.call().awsHost())
            + "/"
            + PercentEncoding.encodePath(rule.targetKey(key));
    return WebsitePages.redirect(rule.status().map(Integer::parseInt).orElse(301), location);
  }

  private boolean isReadable(S3Request request, Bucket bucket, String key) {
    return objects.current(bucket.name(), key).isPresent()
        && access.refusal(request, bucket, "s3:GetObject", bucket.objectArn(key)).isEmpty();
  }

  private HttpResponse object(S3Request request, Bucket bucket, String key, int status) {
    access.require(request, bucket, "s3:GetObject", bucket.objectArn(key));
    Optional<StoredObject> current = objects.current(bucket.name(), key);
    if (current.isEmpty()) {
      access.require(request, bucket, "s3:ListBucket", bucket.arn());
      throw S3Errors.noSuchKey(key);
    }
    StoredObject object = current.get();
    request.span().note("key", key);
    Optional<String> redirect = object.header("x-amz-website-redirect-location");
    if (redirect.isPresent() && status == 200) {
      return WebsitePages.redirect(301, redirect.get());
    }
    Preconditions.checkRead(request, object, environment.clock().instant());
    Optional<ByteRange> range =
        request.header("Range").flatMap(text -> ByteRange.parse(text, object.size()));
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(object.size());
    byte[] content;
    try {
      content =
          request.isHead()
              ? new byte[0]
              : objects.contents().read(object.segments(), first, Math.toIntExact(length));
    } catch (ContentStore.GoneException e) {
      return object(request, bucket, key, status); // replaced while it was being read
    }
    HttpResponse response =
        ObjectHeaders.describe(
            HttpResponse.of(range.isPresent() ? 206 : status).withBody(content),
            bucket,
            object,
            false);
    if (range.isPresent()) {
      response = response.with("Content-Range", range.get().contentRange(object.size()));
    }
    return response
        .withHeaders(response.headers().without("x-amz-website-redirect-location"))
        .with("Content-Length", Long.toString(length));
  }
}
