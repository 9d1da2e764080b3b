package labs;

import dev.cloudtask.lab.WebPage;
import java.util.List;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.CacheBehaviors;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.Origin;

/**
 * Says which of a distribution's settings is behind what a visitor saw: by what CloudFront itself
 * says of them, so that it does not matter how the template came to say it.
 */
@SuppressWarnings("deprecation") // ForwardedValues: AWS takes it, and so must we
final class EdgeCauses {
  private static final String HTTP_ONLY = "http-only";

  private final Edge edge;

  EdgeCauses(Edge edge) {
    this.edge = edge;
  }

  /**
   * A cause.
   *
   * @param where in the student's template
   * @param why a sentence
   */
  record Cause(String where, String why) {}

  /** Says why a page did not come. */
  Cause ofPage(WebPage page, String path) {
    if (!edge.config().enabled()) {
      return new Cause(edge.place("Enabled"), "A distribution that is not enabled serves nothing.");
    }
    Origin origin = origin();
    String domain = origin.domainName();
    if (page.status() == 504 || page.status() == 502) {
      return unreachable(page.status(), origin);
    }
    if (origin.originPath() != null && !origin.originPath().isEmpty()) {
      return new Cause(
          originPlace("OriginPath"),
          "CloudFront puts " + origin.originPath() + " before every path that it asks S3 for.");
    }
    String root = edge.config().defaultRootObject();
    if (path.isEmpty() && root != null && !root.isEmpty() && !root.equals("index.html")) {
      return new Cause(
          edge.place("DefaultRootObject"), "CloudFront asks S3 for /" + root + " in place of /.");
    }
    if (!domain.contains(".s3-website") && domain.contains(".s3")) {
      return new Cause(
          originPlace("DomainName"),
          "This is the bucket's REST endpoint: there, / means the list of files. The website"
              + " endpoint knows index pages.");
    }
    if (!domain.startsWith(bucket() + ".")) {
      return new Cause(
          originPlace("DomainName"), "This origin is not your website: it is " + domain + ".");
    }
    return new Cause(
        edge.place("DefaultCacheBehavior"),
        "CloudFront asked http://" + domain + "/" + path + " and hands on what came.");
  }

  private Cause unreachable(int status, Origin origin) {
    if (status == 502) {
      return new Cause(
          originPlace("DomainName"), "There is no host of the name " + origin.domainName() + ".");
    }
    String policy =
        origin.customOriginConfig() == null
            ? ""
            : origin.customOriginConfig().originProtocolPolicyAsString();
    if (!policy.equals(HTTP_ONLY)) {
      return new Cause(
          originPlace("CustomOriginConfig", "OriginProtocolPolicy"),
          "An S3 website endpoint speaks only HTTP, and "
              + policy
              + (policy.equals("match-viewer")
                  ? " makes CloudFront speak HTTPS to it when the visitor does."
                  : " makes CloudFront speak HTTPS to it."));
    }
    return new Cause(
        originPlace("CustomOriginConfig", "HTTPPort"),
        "An S3 website endpoint listens on port 80.");
  }

  /** Says why a folder has no index page. */
  Cause ofFolder() {
    boolean website = origin().domainName().contains(".s3-website");
    return new Cause(
        originPlace("DomainName"),
        website
            ? "The website endpoint answers a folder with its index document."
            : "This is the bucket's REST endpoint. It knows keys and no folders, and"
                + " DefaultRootObject is for / alone. The website endpoint knows index pages.");
  }

  /** Says why a visitor by http was not sent on. */
  Cause ofHttp(WebPage page, String path) {
    return new Cause(
        viewerPolicyPlace("/" + path.replaceFirst("\\?.*", "")),
        page.status() == 200
            ? "The page came over plain http: everybody on the way can read and change it."
            : "Who types the address without https:// sees an error. Send them on instead.");
  }

