package labs;

import dev.cloudtask.lab.Clients;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.WebPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Lab 1. Read labs/1-s3-website/chapter.adoc beside it; your work happens in template.yaml. */
@Lab(
    number = 1,
    title = "A website out of a bucket",
    begunBy = "AWS::S3::Bucket",
    folder = "labs/1-s3-website")
final class Lab1S3WebsiteTest {
  private static final String BUCKET_TYPE = "AWS::S3::Bucket";
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  @Step(number = 1, title = "There is a bucket")
  void bucket(Stack stack, S3Client s3) {
    List<String> buckets = stack.template().resourcesOfType(BUCKET_TYPE);
    if (buckets.isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read your template")
          .expected("a resource of the type " + BUCKET_TYPE)
          .got("none")
          .where(stack.template().resourcesPlace())
          .found();
    }
    String name = bucketName(stack);
    try {
      s3.headBucket(request -> request.bucket(name));
    } catch (S3Exception e) {
      throw Finding.did("asked S3 for the bucket \"" + name + "\"")
          .expected("200")
          .got(e.statusCode() + ": there is no such bucket of yours")
          .where(stack.template().outputPlace("WebsiteBucketName"))
          .why("The output must be the bucket's physical name, which is what !Ref gives.")
          .found();
    }
  }

