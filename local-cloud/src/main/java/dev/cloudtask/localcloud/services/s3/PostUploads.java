package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.FormAuthentication;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostObject: an HTML form writes an object. The form's fields stand for the headers of a PUT; its
 * policy says what may be written, and its signature who answers for that.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST
 *     Object</a>
 */
final class PostUploads {
  /** Fields of a form that mean the header of the same name. */
  private static final Set<String> HEADERS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "expires");

  private final CloudEnvironment environment;
  private final FormAuthentication authentication;
  private final ObjectWrites writes;
  private final Access access;

  PostUploads(
      CloudEnvironment environment,
      FormAuthentication authentication,
      Access access,
      ObjectWrites writes) {
    this.environment = environment;
    this.authentication = authentication;
    this.access = access;
    this.writes = writes;
  }

  HttpResponse post(S3Request request) {
    PostForm form = PostForm.of(request);
    Bucket bucket = access.open(request);
    String key =
        form.field("key")
            .orElseThrow(() -> PostErrors.missingField("key"))
            .replace("${filename}", form.fileName());
    if (key.isEmpty()) {
      throw S3Errors.invalidArgument("User key must have a length greater than 0.", "key", "");
    }
    Caller caller = request.caller();
    Optional<String> policy = form.field("policy");
    if (policy.isPresent()) {
      caller = authentication.signer(form::field, policy.get());
      PostPolicy.parse(policy.get()).check(form, bucket.name(), key, environment.clock().instant());
    }
    request.span().note("signer", caller.arn());
    if (form.field("tagging").isPresent()) {
      throw S3Errors.notEmulated("The field \"tagging\" of an upload form");
    }
    HttpResponse written = writes.put(asPut(request, form, key, caller));
    return answer(form, bucket, key, written);
  }

  private static S3Request asPut(S3Request request, PostForm form, String key, Caller caller) {
    List<HttpHeaders.Field> headers = new ArrayList<>();
    for (HttpHeaders.Field field : request.http().headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!name.startsWith("x-amz-") && !name.startsWith("content-") && !name.equals("expires")) {
        headers.add(field);
      }
    }
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("acl")) {
        headers.add(new HttpHeaders.Field("x-amz-acl", field.getValue()));
      } else if (HEADERS.contains(name) || name.startsWith("x-amz-")) {
        headers.add(new HttpHeaders.Field(field.getKey(), field.getValue()));
      }
    }
    HttpRequest http = request.http();
    HttpRequest put =
        new HttpRequest(
            "PUT",
            http.target(),
            HttpHeaders.of(headers),
            RequestBody.of(form.file()),
            http.connection());
    ServiceCall call = request.call();
    return new S3Request(
        new ServiceCall(put, call.awsHost(), caller, call.requestId(), call.at(), call.span()),
        request.bucketName(),
        Optional.of(key),
        QueryString.parse(""));
  }

  private HttpResponse answer(PostForm form, Bucket bucket, String key, HttpResponse written) {
    String etag = written.headers().first("ETag").orElse("");
    Optional<URI> redirect =
        form.field("success_action_redirect")
            .or(() -> form.field("redirect"))
            .flatMap(PostUploads::absolute);
    if (redirect.isPresent()) {
      String query =
          "bucket="
              + PercentEncoding.encode(bucket.name())
              + "&key="
              + PercentEncoding.encode(key)
              + "&etag="
              + PercentEncoding.encode(etag);
      String url = redirect.get().toString();
      return with(HttpResponse.of(303), written)
          .with("Location", url + (redirect.get().getRawQuery() == null ? "?" : "&") + query);
    }
    String location =
        "https://"
            + bucket.name()
            + ".s3."
            + bucket.region()
            + ".amazonaws.com/"
            + PercentEncoding.encode(key);
    String status = form.field("success_action_status").orElse("204");
    if (status.equals("201")) {
      XmlWriter xml = XmlWriter.document("PostResponse", "");
      xml.element("Location", location)
          .element("Bucket", bucket.name())
          .element("Key", key)
          .element("ETag", etag);
      return with(HttpResponse.of(201, "application/xml", xml.toBytes()), written)
          .with("Location", location);
    }
    return with(HttpResponse.of(status.equals("200") ? 200 : 204), written)
        .with("Location", location);
  }

  private static HttpResponse with(HttpResponse answer, HttpResponse written) {
    HttpResponse complete = answer;
    for (HttpHeaders.Field field : written.headers()) {
      complete = complete.with(field.name(), field.value());
    }
    return complete;
  }

  /** A redirect that is no URL is ignored, as S3 does. */
  private static Optional<URI> absolute(String url) {
    try {
      URI uri = new URI(url);
      return uri.isAbsolute() && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
