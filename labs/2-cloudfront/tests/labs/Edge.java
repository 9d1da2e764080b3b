package labs;

import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.CustomErrorResponse;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;

/**
 * The stack's distribution, as its owner and as its visitors see it. What is wrong with it is told
 * as a {@link Finding}; why, {@link EdgeCauses} says.
 *
 * @param url where this cloud answers for the distribution's https address
 * @param id as CloudFront knows it
 */
record Edge(
    Stack stack, CloudFrontClient cloudFront, URI url, String id, DistributionConfig config) {
  static final String DISTRIBUTION = "AWS::CloudFront::Distribution";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration INVALIDATION_PATIENCE = Duration.ofMinutes(10);

  /**
   * Finds the distribution by the output that says its address.
   *
   * @throws Finding if there is none
   */
  static Edge of(Stack stack, CloudFrontClient cloudFront) {
    if (stack.template().resourcesOfType(DISTRIBUTION).isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read your template")
          .expected("a resource of the type " + DISTRIBUTION)
          .got("none")
          .where(stack.template().resourcesPlace())
          .why("A bucket's website speaks only HTTP and stands in one region. CloudFront is next.")
          .found();
    }
    String meaning = "the address of your distribution";
    URI url = stack.url("CloudFrontUrl", meaning, "https");
    String host = host(stack.awsOutput("CloudFrontUrl", meaning));
    DistributionSummary distribution =
        cloudFront
            .listDistributions(request -> request.maxItems("1000"))
            .distributionList()
            .items()
            .stream()
            .filter(each -> each.domainName().equals(host))
            .findFirst()
            .orElseThrow(
                () ->
                    Finding.did("looked among your distributions for " + host)
                        .expected("the one that CloudFrontUrl is the address of")
                        .got("none with this name")
                        .where(stack.template().outputPlace("CloudFrontUrl"))
                        .why("A distribution's own name is its attribute DomainName, by !GetAtt.")
                        .found());
    DistributionConfig config =
        cloudFront
            .getDistributionConfig(request -> request.id(distribution.id()))
            .distributionConfig();
    return new Edge(stack, cloudFront, url, distribution.id(), config);
  }

  private static String host(String url) {
    return url.replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }

  /**
   * Gets a file by way of the edge.
   *
   * @param path below the address of the distribution
   * @throws Finding if it is not what it should be
   */
  void requirePage(HttpClient http, String path, byte[] content) {
    WebPage page = WebPage.get(http, url.resolve(path));
    if (page.status() == 200 && Arrays.equals(page.body(), content)) {
      return;
    }
    EdgeCauses.Cause cause = new EdgeCauses(this).ofPage(page, path);
    throw Finding.did(page.request())
        .expected("200 and your website/" + (path.isEmpty() ? "index.html" : path))
        .got(got(page))
        .where(cause.where())
        .why(cause.why())
        .found();
  }

  private String got(WebPage page) {
    if (page.status() == 200) {
      return "200 and something else";
    }
    String status = String.valueOf(page.status());
    for (CustomErrorResponse rule : errorRules()) {
      if (status.equals(rule.responseCode()) && rule.errorCode() != page.status()) {
        return status + ", which your error rule made of " + rule.errorCode();
      }
    }
    String from = page.header("Server").equals("CloudFront") ? "CloudFront" : "the origin";
    return page.words() + " from " + from;
  }

  /** Gets a folder, with and without the slash at its end. */
  void requireFolder(HttpClient http, String folder, String content) {
    WebPage page = WebPage.get(http, url.resolve(folder + "/"));
    boolean found = new String(page.body(), StandardCharsets.UTF_8).equals(content);
    WebPage noSlash = WebPage.get(http, url.resolve(folder));
    String target = url.resolve(noSlash.header("Location")).getPath();
    boolean sentOn = noSlash.status() / 100 == 3 && target.equals("/" + folder + "/");
    if (page.status() == 200 && found && sentOn) {
      return;
    }
    WebPage wrong = page.status() == 200 && found ? noSlash : page;
    EdgeCauses.Cause cause = new EdgeCauses(this).ofFolder();
    throw Finding.did(wrong.request())
        .expected(wrong == page ? "200 and the folder's index.html" : "a redirect to the folder")
        .got(got(wrong))
        .where(cause.where())
        .why(cause.why())
        .found();
  }

  /** Asks by plain http and wants to be sent to the same address by https. */
  void requireRedirectToHttps(HttpClient http, String path) {
    String plain = "http://" + host(stack.awsOutput("CloudFrontUrl", "")) + "/" + path;
    WebPage page = WebPage.get(http, stack.reachedAt(plain).orElse(url));
    boolean redirect = List.of(301, 302, 307, 308).contains(page.status());
    if (redirect && page.header("Location").equals(url.resolve(path).toString())) {
      return;
    }
    EdgeCauses.Cause cause = new EdgeCauses(this).ofHttp(page, path);
    throw Finding.did("GET " + plain + "  (plain http)")
        .expected("301 or 307, Location: the same address with https")
        .got(page.words() + (redirect ? ", Location: " + page.header("Location") : ""))
        .where(cause.where())
        .why(cause.why())
        .found();
  }

  /** Lets two visitors ask for the same thing; the second must get a copy. */
  void requireHit(HttpClient http, URI address, String first, String second) {
    boolean hit = false;
    WebPage page = ask(http, address, first);
    // An edge location is many machines, each with copies of its own: let some of them ask.
    for (int i = 0; i < 5 && !hit; i++) {
      page = ask(http, address, i == 0 ? second : second + " " + i);
      hit = page.header("X-Cache").startsWith("Hit");
    }
    if (!hit) {
      EdgeCauses.Cause cause = new EdgeCauses(this).ofMiss(behavior(), cachePolicy());
      throw Finding.did(page.request() + "  (six visitors, one after the other)")
          .expected("X-Cache: Hit from cloudfront")
          .got("X-Cache: " + page.header("X-Cache") + ", each time")
          .where(cause.where())
          .why(cause.why())
          .found();
    }
  }

  private static WebPage ask(HttpClient http, URI address, String visitor) {
    String name = visitor.replace(' ', '-');
    return WebPage.send(
        http,
        "GET",
        address,
        new byte[0],
        "User-Agent",
        name,
        "Cookie",
        "visitor=" + name,
        "Accept-Language",
        "x-" + name.length());
  }

  /** Makes sure that what is asked for now is a copy from before the change. */
  void requireStillOld(HttpClient http, URI address, String old) {
    WebPage page = WebPage.get(http, address);
    if (!new String(page.body(), StandardCharsets.UTF_8).equals(old)) {
      throw Finding.did(page.request() + "  (a moment after the file was changed)")
          .expected("the copy from before: the file says it may be kept for a day")
          .got("the changed file; X-Cache: " + page.header("X-Cache"))
          .where(place("DefaultCacheBehavior"))
          .why("If every change shows at once, nothing is kept: see step 2.4.")
          .found();
    }
  }

  /** Waits until an address shows a content. */
  void requireSoon(HttpClient http, URI address, byte[] content) {
    if (!within(PATIENCE, () -> Arrays.equals(WebPage.get(http, address).body(), content))) {
      WebPage page = WebPage.get(http, address);
      EdgeCauses.Cause cause = new EdgeCauses(this).ofOldCopy(behavior(), cachePolicy());
      throw Finding.did(page.request() + "  (after the file was changed)")
          .expected("the changed file")
          .got("still the one from before; X-Cache: " + page.header("X-Cache"))
          .where(cause.where())
          .why(cause.why())
          .found();
    }
  }

  /**
   * Returns the output that says the distribution's id.
   *
   * @throws Finding if it is another one's or nobody's
   */
  String requireId() {
    String said = stack.output("DistributionId", "the id of your distribution, for invalidations");
    if (!said.equals(id)) {
      throw Finding.did("read the output DistributionId of your stack")
          .expected(id + ", the id of the distribution at CloudFrontUrl")
          .got(said)
          .where(stack.template().outputPlace("DistributionId"))
          .why("Invalidations name a distribution by its id, which is what !Ref gives.")
          .found();
    }
    return said;
  }

  /**
   * Tells CloudFront that its copies of a path are no good any more, and waits until it is done.
   */
  void invalidate(String distributionId, String path) {
    String invalidation =
        cloudFront
            .createInvalidation(
                request ->
                    request
                        .distributionId(distributionId)
                        .invalidationBatch(
                            batch ->
                                batch
                                    .callerReference(UUID.randomUUID().toString())
                                    .paths(paths -> paths.quantity(1).items(path))))
            .invalidation()
            .id();
    within(
        INVALIDATION_PATIENCE,
        () ->
            cloudFront
                .getInvalidation(r -> r.distributionId(distributionId).id(invalidation))
                .invalidation()
                .status()
                .equals("Completed"));
  }

  private static boolean within(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  List<CustomErrorResponse> errorRules() {
    return config.customErrorResponses() == null || !config.customErrorResponses().hasItems()
        ? List.of()
        : config.customErrorResponses().items();
  }

  /** Returns the rule for a code, and where it is among the others; -1 if there is none. */
  private int ruleFor(int code) {
    List<CustomErrorResponse> rules = errorRules();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).errorCode() == code) {
        return i;
      }
    }
    return -1;
  }

  /** Says why a page that is not there was not answered as it should be. */
  EdgeCauses.Cause ofNotFound(WebPage page, boolean yours) {
    int rule = ruleFor(403);
    if (rule < 0) {
      return new EdgeCauses.Cause(
          place("CustomErrorResponses"),
          "S3 says 403 for a file that is not there, for visitors may not list the bucket. Your"
              + " rules are for other codes.");
    }
    boolean replaced = String.valueOf(page.status()).equals(errorRules().get(rule).responseCode());
    if (yours && replaced) {
      return new EdgeCauses.Cause(
          place("CustomErrorResponses", "" + rule, "ResponseCode"),
          "With " + page.status() + ", search engines and programs take the page for a real one.");
    }
    return new EdgeCauses.Cause(
        place("CustomErrorResponses", "" + rule, "ResponsePagePath"),
        replaced
            ? "ResponsePagePath is another page than your error page."
            : "CloudFront gets ResponsePagePath from the origin like any file: it must be there.");
  }

  DefaultCacheBehavior behavior() {
    return config.defaultCacheBehavior();
  }

  /**
   * Returns the cache policy in force; nothing says more than the behavior itself, if there is
   * none.
   */
  CachePolicyConfig cachePolicy() {
    String policy = behavior().cachePolicyId();
    if (policy == null || policy.isEmpty()) {
      return CachePolicyConfig.builder().build();
    }
    try {
      return cloudFront
          .getCachePolicy(request -> request.id(policy))
          .cachePolicy()
          .cachePolicyConfig();
    } catch (CloudFrontException e) {
      return CachePolicyConfig.builder().build();
    }
  }

  /** Returns where something of the distribution's configuration is in the template. */
  String place(String... path) {
    return stack
        .template()
        .resourcePlace(
            stack.template().resourcesOfType(DISTRIBUTION).get(0),
            Stream.concat(Stream.of("Properties", "DistributionConfig"), Arrays.stream(path))
                .toArray(String[]::new));
  }
}
