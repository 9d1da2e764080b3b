package labs;

import dev.cloudtask.lab.Clients;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;

/** Lab 1. Read labs/1-s3-website/chapter.adoc beside it; your work happens in template.yaml. */
@Lab(
    number = 1,
    title = "A website out of a bucket",
    begunBy = "AWS::S3::Bucket",
    folder = "labs/1-s3-website")
final class Lab1S3WebsiteTest {
  private static final String INDEX = "index.html";

  private static final Map<String, List<String>> CONTENT_TYPES =
      Map.of(
          "html", List.of("text/html"),
          "css", List.of("text/css"),
          "js", List.of("text/javascript", "application/javascript"),
          "svg", List.of("image/svg+xml"));

  /** What a page or a script asks for: src="app.js", href="styles.css", from './session.js'. */
  private static final Pattern ASKS_FOR =
      Pattern.compile("(?:\\b(?:src|href)=|\\b(?:from|import) )[\"']([^\"'#?:]+)[\"']");

  @Step(number = 1, title = "There is a bucket")
  void bucket(Stack stack, S3Client s3) {
    if (stack.template().resourcesOfType(Website.BUCKET).isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read your template")
          .expected("a resource of the type " + Website.BUCKET)
          .got("none")
          .where(stack.template().resourcesPlace())
          .found();
    }
    Website.of(stack, s3).bucketName();
  }

  @Step(number = 2, title = "The bucket is a website")
  void website(Stack stack, S3Client s3, HttpClient http) {
    Website site = Website.of(stack, s3);
    GetBucketWebsiteResponse settings = site.settings();
    if (settings.redirectAllRequestsTo() != null) {
      throw Finding.did("asked S3 how your bucket is a website")
          .expected("an index document, " + INDEX)
          .got("every visitor is sent to " + settings.redirectAllRequestsTo().hostName())
          .where(site.place("Properties", "WebsiteConfiguration", "RedirectAllRequestsTo"))
          .why("A bucket that redirects everything shows none of its own files.")
          .found();
    }
    String index = settings.indexDocument() == null ? "" : settings.indexDocument().suffix();
    if (!index.equals(INDEX)) {
      throw Finding.did("asked S3 for the index document of your bucket")
          .expected(INDEX)
          .got(index + (site.has(index) ? "" : ", and there is no such file in the bucket"))
          .where(site.place("Properties", "WebsiteConfiguration", "IndexDocument"))
          .why("/ is answered with the file that IndexDocument names, case and all.")
          .found();
    }
    WebPage page = WebPage.get(http, site.url());
    // 403 is right until step 1.3: the door is there, and locked.
    if (page.status() != 200 && page.status() != 403) {
      throw Finding.did(page.request())
          .expected("your index document, or 403 as long as step 1.3 is not done")
          .got(page.words())
          .where(site.place("Properties", "WebsiteConfiguration"))
          .why("Nothing but the index document should decide what / is answered with.")
          .found();
    }
  }

  @Step(number = 3, title = "Everybody may read the page")
  void everybodyReads(Stack stack, S3Client s3, Project project, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    for (String file : project.websiteFiles()) {
      // config.js is written by the deployment.
      if (!file.equals("config.js")) {
        site.requirePage(http, file, project.websiteFile(file));
      }
    }
  }

  @Step(number = 3, title = "The page finds all that it asks for")
  void everythingIsFound(Stack stack, S3Client s3, Project project, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    for (String file : project.websiteFiles()) {
      if (file.endsWith(".html") || file.endsWith(".js")) {
        requireAllFound(site, project, http, file);
      }
    }
  }

  @Step(number = 3, title = "So may they read what you add later, folders with an index page too")
  void laterFiles(Stack stack, S3Client s3, Project project, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    String folder = "lab-1-" + UUID.randomUUID() + "/";
    byte[] content = "<p>Added later".getBytes(StandardCharsets.UTF_8);
    try {
      s3.putObject(
          file -> file.bucket(site.bucketName()).key(folder + INDEX).contentType("text/html"),
          RequestBody.fromBytes(content));
      site.requirePage(http, folder, content);
    } finally {
      s3.deleteObject(file -> file.bucket(site.bucketName()).key(folder + INDEX));
    }
  }

