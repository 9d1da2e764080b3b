package labs;

import dev.cloudtask.lab.Stack;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A file that a test puts into the website's bucket and takes out again. */
final class Upload implements AutoCloseable {
  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final String cacheControl;
  private String text = "";

  private Upload(S3Client s3, String bucket, String key, String cacheControl) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.cacheControl = cacheControl;
  }

  static Upload of(Stack stack, S3Client s3, String key, String cacheControl) {
    return new Upload(s3, Website.of(stack, s3).bucketName(), key, cacheControl);
  }

  /** Puts the file there, or another content in its place. */
  void put(String content) {
    text = content;
    s3.putObject(
        file -> file.bucket(bucket).key(key).cacheControl(cacheControl).contentType("text/html"),
        RequestBody.fromString(content));
  }

  String key() {
    return key;
  }

  byte[] content() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    s3.deleteObject(file -> file.bucket(bucket).key(key));
  }
}
