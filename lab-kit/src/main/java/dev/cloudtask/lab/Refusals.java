package dev.cloudtask.lab;

import java.util.List;
import java.util.Optional;

/**
 * What AWS leaves unsaid when it refuses a template: for the refusals whose words name one thing
 * while another is the cause.
 */
final class Refusals {
  private static final String PROPERTIES = "Properties";
  private static final String CONFIG = "DistributionConfig";

  private Refusals() {}

  /**
   * An explanation.
   *
   * @param where the place of the cause in the template
   * @param why a sentence
   */
  record Explanation(String where, String why) {}

  /**
   * Explains a refusal, if it is one of those.
   *
   * @param where {@code template.yaml:12 LogicalId}, the resource that was refused
   */
  static Optional<Explanation> explain(String reason, String where, TemplateView template) {
    String refused = where.substring(where.lastIndexOf(' ') + 1);
    if (reason.contains("BlockPublicPolicy")) {
      return bucketOf(refused, template).map(bucket -> publicAccess(bucket, template));
    }
    if (reason.contains("One or more of your origins or origin groups do not exist")) {
      return Optional.of(origin(refused, template));
    }
    return Optional.empty();
  }

  private static Optional<String> bucketOf(String policy, TemplateView template) {
    return template.references(policy, PROPERTIES, "Bucket").stream().findFirst();
  }

  private static Explanation publicAccess(String bucket, TemplateView template) {
    return new Explanation(
        template.resourcePlace(
            bucket, PROPERTIES, "PublicAccessBlockConfiguration", "BlockPublicPolicy"),
        "A new bucket has all of Block Public Access on. BlockPublicPolicy refuses such a policy,"
            + " and RestrictPublicBuckets would make it do nothing: both must be false.");
  }

  private static Explanation origin(String distribution, TemplateView template) {
    String[] target = {PROPERTIES, CONFIG, "DefaultCacheBehavior", "TargetOriginId"};
    List<String> ids =
        java.util.stream.IntStream.range(0, 25) // more origins than a distribution may have
            .mapToObj(i -> template.text(distribution, PROPERTIES, CONFIG, "Origins", "" + i, "Id"))
            .flatMap(Optional::stream)
            .toList();
    return new Explanation(
        template.resourcePlace(distribution, target),
        "TargetOriginId is "
            + template.text(distribution, target).orElse("something else")
            + "; the Origins have the Id "
            + String.join(", ", ids)
            + ". The two must be the same text.");
  }
}