  /** The first behavior whose pattern fits a path counts; if none does, the default one. */
  private String viewerPolicyPlace(String path) {
    CacheBehaviors others = edge.config().cacheBehaviors();
    List<CacheBehavior> behaviors =
        others != null && others.hasItems() ? others.items() : List.of();
    for (int i = 0; i < behaviors.size(); i++) {
      String pattern = behaviors.get(i).pathPattern().replaceFirst("^/?", "/");
      String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
      // A pattern that begins with a star fits at any depth.
      if (path.matches(regex) || path.matches(regex.replaceFirst("^\\\\Q/\\\\E", ""))) {
        return edge.place("CacheBehaviors", "" + i, "ViewerProtocolPolicy");
      }
    }
    return edge.place("DefaultCacheBehavior", "ViewerProtocolPolicy");
  }

  /** Says why nothing is kept. */
  Cause ofMiss(DefaultCacheBehavior behavior, CachePolicyConfig policy) {
    ForwardedValues forwarded = behavior.forwardedValues();
    if (forwarded != null) {
      return ofForwarded(behavior, forwarded);
    }
    if (policy.maxTTL() != null && policy.maxTTL() == 0) {
      return new Cause(
          edge.place("DefaultCacheBehavior", "CachePolicyId"),
          "The policy " + policy.name() + " keeps nothing: its MaxTTL is 0.");
    }
    return new Cause(
        edge.place("DefaultCacheBehavior", "CachePolicyId"),
        "What the policy "
            + policy.name()
            + " puts into the cache key (cookies, headers) gives each visitor a copy of their own.");
  }

  private Cause ofForwarded(DefaultCacheBehavior behavior, ForwardedValues forwarded) {
    List<String> headers =
        forwarded.headers() == null || !forwarded.headers().hasItems()
            ? List.of()
            : forwarded.headers().items();
    if (!headers.isEmpty()) {
      return new Cause(
          edge.place("DefaultCacheBehavior", "ForwardedValues", "Headers"),
          headers.contains("*")
              ? "With all headers forwarded CloudFront keeps nothing."
              : "Each value of " + headers + " gets a copy of its own.");
    }
    if (forwarded.cookies() != null && !forwarded.cookies().forwardAsString().equals("none")) {
      return new Cause(
          edge.place("DefaultCacheBehavior", "ForwardedValues", "Cookies"),
          "With cookies forwarded each visitor gets a copy of their own.");
    }
    return new Cause(
        edge.place("DefaultCacheBehavior", "MaxTTL"),
        "MaxTTL is " + behavior.maxTTL() + ": nothing is kept longer.");
  }

  /** Says why an old copy is still shown. */
  Cause ofOldCopy(DefaultCacheBehavior behavior, CachePolicyConfig policy) {
    boolean legacy = behavior.forwardedValues() != null;
    Long least = legacy ? behavior.minTTL() : policy.minTTL();
    return new Cause(
        legacy
            ? edge.place("DefaultCacheBehavior", "MinTTL")
            : edge.place("DefaultCacheBehavior", "CachePolicyId"),
        "MinTTL is " + least + ": CloudFront keeps everything that long, even what says no-cache.");
  }

  private String bucket() {
    return edge.stack().output("WebsiteBucketName", "the name of your bucket");
  }

  private Origin origin() {
    return edge.config().origins().items().get(originIndex());
  }

  /** Returns which of the origins the pages come from. */
  private int originIndex() {
    List<Origin> origins = edge.config().origins().items();
    for (int i = 0; i < origins.size(); i++) {
      if (origins.get(i).id().equals(edge.behavior().targetOriginId())) {
        return i;
      }
    }
    return 0;
  }

  private String originPlace(String... path) {
    String[] all = new String[path.length + 2];
    all[0] = "Origins";
    all[1] = "" + originIndex();
    System.arraycopy(path, 0, all, 2, path.length);
    return edge.place(all);
  }
}
