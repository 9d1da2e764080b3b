package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operations on tags of distributions. */
final class TagOperations {
  private static final int MOST = 50;

  private final DistributionStore store;

  TagOperations(DistributionStore store) {
    this.store = store;
  }

  void register(CloudFrontEndpoint.Table table) {
    table.add("GET", "/tagging", "ListTagsForResource", this::list);
    table.add("POST", "/tagging?Operation=Tag", "TagResource", this::tag);
    table.add("POST", "/tagging?Operation=Untag", "UntagResource", this::untag);
  }

  private HttpResponse list(CloudFrontCall call) {
    call.allow("ListTagsForResource", arn(call));
    return CloudFrontEndpoint.xml(200, DistributionAnswers.tags(distribution(call).tags()));
  }

  private HttpResponse tag(CloudFrontCall call) {
    call.allow("TagResource", arn(call));
    Map<String, String> added = read(call.body("Tags"));
    store.atomically(
        () -> {
          Distribution distribution = distribution(call);
          Map<String, String> tags = new LinkedHashMap<>(distribution.tags());
          tags.putAll(added);
          return store.tag(distribution, checked(tags));
        });
    return HttpResponse.of(204);
  }

  private HttpResponse untag(CloudFrontCall call) {
    call.allow("UntagResource", arn(call));
    XmlElement keys = call.body("TagKeys");
    store.atomically(
        () -> {
          Distribution distribution = distribution(call);
          Map<String, String> tags = new LinkedHashMap<>(distribution.tags());
          keys.child("Items")
              .ifPresent(items -> items.children("Key").forEach(key -> tags.remove(key.text())));
          return store.tag(distribution, tags);
        });
    return HttpResponse.of(204);
  }

  private static String arn(CloudFrontCall call) {
    return call.query("Resource")
        .orElseThrow(() -> CloudFrontErrors.invalidArgument("The parameter Resource is required."));
  }

  private Distribution distribution(CloudFrontCall call) {
    String arn = arn(call);
    Optional<Distribution> found =
        store.all().stream().filter(each -> each.arn().equals(arn)).findFirst();
    return found.orElseThrow(
        () ->
            new AwsException("NoSuchResource", 404, "A resource that was specified is not valid."));
  }

  private static Map<String, String> checked(Map<String, String> tags) {
    boolean bad =
        tags.entrySet().stream()
            .anyMatch(
                tag ->
                    tag.getKey().isEmpty()
                        || tag.getKey().length() > 128
                        || tag.getValue().length() > 256);
    if (bad || tags.size() > MOST) {
      throw new AwsException("InvalidTagging", 400, "The tagging specified is not valid.");
    }
    return tags;
  }

  /** Reads a {@code Tags} element. */
  static Map<String, String> read(XmlElement tags) {
    Map<String, String> result = new LinkedHashMap<>();
    tags.child("Items")
        .ifPresent(
            items ->
                items
                    .children("Tag")
                    .forEach(
                        tag ->
                            result.put(
                                tag.childText("Key").orElse(""),
                                tag.childText("Value").orElse(""))));
    return checked(result);
  }
}
