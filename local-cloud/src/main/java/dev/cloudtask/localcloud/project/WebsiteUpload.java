package dev.cloudtask.localcloud.project;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Puts a website's files into its bucket and tells CloudFront, by the same calls as any client. */
final class WebsiteUpload {
  private final LocalCloud cloud;
  private final String bucket;

  WebsiteUpload(LocalCloud cloud, String bucket) {
    this.cloud = cloud;
    this.bucket = bucket;
  }

  /** Uploads the files that are new or different; returns how many. */
  int upload(List<WebsiteFile> files) {
    int changed = 0;
    for (WebsiteFile file : files) {
      if (!isThere(file)) {
        put(file);
        changed++;
      }
    }
    return changed;
  }

  private boolean isThere(WebsiteFile file) {
    HttpResponse head = send("HEAD", path(file.key()), HttpHeaders.empty(), new byte[0]);
    return head.status() == 200
        && head.headers().first("ETag").orElse("").equals("\"" + md5(file.content()) + "\"")
        && head.headers().first("Content-Type").orElse("").equals(file.contentType())
        && head.headers().first("Cache-Control").orElse("").equals(file.cacheControl());
  }

  private void put(WebsiteFile file) {
    HttpResponse answer =
        send(
            "PUT",
            path(file.key()),
            HttpHeaders.of(
                "Content-Type", file.contentType(), "Cache-Control", file.cacheControl()),
            file.content());
    if (answer.status() != 200) {
      throw new DeploymentFailedException(
          "The file website/"
              + file.key()
              + " could not be uploaded to the bucket "
              + bucket
              + ":\n"
              + answer.text());
    }
  }

  private String path(String key) {
    return "/" + bucket + "/" + PercentEncoding.encodePath(key);
  }

  private HttpResponse send(String method, String path, HttpHeaders headers, byte[] body) {
    return cloud.sendAsRoot(
        "s3",
        new HttpRequest(
            method, path, headers, RequestBody.of(body), HttpRequest.Connection.INTERNAL));
  }

  /** Empties CloudFront's cache of a distribution. */
  void invalidate(String distributionId, String callerReference) {
    String batch =
        "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths>"
            + "<Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths><CallerReference>"
            + callerReference
            + "</CallerReference></InvalidationBatch>";
    HttpResponse answer =
        cloud.sendAsRoot(
            "cloudfront",
            new HttpRequest(
                "POST",
                "/2020-05-31/distribution/" + distributionId + "/invalidation",
                HttpHeaders.of("Content-Type", "text/xml"),
                RequestBody.of(batch.getBytes(StandardCharsets.UTF_8)),
                HttpRequest.Connection.INTERNAL));
    if (answer.status() != 201) {
      throw new DeploymentFailedException(
          "CloudFront's cache of " + distributionId + " could not be emptied:\n" + answer.text());
    }
  }

  @SuppressWarnings("MD5") // S3's ETag of an object is its MD5
  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
