package labs;

import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CustomErrorResponse;
import software.amazon.awssdk.services.s3.S3Client;

/** Lab 2. Read labs/2-cloudfront/chapter.adoc beside it; your work happens in template.yaml. */
@Lab(
    number = 2,
    title = "The website at the edge",
    begunBy = "AWS::CloudFront::Distribution",
    folder = "labs/2-cloudfront")
final class Lab2CloudFrontTest {
  private static final String INDEX = "index.html";

  /** What the deployment says of the page's files: browsers ask each time, CloudFront may keep. */
  private static final String KEPT_A_DAY = "public, max-age=0, s-maxage=86400, must-revalidate";

  @Step(number = 1, title = "The page comes through CloudFront")
  void page(Stack stack, CloudFrontClient cloudFront, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    for (String file : project.websiteFiles()) {
      // config.js is written by the deployment.
      if (!file.equals("config.js")) {
        edge.requirePage(http, file, project.websiteFile(file));
      }
    }
  }

  @Step(number = 2, title = "Folders have index pages there too")
  void folders(
      Stack stack, CloudFrontClient cloudFront, S3Client s3, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    String folder = "lab-2-" + UUID.randomUUID();
    String content = "<p>A page in a folder";
    try (Upload page = Upload.of(stack, s3, folder + "/" + INDEX, KEPT_A_DAY)) {
      page.put(content);
      edge.requireFolder(http, folder, content);
    }
  }

  @Step(number = 3, title = "Visitors who come by http are sent on to https")
  void https(Stack stack, CloudFrontClient cloudFront, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    edge.requireRedirectToHttps(http, "");
    for (String file : project.websiteFiles()) {
      edge.requireRedirectToHttps(http, file + "?from=http");
    }
  }

  @Step(number = 4, title = "The edge keeps copies, one for all visitors")
  void copies(Stack stack, CloudFrontClient cloudFront, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    for (String file : project.websiteFiles()) {
      if (!file.equals("config.js")) {
        edge.requireHit(http, edge.url().resolve(file), "a first visitor", "a second visitor");
      }
    }
    edge.requireHit(http, edge.url(), "a first visitor", "a second visitor");
  }

  @Step(number = 4, title = "What says no-cache is not kept")
  void noCache(
      Stack stack, CloudFrontClient cloudFront, S3Client s3, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    edge.requireHit(http, edge.url(), "a first visitor", "a second visitor");
    try (Upload file = Upload.of(stack, s3, "lab-2-" + UUID.randomUUID() + ".js", "no-cache")) {
      file.put("old");
      URI address = edge.url().resolve(file.key());
      edge.requirePage(http, file.key(), file.content());
      file.put("new");
      edge.requireSoon(http, address, file.content());
    }
  }

  @Step(number = 5, title = "A change shows after an invalidation, and not before")
  void invalidation(
      Stack stack, CloudFrontClient cloudFront, S3Client s3, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    String id = edge.requireId();
    try (Upload file = Upload.of(stack, s3, "lab-2-" + UUID.randomUUID() + ".css", KEPT_A_DAY)) {
      file.put("old");
      URI address = edge.url().resolve(file.key());
      edge.requirePage(http, file.key(), file.content());
      edge.requireHit(http, address, "a visitor", "a visitor");
      file.put("new");
      edge.requireStillOld(http, address, "old");
      edge.invalidate(id, "/" + file.key());
      edge.requireSoon(http, address, file.content());
    }
  }

  @Step(number = 6, title = "What is not there is not found, and your error page says so")
  void notFound(Stack stack, CloudFrontClient cloudFront, Project project, HttpClient http) {
    Edge edge = Edge.of(stack, cloudFront);
    edge.requirePage(http, "", project.websiteFile(INDEX));
    List<CustomErrorResponse> rules = edge.errorRules();
    if (rules.isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "asked CloudFront for your error pages")
          .expected("a rule for the code 403")
          .got("none")
          .where(edge.place("CustomErrorResponses"))
          .why("S3 says 403 for a file that is not there: visitors may not list the bucket.")
          .found();
    }
    WebPage page = WebPage.get(http, edge.url().resolve("no-such-page-" + UUID.randomUUID()));
    boolean yours =
        project.websiteFiles().stream()
            .filter(file -> file.endsWith(".html") && !file.equals(INDEX))
            .anyMatch(file -> Arrays.equals(page.body(), project.websiteFile(file)));
    if (page.status() == 404 && yours) {
      return;
    }
    EdgeCauses.Cause cause = edge.ofNotFound(page, yours);
    throw Finding.did(page.request())
        .expected("404 with your error page, a file of website/ that is not the front page")
        .got(page.words() + (yours ? " with your error page" : " with another page"))
        .where(cause.where())
        .why(cause.why())
        .found();
  }
}
