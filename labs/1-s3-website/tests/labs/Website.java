package labs;

import dev.cloudtask.lab.BucketPolicyView;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The website of a stack, as its owner and as a stranger see it. What is wrong with it is told as a
 * {@link Finding}.
 *
 * @param bucketName as S3 knows it
 */
record Website(Stack stack, S3Client s3, String bucketName) {
  static final String BUCKET = "AWS::S3::Bucket";

  /**
   * Finds the website by the output that names its bucket.
   *
   * @throws Finding if it names none
   */
  static Website of(Stack stack, S3Client s3) {
    String name = stack.output("WebsiteBucketName", "the name of your bucket");
    try {
      s3.headBucket(request -> request.bucket(name));
      return new Website(stack, s3, name);
    } catch (SdkException e) { // what is no name at all does not even leave the client
      throw Finding.did("asked S3 for the bucket \"" + name + "\"")
          .expected("200")
          .got("there is no such bucket of yours")
          .where(stack.template().outputPlace("WebsiteBucketName"))
          .why("The output must be the bucket's name, which is what !Ref gives.")
          .found();
    }
  }

  /**
   * Returns the address of the website endpoint, where this cloud answers for it.
   *
   * @throws Finding if the output is another address
   */
  URI url() {
    String meaning = "the address of the bucket's website endpoint";
    String url = stack.awsOutput("WebsiteUrl", meaning);
    if (!url.startsWith("http://" + bucketName + ".s3-website")) {
      throw Finding.did("read the output WebsiteUrl of your stack")
          .expected("http://" + bucketName + ".s3-website-REGION...")
          .got(url)
          .where(stack.template().outputPlace("WebsiteUrl"))
          .why(
              "The website endpoint is another door than the REST endpoint, and speaks only HTTP."
                  + " !GetAtt gives its address, WebsiteURL.")
          .found();
    }
    return stack.url("WebsiteUrl", meaning, "http");
  }

  /**
   * Returns how the bucket is a website.
   *
   * @throws Finding if it is none
   */
  GetBucketWebsiteResponse settings() {
    try {
      return s3.getBucketWebsite(request -> request.bucket(bucketName));
    } catch (S3Exception e) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "asked S3 how your bucket is a website")
          .expected("an index document, index.html")
          .got("NoSuchWebsiteConfiguration")
          .where(place("Properties", "WebsiteConfiguration"))
          .why("A bucket has a website endpoint only when it is asked for one.")
          .found();
    }
  }

  /** Tells whether the bucket has a file, whoever may read it. */
  boolean has(String key) {
    try {
      s3.headObject(file -> file.bucket(bucketName).key(key));
      return true;
    } catch (S3Exception e) {
      return e.statusCode() != 404; // it may be that a Deny keeps its owner from it too
    }
  }

  /**
   * Gets a file as a stranger.
   *
   * @param path below the address of the website; empty or with a slash at its end for an index
   *     page
   * @throws Finding if it is not what it should be
   */
  void requirePage(HttpClient http, String path, byte[] content) {
    settings();
    WebPage page = WebPage.get(http, url().resolve(path));
    if (page.status() == 200 && Arrays.equals(page.body(), content)) {
      return;
    }
    String key = path.isEmpty() || path.endsWith("/") ? path + "index.html" : path;
    if (page.status() == 403 && has(key)) {
      throw locked(page, key);
    }
    throw Finding.did(page.request())
        .expected("200 and your website/" + key)
        .got(page.status() == 200 ? "200 and something else" : page.words())
        .where(place("Properties", "WebsiteConfiguration"))
        .why("The website endpoint answers with what lies under that key, or under its index page.")
        .found();
  }

  /** Says which of the two locks on a file is still closed. */
  private Finding locked(WebPage page, String key) {
    Finding.Builder finding = Finding.did(page.request());
    String policy = policy();
    if (policy.isEmpty()) {
      boolean declared = !stack.template().resourcesOfType("AWS::S3::BucketPolicy").isEmpty();
      finding = declared ? finding : Finding.of(Finding.Kind.NOT_STARTED, page.request());
      finding.where(declared ? policyPlace("Properties", "Bucket") : place("Properties"));
      finding.why(
          declared
              ? "Your bucket policy belongs to another bucket, and this one has none."
              : "Nobody but the owner may s3:GetObject until a bucket policy says otherwise.");
    } else if (isBlocked()) {
      finding
          .where(place("Properties", "PublicAccessBlockConfiguration", "RestrictPublicBuckets"))
          .why("RestrictPublicBuckets lets a public policy be there, and makes it do nothing.");
    } else {
      BucketPolicyView.Obstacle obstacle =
          BucketPolicyView.of(policy)
              .toEverybody("s3:GetObject", "arn:aws:s3:::" + bucketName + "/" + key);
      finding.where(policyPlace(obstacle.path())).why(obstacle.words());
    }
    return finding.expected("200 and your website/" + key).got(page.words()).found();
  }

  /** Makes sure that a stranger was refused. */
  void requireRefused(WebPage page, String action, String key) {
    if (page.status() == 403) {
      return;
    }
    throw Finding.did(page.request() + "  (without credentials)")
        .expected("403 AccessDenied")
        .got(page.words())
        .where(policyPlace("Properties", "PolicyDocument", "Statement"))
        .why(
            "Your policy lets everybody "
                + action
                + (key.isEmpty() ? "" : " (" + key + ")")
                + ". AWS does what it says.")
        .found();
  }

  /** Returns the bucket's policy; empty if it has none. */
  private String policy() {
    try {
      return s3.getBucketPolicy(request -> request.bucket(bucketName)).policy();
    } catch (S3Exception e) {
      return "";
    }
  }

  private boolean isBlocked() {
    try {
      return s3.getPublicAccessBlock(request -> request.bucket(bucketName))
          .publicAccessBlockConfiguration()
          .restrictPublicBuckets();
    } catch (S3Exception e) {
      return false;
    }
  }

  /** Returns where something of the bucket is in the template, or should be. */
  String place(String... path) {
    return stack.template().resourcePlace(logicalId(), path);
  }

  private String logicalId() {
    return stack
        .template()
        .outputReference("WebsiteBucketName")
        .or(() -> stack.template().resourcesOfType(BUCKET).stream().findFirst())
        .orElse("");
  }

  private String policyPlace(List<String> inDocument) {
    return policyPlace(
        Stream.concat(Stream.of("Properties", "PolicyDocument"), inDocument.stream())
            .toArray(String[]::new));
  }

  private String policyPlace(String... path) {
    List<String> policies = stack.template().resourcesOfType("AWS::S3::BucketPolicy");
    return policies.stream()
        .filter(id -> stack.template().references(id, "Properties", "Bucket").contains(logicalId()))
        .findFirst()
        .or(() -> policies.stream().findFirst())
        .map(id -> stack.template().resourcePlace(id, path))
        .orElseGet(this::place);
  }

  /** Returns the name that somebody may have meant, as a remark. */
  static String nearest(String name, List<String> names) {
    String bare = name.replaceFirst(".*/", "");
    return names.contains(name)
        ? ""
        : names.stream()
            .filter(each -> each.replaceFirst(".*/", "").equalsIgnoreCase(bare))
            .findFirst()
            .map(each -> "; there is " + each)
            .orElse("; there is no such file");
  }
}