  @Step(number = 4, title = "Lost visitors see your error page")
  void errorDocument(Stack stack, S3Client s3, Project project, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    GetBucketWebsiteResponse settings = site.settings();
    String place = site.place("Properties", "WebsiteConfiguration", "ErrorDocument");
    if (settings.errorDocument() == null) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "asked S3 for the error document of your bucket")
          .expected("the name of a file in website/")
          .got("none")
          .where(place)
          .why("Without an ErrorDocument, S3 shows visitors a page of its own.")
          .found();
    }
    String name = settings.errorDocument().key();
    List<String> files = project.websiteFiles();
    if (!files.contains(name) || name.equals(INDEX)) {
      throw Finding.did("asked S3 for the error document of your bucket")
          .expected("the name of a file in website/, and not of the front page")
          .got(name + Website.nearest(name, files))
          .where(place)
          .why("It is a key in the bucket: no slash before it, no website/, and the case counts.")
          .found();
    }
    WebPage page = WebPage.get(http, site.url().resolve("no-such-page-" + UUID.randomUUID()));
    boolean lost = page.status() >= 400 && page.status() <= 499;
    if (!lost || !Arrays.equals(page.body(), project.websiteFile(name))) {
      throw Finding.did(page.request())
          .expected("403 with your website/" + name)
          .got(page.words() + " with another page")
          .where(place)
          .why("Visitors who may not list the bucket get 403 for what is not there.")
          .found();
    }
  }

  @Step(number = 5, title = "Nobody may write, and nobody may look around")
  void strangersAreRefused(
      Stack stack, S3Client s3, Project project, Clients.Endpoint endpoint, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    String bucket = site.bucketName();
    String file = "graffiti-" + UUID.randomUUID() + ".txt";
    byte[] graffiti = "I was here".getBytes(StandardCharsets.UTF_8);
    try {
      WebPage put = WebPage.send(http, "PUT", endpoint.object(bucket, file), graffiti);
      site.requireRefused(put, "s3:PutObject", file);
    } finally {
      s3.deleteObject(gone -> gone.bucket(bucket).key(file));
    }
    // If this were allowed it would still change nothing: the page is there already.
    site.requireRefused(
        WebPage.send(http, "PUT", endpoint.object(bucket, INDEX), graffiti, "If-None-Match", "*"),
        "s3:PutObject",
        INDEX);
    site.requireRefused(
        WebPage.send(http, "DELETE", endpoint.object(bucket, file), new byte[0]),
        "s3:DeleteObject",
        file);
    site.requireRefused(WebPage.get(http, endpoint.object(bucket, "")), "s3:ListBucket", "");
    site.requireRefused(
        WebPage.get(http, endpoint.object(bucket, "?policy")), "s3:GetBucketPolicy", "");
  }

  @Step(number = 5, title = "Each file says what it is")
  void contentTypes(Stack stack, S3Client s3, Project project, HttpClient http) {
    Website site = Website.of(stack, s3);
    site.requirePage(http, "", project.websiteFile(INDEX));
    for (String file : project.websiteFiles()) {
      List<String> types = CONTENT_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      WebPage page = WebPage.get(http, site.url().resolve(file));
      if (types != null && types.stream().noneMatch(page.contentType()::startsWith)) {
        throw Finding.did(page.request())
            .expected("200, Content-Type: " + types.get(0))
            .got(page.words() + ", Content-Type: " + page.contentType())
            .where("website/" + file)
            .why("S3 sends the type that was given at upload; it does not look into a file.")
            .found();
      }
    }
  }

  private static void requireAllFound(Website site, Project project, HttpClient http, String file) {
    String[] lines = new String(project.websiteFile(file), StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher asked = ASKS_FOR.matcher(lines[i]);
      while (asked.find()) {
        URI address = site.url().resolve(file).resolve(asked.group(1));
        WebPage page = WebPage.get(http, address);
        if (page.status() != 200) {
          String name = site.url().relativize(address).getPath();
          throw Finding.did(page.request())
              .expected("200, for website/" + file + " asks for " + asked.group(1))
              .got(page.words() + Website.nearest(name, project.websiteFiles()))
              .where("website/" + file + ":" + (i + 1) + "  " + asked.group())
              .why("In a bucket App.js and app.js are two names, whatever your own disk thinks.")
              .found();
        }
      }
    }
  }
}