  @Step(number = 2, title = "The bucket is a website")
  void website(Stack stack, S3Client s3, HttpClient http) {
    if (indexDocument(stack, s3).isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "asked S3 how your bucket is a website")
          .expected("an index document, index.html")
          .got("NoSuchWebsiteConfiguration")
          .where(place(stack, "Properties", "WebsiteConfiguration"))
          .why("A bucket has a website endpoint only when it is asked for one.")
          .found();
    }
    WebPage page = WebPage.get(http, websiteUrl(stack));
    // 403 is right until step 1.3: the door is there, and locked.
    if (page.status() != 200 && page.status() != 403) {
      throw Finding.did(page.request())
          .expected("your index document, or 403 as long as step 1.3 is not done")
          .got(page.words())
          .where(place(stack, "Properties", "WebsiteConfiguration", "IndexDocument"))
          .why("/ is answered with the file that IndexDocument names. Keys are case-sensitive.")
          .found();
    }
  }

  @Step(number = 3, title = "Everybody may read the page")
  void everybodyReads(Stack stack, Project project, HttpClient http) throws IOException {
    URI url = websiteUrl(stack);
    WebPage page = WebPage.get(http, url);
    requireFile(stack, page, project, "index.html");
    for (String file : files(project)) {
      WebPage answer = WebPage.get(http, url.resolve(file));
      // config.js is written by the deployment.
      if (!file.equals("config.js")) {
        requireFile(stack, answer, project, file);
      }
    }
  }

  @Step(number = 4, title = "Lost visitors see your error page")
  void errorDocument(Stack stack, Project project, HttpClient http) throws IOException {
    WebPage page = WebPage.get(http, websiteUrl(stack).resolve("no-such-page"));
    byte[] errorPage = Files.readAllBytes(project.website().resolve("error.html"));
    if (page.status() < 400 || page.status() > 499 || !Arrays.equals(page.body(), errorPage)) {
      throw Finding.did(page.request())
          .expected("403 with your website/error.html")
          .got(page.words() + describe(page))
          .where(place(stack, "Properties", "WebsiteConfiguration", "ErrorDocument"))
          .why("Without an ErrorDocument, S3 shows visitors a page of its own.")
          .found();
    }
  }

  @Step(number = 5, title = "Nobody may write, and nobody may look around")
  void strangersAreRefused(Stack stack, Project project, Clients.Endpoint endpoint, HttpClient http)
      throws IOException {
    requireFile(stack, WebPage.get(http, websiteUrl(stack)), project, "index.html");
    String bucket = bucketName(stack);
    byte[] graffiti = "I was here".getBytes(StandardCharsets.UTF_8);
    requireRefused(
        stack,
        WebPage.send(http, "PUT", endpoint.object(bucket, "graffiti.txt"), graffiti),
        "s3:PutObject");
    requireRefused(
        stack,
        WebPage.send(http, "DELETE", endpoint.object(bucket, "no-such-file"), new byte[0]),
        "s3:DeleteObject");
    requireRefused(stack, WebPage.get(http, endpoint.object(bucket, "")), "s3:ListBucket");
  }

  @Step(number = 5, title = "Each file says what it is")
  void contentTypes(Stack stack, Project project, HttpClient http) throws IOException {
    URI url = websiteUrl(stack);
    requireFile(stack, WebPage.get(http, url), project, "index.html");
    for (String file : files(project)) {
      String expected = CONTENT_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      WebPage page = WebPage.get(http, url.resolve(file));
      if (expected != null && (page.status() != 200 || !page.contentType().startsWith(expected))) {
        throw Finding.did(page.request())
            .expected("200, Content-Type: " + expected)
            .got(page.words() + ", Content-Type: " + page.contentType())
            .where(place(stack, "Properties"))
            .why("S3 sends the type that was given at upload; it does not look into a file.")
            .found();
      }
    }
  }

  private static void requireFile(Stack stack, WebPage page, Project project, String file)
      throws IOException {
    byte[] content = Files.readAllBytes(project.website().resolve(file));
    if (page.status() == 200 && Arrays.equals(page.body(), content)) {
      return;
    }
    List<String> policies = stack.template().resourcesOfType("AWS::S3::BucketPolicy");
    boolean forbidden = page.status() == 403;
    throw Finding.of(
            forbidden && policies.isEmpty() ? Finding.Kind.NOT_STARTED : Finding.Kind.WRONG,
            page.request())
        .expected("200 and your website/" + file)
        .got(page.words() + (page.status() == 200 ? " and something else" : ""))
        .where(
            policies.isEmpty()
                ? place(stack, "Properties", "PublicAccessBlockConfiguration")
                : stack
                    .template()
                    .resourcePlace(policies.get(0), "Properties", "PolicyDocument", "Statement"))
        .why(
            forbidden
                ? "Nobody but the owner may s3:GetObject until a bucket policy allows it, for"
                    + " BUCKET/*, and Block Public Access lets that policy count."
                : "The website endpoint answers with what lies under that key.")
        .found();
  }

  private static void requireRefused(Stack stack, WebPage page, String action) {
    if (page.status() == 403) {
      return;
    }
    List<String> policies = stack.template().resourcesOfType("AWS::S3::BucketPolicy");
    throw Finding.did(page.request() + "  (without credentials)")
        .expected("403 AccessDenied")
        .got(page.words())
        .where(
            policies.isEmpty()
                ? place(stack)
                : stack
                    .template()
                    .resourcePlace(policies.get(0), "Properties", "PolicyDocument", "Statement"))
        .why("Your policy lets everybody " + action + ". AWS does what it says.")
        .found();
  }

  private static String describe(WebPage page) {
    return page.status() >= 400 ? " with S3's own error page" : "";
  }

  /** Returns the index document that S3 knows of; empty if the bucket is no website. */
  private static String indexDocument(Stack stack, S3Client s3) {
    String bucket = bucketName(stack);
    try {
      GetBucketWebsiteResponse website = s3.getBucketWebsite(request -> request.bucket(bucket));
      return website.indexDocument() == null ? "" : website.indexDocument().suffix();
    } catch (S3Exception e) {
      return "";
    }
  }

  private static String bucketName(Stack stack) {
    return stack.output("WebsiteBucketName", "the name of your bucket");
  }

  private static URI websiteUrl(Stack stack) {
    String url = stack.output("WebsiteUrl", "the address of the bucket's website endpoint");
    return URI.create(url.endsWith("/") ? url : url + "/");
  }

  private static String place(Stack stack, String... path) {
    return stack
        .template()
        .outputReference("WebsiteBucketName")
        .or(() -> stack.template().resourcesOfType(BUCKET_TYPE).stream().findFirst())
        .map(bucket -> stack.template().resourcePlace(bucket, path))
        .orElseGet(() -> stack.template().resourcesPlace());
  }

  private static List<String> files(Project project) throws IOException {
    Path folder = project.website();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
