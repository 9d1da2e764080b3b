package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** URLs as {@code aws s3 presign} of today makes them for us-east-1: Signature Version 2. */
class PresignedV2Test extends S3Fixture {
  private static String query(String stringToSign, String secret, long expires) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] signature = mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8));
    return "AWSAccessKeyId=test&Signature="
        + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8)
        + "&Expires="
        + expires;
  }

  private static long soon() {
    return Instant.now().getEpochSecond() + 60;
  }

  private HttpResponse<String> get(String path, String signedPath, String secret, long expires)
      throws Exception {
    String separator = path.contains("?") ? "&" : "?";
    return send(
        "GET",
        path + separator + query("GET\n\n\n" + expires + "\n" + signedPath, secret, expires));
  }

  @Test
  void presignedUrl_isServed_alsoWithAHeaderOfItsOwn() throws Exception {
    String bucket = newBucket();
    put(bucket, "a b+ü.txt", "hello");
    String path = "/" + bucket + "/a%20b%2B%C3%BC.txt";

    assertThat(get(path, path, "test", soon()).body()).isEqualTo("hello");
    HttpResponse<String> renamed =
        get(
            path + "?response-content-type=text%2Fcsv",
            path + "?response-content-type=text/csv",
            "test",
            soon());
    assertThat(renamed.body()).isEqualTo("hello");
    assertThat(renamed.headers().firstValue("Content-Type")).hasValue("text/csv");
  }

  @Test
  void urlThatDoesNotCount_isRefusedInS3sWords() throws Exception {
    String bucket = newBucket();
    put(bucket, "mine.txt", "hello");
    String path = "/" + bucket + "/mine.txt";

    HttpResponse<String> forged = get(path, path, "guess", soon());
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(forged.body())
        .contains("<Code>SignatureDoesNotMatch</Code>", "<StringToSign>GET", path);
    assertThat(get(path, "/" + bucket + "/other.txt", "test", soon()).statusCode()).isEqualTo(403);
    assertThat(get(path + "?response-content-type=a/b", path, "test", soon()).statusCode())
        .isEqualTo(403);
    assertThat(get(path, path, "test", Instant.now().getEpochSecond() - 60).body())
        .contains("<Code>AccessDenied</Code><Message>Request has expired</Message>");
    assertThat(send("GET", path + "?AWSAccessKeyId=test").body())
        .contains(
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"
                + " parameters");
    assertThat(send("GET", path + "?AWSAccessKeyId=who&Signature=x&Expires=" + soon()).body())
        .contains("<Code>InvalidAccessKeyId</Code>");
  }

  @Test
  void urlInAForeignPage_changesNothing() throws Exception {
    String bucket = newBucket();
    put(bucket, "mine.txt", "hello");
    String path = "/" + bucket + "/mine.txt";
    long expires = soon();
    String url = path + "?" + query("DELETE\n\n\n" + expires + "\n" + path, "test", expires);

    assertThat(send("DELETE", url, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    assertThat(get(path, path, "test", soon()).body()).isEqualTo("hello");
    assertThat(send("DELETE", url).statusCode()).isEqualTo(204);
  }
}
